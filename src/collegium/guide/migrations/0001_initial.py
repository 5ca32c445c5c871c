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
                    name='Watch',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('looked_until', models.DateTimeField()),
                        ('events_counted', models.PositiveIntegerField(default=0)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('community',), name='watch_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MoveRecord',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('move_key', models.CharField(max_length=80)),
                        ('title', models.CharField(max_length=200)),
                        ('answer', models.CharField(choices=[('taken', 'taken up'), ('put_off', 'put off'), ('declined', 'declined')], max_length=8)),
                        ('reason', models.TextField(blank=True)),
                        ('until', models.DateField(blank=True, null=True)),
                        ('asks', models.CharField(max_length=20)),
                        ('weeks', models.PositiveSmallIntegerField()),
                        ('evidence', models.JSONField(default=list)),
                        ('answered_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('came_of_it', models.TextField(blank=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', '-answered_at'], name='moverecord_by_unit')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['taken', 'put_off', 'declined'])), name='moverecord_answer_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'put_off'), ('until__isnull', False)), models.Q(models.Q(('answer', 'put_off'), _negated=True), ('until__isnull', True)), _connector='OR'), name='moverecord_put_off_until'), models.CheckConstraint(condition=models.Q(('answer', 'taken'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='moverecord_says_why_not'), models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('unit', 'move_key'), name='moverecord_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='DigestChoice',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('often', models.CharField(choices=[('weekly', 'every week, on Monday'), ('monthly', 'every month, on the first Monday'), ('never', 'never')], default='weekly', max_length=8)),
                        ('made_on', models.DateField(blank=True, null=True)),
                        ('said', models.CharField(blank=True, max_length=64)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['community', 'often', 'made_on'], name='digestchoice_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('often__in', ['weekly', 'monthly', 'never'])), name='digestchoice_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ReviewFile',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('key', models.CharField(max_length=60)),
                        ('version', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=200)),
                        ('definition', models.TextField()),
                        ('brought_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('brought_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('unit', 'key', 'version'), name='reviewfile_own_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('community', 'key', 'version'), name='reviewfile_shipped_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('key', models.CharField(max_length=60)),
                        ('sets', models.CharField(blank=True, max_length=10)),
                        ('whom', models.CharField(choices=[('all', 'everybody who works here'), ('leaders', 'those who lead here'), ('group', 'a group')], max_length=8)),
                        ('state', models.CharField(choices=[('judging', 'people judge'), ('talking', 'people talk'), ('agreed', 'finished'), ('stopped', 'stopped')], default='judging', max_length=8)),
                        ('about', models.CharField(blank=True, max_length=200)),
                        ('asked', models.PositiveIntegerField(default=0)),
                        ('opened_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('closes_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('result', models.JSONField(default=dict)),
                        ('evidence', models.JSONField(default=list)),
                        ('weights', models.JSONField(default=dict)),
                        ('outcome', models.CharField(blank=True, max_length=40)),
                        ('is_shared', models.BooleanField(default=False)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('friend', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.group')),
                        ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='parts', to='guide.review')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='guide.reviewfile')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', '-opened_at'], name='review_by_unit'), models.Index(fields=['state', 'closes_at'], name='review_by_state')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['judging', 'talking', 'agreed', 'stopped'])), name='review_state_known'), models.CheckConstraint(condition=models.Q(('whom__in', ['all', 'leaders', 'group'])), name='review_whom_known'), models.CheckConstraint(condition=models.Q(('opened_at__lt', models.F('closes_at'))), name='review_times_in_order'), models.UniqueConstraint(condition=models.Q(('state__in', ['judging', 'talking'])), fields=('unit', 'key'), name='review_one_under_way')],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('has_judged', models.BooleanField(default=False)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='guide.review')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'has_judged'], name='seat_by_person')],
                        'constraints': [models.UniqueConstraint(fields=('review', 'person'), name='seat_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Weights',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('key', models.CharField(max_length=60)),
                        ('weights', models.JSONField(default=dict)),
                        ('reason', models.TextField()),
                        ('set_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'key', '-set_at'], name='weights_by_unit')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='weights_say_why')],
                    },
                ),
                migrations.CreateModel(
                    name='JudgementBox',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('number', models.PositiveIntegerField(default=0)),
                        ('sealed', models.BinaryField(default=b'')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='guide.review')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('review', 'position'), name='judgementbox_position_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Dissenting',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('claim', models.CharField(max_length=60)),
                        ('text', models.TextField()),
                        ('written_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dissents', to='guide.review')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('review', 'claim', 'person'), name='dissenting_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('claim', models.CharField(max_length=60)),
                        ('level', models.CharField(blank=True, max_length=60)),
                        ('why', models.TextField(blank=True)),
                        ('recorded_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='guide.review')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('review', 'claim'), name='agreement_once'), models.CheckConstraint(condition=models.Q(models.Q(('level', ''), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='agreement_says_why_not')],
                    },
                ),
            ],
        ),
        RowSecurity(
            "guide_watch",
            "guide_moverecord",
            "guide_digestchoice",
            "guide_agreement",
            "guide_dissenting",
            "guide_judgementbox",
            "guide_review",
            "guide_reviewfile",
            "guide_seat",
            "guide_weights",
        ),
    ]
