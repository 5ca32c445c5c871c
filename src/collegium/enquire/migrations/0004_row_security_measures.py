from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = ["enquire_measure", "enquire_segment", "enquire_point"]


class Migration(migrations.Migration):
    dependencies = [("enquire", "0003_measures"), ("people", "0002_row_security")]
    operations = [RowSecurity(table) for table in TABLES]
