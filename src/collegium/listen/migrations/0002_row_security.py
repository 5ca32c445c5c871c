from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = [
    "listen_instrumentversion",
    "listen_pulseseries",
    "listen_pulse",
    "listen_pulseunit",
    "listen_cell",
    "listen_pulseview",
    "listen_invitation",
    "listen_slip",
    "listen_askinglimit",
    "listen_tray",
    "listen_sheet",
    "listen_comment",
    "listen_publication",
    "listen_publishedview",
    "listen_namingconsent",
    "listen_sensenote",
]


class Migration(migrations.Migration):
    dependencies = [("listen", "0001_initial"), ("people", "0002_row_security")]
    operations = [RowSecurity(table) for table in TABLES]
