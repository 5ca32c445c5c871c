import collegium.base.ids
import collegium.base.time
import django.db.models.deletion
from django.db import migrations, models

from collegium.base.tenancy import RowSecurity


TABLES = [
    "intend_circle",
    "intend_mindscape",
    "intend_echo",
    "intend_valuesstatement",
    "intend_signature",
    "intend_trustpath",
    "intend_truststep",
    "intend_revisit",
]


class Migration(migrations.Migration):

    dependencies = [
        ('intend', '0003_promises'),
        ('people', '0011_person_by_email'),
    ]

    operations = [
        migrations.CreateModel(
            name='Circle',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('group', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.group')),
                ('unit', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Mindscape',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('heart', 'heart'), ('head', 'head'), ('hand', 'hand')], max_length=5)),
                ('body', models.CharField(max_length=280)),
                ('is_named', models.BooleanField(default=False)),
                ('shared_on', models.DateField(blank=True, null=True)),
                ('written_at', models.DateTimeField(default=collegium.base.time.now)),
                ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intend.circle')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('writer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Echo',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('mindscape', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intend.mindscape')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('signed_at', models.DateTimeField(default=collegium.base.time.now)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intend.textversion')),
            ],
        ),
        migrations.CreateModel(
            name='TrustPath',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('path', models.CharField(choices=[('trust', 'trust first'), ('vision', 'vision first')], max_length=6)),
                ('suggested', models.CharField(max_length=10)),
                ('evidence', models.JSONField(default=dict)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('chosen_at', models.DateTimeField(default=collegium.base.time.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('left_because', models.CharField(blank=True, max_length=500)),
                ('chosen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='TrustStep',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('trust', 'build trust'), ('vision', 'say what we want to be'), ('strategy', 'choose where to begin'), ('action', 'act together'), ('revisit', 'revisit vision and strategy'), ('use', 'use the trust gained')], max_length=8)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('learned', models.TextField(blank=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intend.trustpath')),
                ('second', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Revisit',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('from_version', models.PositiveIntegerField()),
                ('learned', models.CharField(max_length=500)),
                ('stands_because', models.CharField(blank=True, max_length=500)),
                ('opened_at', models.DateTimeField(default=collegium.base.time.now)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intend.text')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intend.truststep')),
            ],
        ),
        migrations.CreateModel(
            name='ValuesStatement',
            fields=[
                ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('carried_on', models.DateField(blank=True, null=True)),
                ('carried_by', models.PositiveIntegerField(default=0)),
                ('carried_of', models.PositiveIntegerField(default=0)),
                ('carried', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intend.textversion')),
                ('circle', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intend.circle')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intend.text')),
            ],
        ),
        migrations.AddConstraint(
            model_name='circle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', False), ('unit__isnull', True)), models.Q(('group__isnull', True), ('unit__isnull', False)), _connector='OR'), name='circle_of_one'),
        ),
        migrations.AddIndex(
            model_name='mindscape',
            index=models.Index(fields=['writer', 'side'], name='mindscape_by_writer'),
        ),
        migrations.AddIndex(
            model_name='mindscape',
            index=models.Index(fields=['circle', 'side'], name='mindscape_by_circle'),
        ),
        migrations.AddConstraint(
            model_name='mindscape',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['heart', 'head', 'hand'])), name='mindscape_side_known'),
        ),
        migrations.AddConstraint(
            model_name='mindscape',
            constraint=models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='mindscape_says_something'),
        ),
        migrations.AddConstraint(
            model_name='mindscape',
            constraint=models.CheckConstraint(condition=models.Q(('circle__isnull', True), ('shared_on__isnull', False), _connector='OR'), name='mindscape_shared_on_a_day'),
        ),
        migrations.AddIndex(
            model_name='echo',
            index=models.Index(fields=['person'], name='echo_by_person'),
        ),
        migrations.AddConstraint(
            model_name='echo',
            constraint=models.UniqueConstraint(fields=('mindscape', 'person'), name='echo_once'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(fields=['person'], name='signature_by_person'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('version', 'person'), name='signature_once'),
        ),
        migrations.AddIndex(
            model_name='trustpath',
            index=models.Index(fields=['unit', '-chosen_at'], name='trustpath_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='trustpath',
            constraint=models.CheckConstraint(condition=models.Q(('path__in', ['trust', 'vision'])), name='trustpath_known'),
        ),
        migrations.AddConstraint(
            model_name='trustpath',
            constraint=models.CheckConstraint(condition=models.Q(('suggested', 'unknown'), ('suggested', models.F('path')), models.Q(('why', ''), _negated=True), _connector='OR'), name='trustpath_says_why'),
        ),
        migrations.AddConstraint(
            model_name='trustpath',
            constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), models.Q(('left_because', ''), _negated=True), _connector='OR'), name='trustpath_left_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='trustpath',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('unit',), name='trustpath_one_open'),
        ),
        migrations.AddIndex(
            model_name='truststep',
            index=models.Index(fields=['owner'], name='truststep_by_owner'),
        ),
        migrations.AddIndex(
            model_name='truststep',
            index=models.Index(fields=['second'], name='truststep_by_second'),
        ),
        migrations.AddConstraint(
            model_name='truststep',
            constraint=models.UniqueConstraint(fields=('path', 'place'), name='truststep_place_once'),
        ),
        migrations.AddConstraint(
            model_name='truststep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['trust', 'vision', 'strategy', 'action', 'revisit', 'use'])), name='truststep_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='truststep',
            constraint=models.CheckConstraint(condition=models.Q(('owner__isnull', True), ('second__isnull', True), models.Q(('owner', models.F('second')), _negated=True), _connector='OR'), name='truststep_two_people'),
        ),
        migrations.AddConstraint(
            model_name='truststep',
            constraint=models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('learned', ''), _negated=True), _connector='OR'), name='truststep_done_says_what'),
        ),
        migrations.AddConstraint(
            model_name='revisit',
            constraint=models.UniqueConstraint(fields=('step', 'text'), name='revisit_once'),
        ),
        migrations.AddConstraint(
            model_name='revisit',
            constraint=models.CheckConstraint(condition=models.Q(('learned', ''), _negated=True), name='revisit_says_what_was_learned'),
        ),
        migrations.AddConstraint(
            model_name='valuesstatement',
            constraint=models.CheckConstraint(condition=models.Q(('carried__isnull', True), models.Q(('carried_by__lte', models.F('carried_of')), ('carried_on__isnull', False)), _connector='OR'), name='valuesstatement_carried_on_a_day'),
        ),
        *(RowSecurity(table) for table in TABLES),
    ]
