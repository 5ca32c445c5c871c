from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = ["enquire_enquiry", "enquire_enquirymember", "enquire_stagenote"]


class Migration(migrations.Migration):
    dependencies = [("enquire", "0001_initial"), ("people", "0002_row_security")]
    operations = [RowSecurity(table) for table in TABLES]
