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
        ('listen', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        collegium.base.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='TieWave',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('origin', models.CharField(choices=[('asked', 'asked in a tie survey'), ('imported', 'imported from a file')], default='asked', max_length=8)),
                        ('title', models.CharField(max_length=160)),
                        ('why', models.TextField(blank=True)),
                        ('language', models.CharField(blank=True, max_length=12)),
                        ('state', models.CharField(choices=[('opening', 'being opened'), ('open', 'open'), ('closed', 'closed'), ('stopped', 'stopped, and its ties deleted')], default='open', max_length=8)),
                        ('opens_at', models.DateTimeField()),
                        ('closes_at', models.DateTimeField()),
                        ('may_name_partners', models.BooleanField(default=False)),
                        ('remind_before_hours', models.JSONField(default=list)),
                        ('created_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('invited_at', models.DateTimeField(blank=True, null=True)),
                        ('reminders_sent', models.PositiveSmallIntegerField(default=0)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('earlier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='connect.tiewave')),
                        ('instrument', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listen.instrumentversion')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('opening_job_id', models.UUIDField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', '-closes_at'], name='tiewave_by_unit'), models.Index(fields=['state', 'closes_at'], name='tiewave_by_state')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('instrument__isnull', False), ('origin', 'asked')), models.Q(('instrument__isnull', True), ('origin', 'imported')), _connector='OR'), name='tiewave_asks_or_imports'), models.CheckConstraint(condition=models.Q(('opens_at__lte', models.F('closes_at'))), name='tiewave_times_in_order'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='tiewave_titled'), models.CheckConstraint(condition=models.Q(('earlier__isnull', True), models.Q(('earlier', models.F('id')), _negated=True), _connector='OR'), name='tiewave_not_before_itself'), models.CheckConstraint(condition=models.Q(('state__in', ['opening', 'open', 'closed', 'stopped'])), name='tiewave_state_known'), models.CheckConstraint(condition=models.Q(('origin', 'asked'), models.Q(('state__in', ('opening', 'open')), _negated=True), _connector='OR'), name='tiewave_import_never_open')],
                    },
                ),
                migrations.CreateModel(
                    name='TieLayer',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('key', models.SlugField(max_length=60)),
                        ('title', models.CharField(max_length=200)),
                        ('prompt', models.TextField(blank=True)),
                        ('origin', models.CharField(choices=[('said', 'what people said'), ('imported', 'imported from a file'), ('known', 'known from what is kept here')], max_length=8)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('labels', models.JSONField(default=list)),
                        ('most', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connect.tiewave')),
                        ('may_name_partners', models.BooleanField(default=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('wave', 'key'), name='tielayer_key_once'), models.CheckConstraint(condition=models.Q(('origin__in', ['said', 'imported', 'known'])), name='tielayer_origin_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='tielayer_titled'), models.CheckConstraint(condition=models.Q(('most__isnull', True), ('most__gte', 1), _connector='OR'), name='tielayer_most')],
                    },
                ),
                migrations.CreateModel(
                    name='WaveAnalysis',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('data_hash', models.CharField(max_length=64)),
                        ('document', models.JSONField(default=dict)),
                        ('worked_out_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connect.tiewave')),
                        ('map', models.JSONField(default=dict)),
                        ('leaving', models.JSONField(default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', '-worked_out_at'], name='waveanalysis_by_unit')],
                        'constraints': [models.UniqueConstraint(fields=('wave', 'unit'), name='waveanalysis_once')],
                    },
                ),
                migrations.CreateModel(
                    name='WaveMember',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField()),
                        ('level', models.CharField(blank=True, choices=[('classroom', 'classroom'), ('middle', 'middle leadership'), ('senior', 'senior leadership'), ('executive', 'executive leadership'), ('support', 'support'), ('governance', 'governance')], max_length=10)),
                        ('has_post', models.BooleanField(default=False)),
                        ('asked', models.BooleanField(default=True)),
                        ('answered', models.BooleanField(default=False)),
                        ('shown', models.BooleanField(default=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.unit')),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.unit')),
                        ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connect.tiewave')),
                        ('draft', models.JSONField(default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'wave'], name='wavemember_by_person'), models.Index(fields=['school', 'wave'], name='wavemember_by_school')],
                        'constraints': [models.UniqueConstraint(fields=('wave', 'number'), name='wavemember_number_once'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('wave', 'person'), name='wavemember_person_once'), models.CheckConstraint(condition=models.Q(('level', ''), ('level__in', ['classroom', 'middle', 'senior', 'executive', 'support', 'governance']), _connector='OR'), name='wavemember_level_known'), models.CheckConstraint(condition=models.Q(('asked', True), ('answered', False), _connector='OR'), name='wavemember_answers_if_asked')],
                    },
                ),
                migrations.CreateModel(
                    name='Tie',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('weight', models.FloatField(default=1.0)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('layer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connect.tielayer')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connect.wavemember')),
                        ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='connect.wavemember')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['source', 'layer'], name='tie_by_source')],
                        'constraints': [models.UniqueConstraint(fields=('layer', 'source', 'target'), name='tie_once'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='tie_not_to_oneself'), models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='tie_weight_positive')],
                    },
                ),
                migrations.CreateModel(
                    name='NamePermission',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('given_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('viewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['viewer'], name='namepermission_by_viewer'), models.Index(fields=['unit'], name='namepermission_by_unit')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', True), ('viewer__isnull', False)), models.Q(('unit__isnull', False), ('viewer__isnull', True)), _connector='OR'), name='namepermission_to_one'), models.CheckConstraint(condition=models.Q(('viewer__isnull', True), models.Q(('viewer', models.F('owner')), _negated=True), _connector='OR'), name='namepermission_not_oneself'), models.UniqueConstraint(condition=models.Q(('viewer__isnull', False)), fields=('owner', 'viewer'), name='namepermission_viewer_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('owner', 'unit'), name='namepermission_unit_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TieImport',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('reading', 'being read'), ('previewed', 'ready to be looked at'), ('applying', 'being carried out'), ('applied', 'carried out'), ('undone', 'taken back'), ('unreadable', 'could not be read'), ('discarded', 'discarded')], default='reading', max_length=10)),
                        ('title', models.CharField(max_length=160)),
                        ('asked_on', models.DateField()),
                        ('kind_of_tie', models.CharField(max_length=200)),
                        ('ties_file', models.CharField(max_length=200)),
                        ('people_file', models.CharField(blank=True, max_length=200)),
                        ('columns', models.JSONField(default=dict)),
                        ('counts', models.JSONField(default=dict)),
                        ('findings', models.JSONField(default=dict)),
                        ('problem', models.JSONField(default=dict)),
                        ('fingerprint', models.CharField(blank=True, max_length=64)),
                        ('job_id', models.UUIDField(null=True)),
                        ('created_by', models.UUIDField(null=True)),
                        ('created_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('applied_at', models.DateTimeField(null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('wave', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='connect.tiewave')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', '-created_at'], name='tieimport_by_unit')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'previewed', 'applying', 'applied', 'undone', 'unreadable', 'discarded'])), name='tieimport_state_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='tieimport_titled')],
                    },
                ),
                migrations.CreateModel(
                    name='MapRefusal',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('declined_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
        RowSecurity(
            "connect_tiewave",
            "connect_wavemember",
            "connect_tielayer",
            "connect_tie",
            "connect_namepermission",
            "connect_waveanalysis",
            "connect_tieimport",
            "connect_maprefusal",
        ),
    ]
