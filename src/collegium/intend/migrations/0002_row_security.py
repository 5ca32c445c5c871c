from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = [
    "intend_text",
    "intend_textversion",
    "intend_vision",
    "intend_intent",
    "intend_intentlink",
    "intend_conversation",
    "intend_dissent",
    "intend_challenge",
    "intend_challengeask",
    "intend_citation",
    "intend_changecheck",
    "intend_signon",
    "intend_point",
    "intend_pointserves",
]


class Migration(migrations.Migration):
    dependencies = [("intend", "0001_initial"), ("people", "0002_row_security")]
    operations = [RowSecurity(table) for table in TABLES]
