from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("listen", "0003_tray_position"),
    ]

    operations = [
        migrations.AddField(
            model_name="pulse",
            name="opening_job_id",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
