import collegium.base.ids
import collegium.base.tables
import collegium.base.time
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        collegium.base.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Community',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=200)),
                        ('is_demo', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(default=collegium.base.time.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                        ('is_active', models.BooleanField(default=True)),
                        ('date_joined', models.DateTimeField(default=collegium.base.time.now)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='account_email_lower_case')],
                    },
                ),
                migrations.CreateModel(
                    name='Group',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('kind', models.CharField(choices=[('team', 'team'), ('plc', 'learning community'), ('committee', 'committee'), ('enquiry', 'enquiry group')], max_length=10)),
                        ('name', models.CharField(max_length=160)),
                        ('purpose', models.TextField(blank=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='people.unit')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='group_dates_in_order'), models.CheckConstraint(condition=models.Q(('kind__in', ['team', 'plc', 'committee', 'enquiry'])), name='group_kind_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='group_named'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('unit', 'name'), name='group_name_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('given_name', models.CharField(blank=True, max_length=120)),
                        ('family_name', models.CharField(blank=True, max_length=120)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('created_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='persons', to=settings.AUTH_USER_MODEL)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['community', 'family_name', 'given_name'], name='person_by_name'), models.Index(fields=['email'], name='person_by_email')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('community', 'email'), name='person_email_unique'), models.UniqueConstraint(condition=models.Q(('account__isnull', False)), fields=('community', 'account'), name='person_account_unique'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='person_email_lower_case'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('account__isnull', True), ('email', ''), ('family_name', ''), ('given_name', '')), _connector='OR'), name='person_erased_is_empty')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupMembership',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('role', models.CharField(choices=[('facilitator', 'facilitator'), ('member', 'member'), ('critical_friend', 'critical friend')], default='member', max_length=16)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.group')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.person')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='groupmembership_dates_in_order'), models.CheckConstraint(condition=models.Q(('role__in', ['facilitator', 'member', 'critical_friend'])), name='groupmembership_role_known'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('group', 'person'), name='groupmembership_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Strength',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('text', models.CharField(max_length=120)),
                        ('declared_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strengths', to='people.person')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'text'), name='strength_said_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='strength_not_empty')],
                    },
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('kind', models.CharField(choices=[('team', 'team'), ('school', 'school'), ('district', 'district'), ('trust', 'trust'), ('alliance', 'alliance'), ('state', 'state')], max_length=10)),
                        ('name', models.CharField(max_length=200)),
                        ('slug', models.SlugField(max_length=80)),
                        ('identifier', models.CharField(blank=True, max_length=80)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['community', 'kind', 'name'], name='unit_by_kind')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='unit_dates_in_order'), models.UniqueConstraint(fields=('community', 'slug'), name='unit_slug_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['team', 'school', 'district', 'trust', 'alliance', 'state'])), name='unit_kind_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='unit_named')],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('title', models.CharField(max_length=160)),
                        ('level', models.CharField(choices=[('classroom', 'classroom'), ('middle', 'middle leadership'), ('senior', 'senior leadership'), ('executive', 'executive leadership'), ('support', 'support'), ('governance', 'governance')], max_length=10)),
                        ('is_primary', models.BooleanField(default=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='people.person')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='people.unit')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['unit', 'ends_on', 'starts_on', 'person', 'level'], name='post_by_unit')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='post_dates_in_order'), models.CheckConstraint(condition=models.Q(('level__in', ['classroom', 'middle', 'senior', 'executive', 'support', 'governance'])), name='post_level_known'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('person', 'unit', 'title'), name='post_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='ExternalId',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('source', models.CharField(max_length=80)),
                        ('source_id', models.CharField(max_length=200)),
                        ('imported', models.JSONField(default=dict)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='external_ids', to='people.person')),
                        ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='external_ids', to='people.post')),
                        ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='external_ids', to='people.unit')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', True), ('post__isnull', True), ('unit__isnull', False)), models.Q(('person__isnull', False), ('post__isnull', True), ('unit__isnull', True)), models.Q(('person__isnull', True), ('post__isnull', False), ('unit__isnull', True)), _connector='OR'), name='externalid_of_one_thing'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('community', 'source', 'source_id'), name='externalid_unit_unique'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('community', 'source', 'source_id'), name='externalid_person_unique'), models.UniqueConstraint(condition=models.Q(('post__isnull', False)), fields=('community', 'source', 'source_id'), name='externalid_post_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='UnitRole',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('role', models.CharField(choices=[('steward', 'steward'), ('lead', 'lead'), ('member', 'member'), ('supporter', 'supporter from above'), ('guest', 'guest')], max_length=10)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.person')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.unit')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='unitrole_dates_in_order'), models.CheckConstraint(condition=models.Q(('role__in', ['steward', 'lead', 'member', 'supporter', 'guest'])), name='unitrole_role_known'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('unit', 'person', 'role'), name='unitrole_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='UnitTie',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('kind', models.CharField(choices=[('contains', 'contains'), ('partner', 'is partner of')], max_length=10)),
                        ('governance', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'we talk when it helps'), (2, 'we have a shared understanding'), (3, 'we have a written agreement'), (4, 'a joint body decides some things for us'), (5, 'one body governs us all')], null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('lower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties_up', to='people.unit')),
                        ('upper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties_down', to='people.unit')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['upper', 'kind', 'lower', 'starts_on', 'ends_on'], name='unittie_downwards')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='unittie_dates_in_order'), models.CheckConstraint(condition=models.Q(('upper', models.F('lower')), _negated=True), name='unittie_not_to_itself'), models.CheckConstraint(condition=models.Q(('kind__in', ['contains', 'partner'])), name='unittie_kind_known'), models.CheckConstraint(condition=models.Q(('governance__isnull', True), ('governance__in', [1, 2, 3, 4, 5]), _connector='OR'), name='unittie_governance_known'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('upper', 'lower', 'kind'), name='unittie_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='RosterImport',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('source', models.CharField(max_length=80)),
                        ('state', models.CharField(choices=[('uploaded', 'uploaded'), ('columns', 'waiting for its columns'), ('reading', 'being read'), ('previewed', 'ready to be looked at'), ('applying', 'being carried out'), ('applied', 'carried out'), ('undoing', 'being undone'), ('undone', 'undone'), ('unreadable', 'could not be read'), ('discarded', 'discarded')], default='uploaded', max_length=10)),
                        ('file_name', models.CharField(max_length=200)),
                        ('checksum', models.CharField(blank=True, max_length=64)),
                        ('dialect', models.CharField(blank=True, max_length=20)),
                        ('is_delta', models.BooleanField(default=False)),
                        ('mapping', models.JSONField(default=dict)),
                        ('counts', models.JSONField(default=dict)),
                        ('findings', models.JSONField(default=dict)),
                        ('problem', models.JSONField(default=dict)),
                        ('fingerprint', models.CharField(blank=True, max_length=64)),
                        ('job_id', models.UUIDField(null=True)),
                        ('created_by', models.UUIDField(null=True)),
                        ('created_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('planned_at', models.DateTimeField(null=True)),
                        ('applied_at', models.DateTimeField(null=True)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roster_imports', to='people.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', '-created_at'], name='rosterimport_by_unit')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'columns', 'reading', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'unreadable', 'discarded'])), name='rosterimport_state_known')],
                    },
                ),
                migrations.CreateModel(
                    name='RosterChange',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('place', models.PositiveIntegerField()),
                        ('kind', models.CharField(choices=[('unit', 'unit'), ('person', 'person'), ('post', 'post'), ('row', 'row')], max_length=6)),
                        ('action', models.CharField(choices=[('added', 'added'), ('changed', 'changed'), ('ended', 'ended'), ('left', 'left alone'), ('refused', 'refused')], max_length=7)),
                        ('reason', models.CharField(blank=True, max_length=40)),
                        ('file', models.CharField(blank=True, max_length=200)),
                        ('row', models.PositiveIntegerField(null=True)),
                        ('source_id', models.CharField(blank=True, max_length=200)),
                        ('target_id', models.UUIDField(null=True)),
                        ('label', models.CharField(blank=True, max_length=400)),
                        ('data', models.JSONField(default=dict)),
                        ('before', models.JSONField(default=dict)),
                        ('after', models.JSONField(default=dict)),
                        ('link', models.JSONField(default=dict)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('roster_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='people.rosterimport')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['roster_import', 'action', 'place'], name='rosterchange_in_order'), models.Index(fields=['target_id'], name='rosterchange_by_target')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['unit', 'person', 'post', 'row'])), name='rosterchange_kind_known'), models.CheckConstraint(condition=models.Q(('action__in', ['added', 'changed', 'ended', 'left', 'refused'])), name='rosterchange_action_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ColumnMapping',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('headers_key', models.CharField(max_length=64)),
                        ('mapping', models.JSONField(default=dict)),
                        ('used_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('community', 'unit', 'headers_key'), name='columnmapping_one_each')],
                    },
                ),
                migrations.CreateModel(
                    name='ApiToken',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=80)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('can_write', models.BooleanField(default=False)),
                        ('made_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('expires_on', models.DateField()),
                        ('used_on', models.DateField(blank=True, null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='apitoken_named')],
                    },
                ),
            ],
        ),
        RowSecurity("people_community", column="id"),
        RowSecurity(
            "people_unit",
            "people_unittie",
            "people_unitrole",
            "people_person",
            "people_post",
            "people_strength",
            "people_externalid",
            "people_group",
            "people_groupmembership",
            "people_rosterimport",
            "people_rosterchange",
            "people_columnmapping",
            "people_apitoken",
        ),
    ]
