from django.db import migrations

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("base", "0003_stored_readings")]
    operations = [RowSecurity("base_storedreading"), RowSecurity("base_readunit")]
