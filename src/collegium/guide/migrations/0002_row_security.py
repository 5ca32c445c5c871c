from django.db import migrations

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("guide", "0001_initial")]
    operations = [RowSecurity("guide_watch")]
