from django.db import migrations

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("enquire", "0005_cycles"), ("people", "0002_row_security")]
    operations = [RowSecurity("enquire_cycle")]
