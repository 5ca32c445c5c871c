from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = ["enquire_calendarspan", "enquire_pointimport"]


class Migration(migrations.Migration):
    dependencies = [("enquire", "0008_calendars_and_imports"), ("people", "0002_row_security")]
    operations = [RowSecurity(table) for table in TABLES]
