from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listen', '0004_opening_job'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='pulse',
            name='pulse_state_known',
        ),
        migrations.AlterField(
            model_name='pulse',
            name='state',
            field=models.CharField(choices=[('draft', 'being prepared'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='pulse',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed'])), name='pulse_state_known'),
        ),
    ]
