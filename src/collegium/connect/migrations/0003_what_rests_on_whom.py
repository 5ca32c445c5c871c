from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("connect", "0002_row_security")]
    operations = [
        migrations.AddField("waveanalysis", "map", models.JSONField(default=dict)),
        migrations.AddField("waveanalysis", "leaving", models.JSONField(default=dict)),
    ]
