from django.db import migrations

from collegium.base.tenancy import row_security


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [row_security("base_event"), row_security("base_job")]
