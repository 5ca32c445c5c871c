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
                    name='Thread',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('subject_kind', models.CharField(max_length=40)),
                        ('subject_id', models.UUIDField()),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('community', 'subject_kind', 'subject_id'), name='thread_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Comment',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField()),
                        ('text', models.TextField(blank=True)),
                        ('written_at', models.DateTimeField(default=collegium.base.time.now)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('hidden_at', models.DateTimeField(blank=True, null=True)),
                        ('hidden_because', models.TextField(blank=True)),
                        ('appeal', models.TextField(blank=True)),
                        ('appealed_at', models.DateTimeField(blank=True, null=True)),
                        ('appeal_answer', models.TextField(blank=True)),
                        ('appeal_answered_at', models.DateTimeField(blank=True, null=True)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('quoted', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='talk.comment')),
                        ('under', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='talk.comment')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='talk.thread')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['thread', 'under', '-number'], name='comment_by_place'), models.Index(fields=['under', 'number'], name='comment_by_reply'), models.Index(fields=['author', '-written_at'], name='comment_by_author')],
                        'constraints': [models.UniqueConstraint(fields=('thread', 'number'), name='comment_number_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('text', ''), _connector='OR'), name='comment_withdrawn_empty'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', False), models.Q(('text', ''), _negated=True), _connector='OR'), name='comment_says_something'), models.CheckConstraint(condition=models.Q(('hidden_at__isnull', True), models.Q(('hidden_because', ''), _negated=True), _connector='OR'), name='comment_hidden_with_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=120)),
                        ('media_type', models.CharField(max_length=100)),
                        ('size', models.PositiveIntegerField()),
                        ('content', models.BinaryField()),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='talk.comment')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='attachment_not_empty')],
                    },
                ),
                migrations.CreateModel(
                    name='CommentVersion',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.TextField()),
                        ('written_at', models.DateTimeField()),
                        ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='talk.comment')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('comment', 'number'), name='commentversion_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('seen_at', models.DateTimeField(blank=True, null=True)),
                        ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='talk.comment')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'seen_at'], name='mention_by_person')],
                        'constraints': [models.UniqueConstraint(fields=('comment', 'person'), name='mention_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Reaction',
                    fields=[
                        ('id', models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('agree', 'I see it so too'), ('answer', 'Please answer'), ('thanks', 'Thank you')], max_length=8)),
                        ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='talk.comment')),
                        ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.community')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person'], name='reaction_by_person')],
                        'constraints': [models.UniqueConstraint(fields=('comment', 'kind', 'person'), name='reaction_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['agree', 'answer', 'thanks'])), name='reaction_kind_known')],
                    },
                ),
            ],
        ),
        RowSecurity(
            "talk_thread",
            "talk_comment",
            "talk_commentversion",
            "talk_reaction",
            "talk_mention",
            "talk_attachment",
        ),
    ]
