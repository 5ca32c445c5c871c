import collegium.base.ids
import collegium.base.tables
from django.db import migrations, models

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):

    initial = True

    # The packages come before the rooms, which is why the rooms come after base: for most steps of a package Django
    # builds all models anew that have to do with it, and by then that would be those of every room.
    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('sessions', '0001_initial'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
        ('usersessions', '0001_initial'),
    ]

    operations = [
        collegium.base.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('community_id', models.UUIDField(null=True)),
                        ('at', models.DateTimeField()),
                        ('actor_id', models.UUIDField(null=True)),
                        ('verb', models.CharField(max_length=60)),
                        ('object_kind', models.CharField(max_length=40)),
                        ('object_id', models.UUIDField(null=True)),
                        ('unit_id', models.UUIDField(null=True)),
                        ('data', models.JSONField(default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['community_id', '-at'], name='event_by_community'), models.Index(fields=['unit_id', '-at'], name='event_by_unit'), models.Index(fields=['object_id', '-at'], name='event_by_object')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('community_id', models.UUIDField(null=True)),
                        ('name', models.CharField(max_length=80)),
                        ('arguments', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=10)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('started_by', models.UUIDField(null=True)),
                        ('created_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('result', models.JSONField(default=dict)),
                        ('error_code', models.CharField(blank=True, max_length=80)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['community_id', '-created_at'], name='job_by_community')],
                    },
                ),
                migrations.CreateModel(
                    name='ReadUnit',
                    fields=[
                        ('unit_id', models.UUIDField(primary_key=True, serialize=False)),
                        ('community_id', models.UUIDField()),
                        ('read_on', models.DateField()),
                        ('read_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['community_id', 'read_on'], name='readunit_by_day')],
                    },
                ),
                migrations.CreateModel(
                    name='StoredReading',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('community_id', models.UUIDField()),
                        ('unit_id', models.UUIDField()),
                        ('key', models.CharField(max_length=80)),
                        ('on', models.DateField()),
                        ('value', models.FloatField(null=True)),
                        ('low', models.FloatField(null=True)),
                        ('high', models.FloatField(null=True)),
                        ('n', models.PositiveIntegerField(null=True)),
                        ('source', models.CharField(blank=True, max_length=300)),
                        ('note', models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit_id', 'key', 'on'), name='storedreading_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('high__isnull', True), ('low__isnull', True)), ('low__lte', models.F('high')), _connector='OR'), name='storedreading_interval_in_order')],
                    },
                ),
            ],
        ),
        RowSecurity(
            "base_event",
            "base_job",
            "base_storedreading",
            "base_readunit",
        ),
    ]
