from django.db import migrations

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [RowSecurity("base_event"), RowSecurity("base_job")]
