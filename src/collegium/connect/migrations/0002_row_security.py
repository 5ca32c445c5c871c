from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = [
    "connect_tiewave",
    "connect_wavemember",
    "connect_tielayer",
    "connect_tie",
    "connect_namepermission",
    "connect_waveanalysis",
]


class Migration(migrations.Migration):
    dependencies = [("connect", "0001_initial"), ("people", "0002_row_security")]
    operations = [RowSecurity(table) for table in TABLES]
