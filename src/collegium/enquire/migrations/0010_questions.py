from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enquire', '0009_row_security_calendars'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='stagenote',
            name='stagenote_kind_known',
        ),
        migrations.AlterField(
            model_name='stagenote',
            name='kind',
            field=models.CharField(choices=[('note', 'Note'), ('reflection', 'Reflection'), ('question', 'Question from a critical friend')], default='note', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='stagenote',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'reflection', 'question'])), name='stagenote_kind_known'),
        ),
    ]
