import collegium.base.ids
import collegium.base.tables
import collegium.base.time
import django.db.models.deletion
from django.db import migrations, models

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        collegium.base.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Cell',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField()),
                        ('parts', models.JSONField()),
                        ('asked', models.PositiveIntegerField()),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('mixed_in', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='listen.pulse')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('pulse', 'number'), name='cell_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='InstrumentVersion',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('key', models.SlugField(max_length=60)),
                        ('version', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=200)),
                        ('definition', models.TextField()),
                        ('created_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('created_by', models.UUIDField(null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('community', 'unit', 'key', 'version'), name='instrumentversion_own_unique'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('community', 'key', 'version'), name='instrumentversion_shipped_unique'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='instrumentversion_from_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Pulse',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('title', models.CharField(max_length=160)),
                        ('why', models.TextField(blank=True)),
                        ('referent', models.CharField(blank=True, max_length=60)),
                        ('language', models.CharField(max_length=12)),
                        ('state', models.CharField(choices=[('draft', 'being prepared'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=8)),
                        ('k', models.PositiveSmallIntegerField(default=5)),
                        ('opens_at', models.DateTimeField()),
                        ('closes_at', models.DateTimeField()),
                        ('grace_minutes', models.PositiveSmallIntegerField(default=30)),
                        ('results_at', models.DateTimeField()),
                        ('remind_before_hours', models.JSONField(default=list)),
                        ('sheets_kept_days', models.PositiveSmallIntegerField(default=0)),
                        ('levels', models.JSONField(default=list)),
                        ('part', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('invited_at', models.DateTimeField(blank=True, null=True)),
                        ('reminders_sent', models.PositiveSmallIntegerField(default=0)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('sheets_destroyed_at', models.DateTimeField(blank=True, null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.group')),
                        ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.instrumentversion')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pulses', to='listen.pulseseries')),
                        ('among_units', models.ManyToManyField(related_name='+', through='listen.PulseUnit', to='people.unit')),
                        ('opening_job_id', models.UUIDField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', '-opens_at'], name='pulse_by_unit'), models.Index(fields=['state', 'closes_at'], name='pulse_by_state')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('k__gte', 5)), name='pulse_k_at_least_five'), models.CheckConstraint(condition=models.Q(('closes_at__lte', models.F('results_at')), ('opens_at__lt', models.F('closes_at'))), name='pulse_times_in_order'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='pulse_titled'), models.CheckConstraint(condition=models.Q(('grace_minutes__gte', 1), ('grace_minutes__lte', 240)), name='pulse_grace_sensible'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed'])), name='pulse_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Publication',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('atoms', models.JSONField()),
                        ('withheld', models.JSONField(default=list)),
                        ('sheets', models.PositiveIntegerField()),
                        ('moments', models.BinaryField()),
                        ('published_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='publication', to='listen.pulse')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='NamingConsent',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('given_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.pulse')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('pulse', 'unit'), name='namingconsent_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('way', models.CharField(choices=[('link', 'a personal link, or My part'), ('slip', 'a code on a slip of paper')], default='link', max_length=4)),
                        ('answered', models.BooleanField(default=False)),
                        ('cell', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.cell')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='listen.pulse')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'pulse'], name='invitation_by_person'), models.Index(fields=['cell', 'answered'], name='invitation_by_cell')],
                        'constraints': [models.UniqueConstraint(fields=('pulse', 'person'), name='invitation_once'), models.CheckConstraint(condition=models.Q(('way__in', ['link', 'slip'])), name='invitation_way_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Comment',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('atom', models.PositiveIntegerField()),
                        ('item', models.CharField(max_length=80)),
                        ('text', models.TextField()),
                        ('is_withheld', models.BooleanField(default=False)),
                        ('withheld_by', models.UUIDField(null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.pulse')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PulseSeries',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('title', models.CharField(max_length=160)),
                        ('every_weeks', models.PositiveSmallIntegerField()),
                        ('parts', models.PositiveSmallIntegerField(default=1)),
                        ('settings', models.JSONField(default=dict)),
                        ('next_on', models.DateField()),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('every_weeks__gte', 1), ('every_weeks__lte', 52)), name='pulseseries_weeks_sensible'), models.CheckConstraint(condition=models.Q(('parts__gte', 1), ('parts__lte', 6)), name='pulseseries_parts_sensible')],
                    },
                ),
                migrations.CreateModel(
                    name='PulseUnit',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.pulse')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('pulse', 'unit'), name='pulseunit_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PulseView',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('whole', 'everybody who was asked'), ('unit', 'a unit'), ('level', 'one level of a unit')], max_length=5)),
                        ('level', models.CharField(blank=True, choices=[('classroom', 'classroom'), ('middle', 'middle leadership'), ('senior', 'senior leadership'), ('support', 'support'), ('governance', 'governance')], max_length=10)),
                        ('cells', models.JSONField()),
                        ('asked', models.PositiveIntegerField()),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to='listen.pulse')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'level'], name='pulseview_by_unit')],
                        'constraints': [models.UniqueConstraint(fields=('pulse', 'unit', 'level'), name='pulseview_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PublishedView',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('atoms', models.JSONField(default=list)),
                        ('n', models.PositiveIntegerField(null=True)),
                        ('document', models.JSONField(default=dict)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.pulse')),
                        ('view', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='published', to='listen.pulseview')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['pulse'], name='publishedview_by_pulse')],
                    },
                ),
                migrations.CreateModel(
                    name='SenseNote',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('question', models.CharField(max_length=10)),
                        ('text', models.TextField()),
                        ('written_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.pulse')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['pulse', 'unit'], name='sensenote_by_result')],
                    },
                ),
                migrations.CreateModel(
                    name='Sheet',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('atom', models.PositiveIntegerField()),
                        ('answers', models.BinaryField()),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.pulse')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Slip',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('code_hash', models.CharField(max_length=64, unique=True)),
                        ('used', models.BooleanField(default=False)),
                        ('cell', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.cell')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='listen.pulse')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['cell', 'used'], name='slip_by_cell')],
                    },
                ),
                migrations.CreateModel(
                    name='Tray',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField(default=0)),
                        ('sealed', models.BinaryField(default=b'')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.pulse')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('position', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('pulse', 'unit'), name='tray_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AskingLimit',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('weeks_between', models.PositiveSmallIntegerField(default=4)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('weeks_between__gte', 1), ('weeks_between__lte', 52)), name='askinglimit_sensible')],
                    },
                ),
            ],
        ),
        RowSecurity(
            "listen_instrumentversion",
            "listen_pulseseries",
            "listen_pulse",
            "listen_pulseunit",
            "listen_cell",
            "listen_pulseview",
            "listen_invitation",
            "listen_slip",
            "listen_askinglimit",
            "listen_tray",
            "listen_sheet",
            "listen_comment",
            "listen_publication",
            "listen_publishedview",
            "listen_namingconsent",
            "listen_sensenote",
        ),
    ]
