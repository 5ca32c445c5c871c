from django.db import migrations

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("guide", "0003_moves")]
    operations = [RowSecurity("guide_moverecord")]
