from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decide", "0004_meetings")]
    operations = [
        migrations.AddField("told", "mailed", models.BooleanField(default=False)),
        migrations.AddField("voter", "mailed", models.BooleanField(default=False)),
        migrations.RemoveField("outcome", "sent_at"),
        migrations.RemoveConstraint("poll", "poll_shares_are_shares"),
        migrations.RenameField("poll", "needed_percent", "needed_part"),
        migrations.AddField("poll", "needed_of", models.PositiveSmallIntegerField(default=100)),
        migrations.AddConstraint(
            "poll",
            models.CheckConstraint(
                condition=models.Q(
                    ("needed_of__gte", 1), ("needed_part__lte", models.F("needed_of")), ("quorum_percent__lte", 100)
                ),
                name="poll_shares_are_shares",
            ),
        ),
    ]
