import django.db.models.deletion
from django.db import migrations, models

import collegium.base.ids
import collegium.base.tables
import collegium.base.tenancy
import collegium.base.time


class Migration(migrations.Migration):
    dependencies = [("decide", "0005_mail_and_exact_shares"), ("people", "0011_person_by_email")]
    operations = [
        collegium.base.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Idea",
                    fields=[
                        ("id", models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=600)),
                        ("said_at", models.DateTimeField(default=collegium.base.time.now)),
                        ("withdrawn_because", models.TextField(blank=True)),
                        ("author", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person")),
                        ("community", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.community")),
                        ("matter", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="ideas", to="decide.matter")),
                        ("proposal", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="ideas", to="decide.proposal")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("matter", "number"), name="idea_number_once"),
                            models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="idea_says_something"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdeaMark",
                    fields=[
                        ("id", models.UUIDField(default=collegium.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ("community", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.community")),
                        ("idea", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="decide.idea")),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person")),
                    ],
                    options={"constraints": [models.UniqueConstraint(fields=("idea", "person"), name="ideamark_once")]},
                ),
            ],
        ),
        collegium.base.tenancy.RowSecurity("decide_idea"),
        collegium.base.tenancy.RowSecurity("decide_ideamark"),
    ]
