from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = [
    *("norms", "decisionright", "matter", "part", "proposal", "proposalversion"),
    *("poll", "option", "voter", "openballot", "box", "secretballot", "secretreason"),
    *("theme", "themepoint", "outcome", "dissent", "carrying", "told"),
]


class Migration(migrations.Migration):
    dependencies = [("decide", "0001_initial")]
    operations = [RowSecurity(f"decide_{table}") for table in TABLES]
