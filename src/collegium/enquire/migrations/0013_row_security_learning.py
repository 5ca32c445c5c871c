from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = [
    "enquire_idea",
    "enquire_ideaoutcome",
    "enquire_trial",
    "enquire_trialmeasure",
    "enquire_driverversion",
    "enquire_evidence",
    "enquire_practicedraft",
]


class Migration(migrations.Migration):
    dependencies = [("enquire", "0012_learning"), ("people", "0002_row_security")]
    operations = [RowSecurity(table) for table in TABLES]
