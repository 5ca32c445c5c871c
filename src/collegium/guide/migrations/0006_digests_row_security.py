from django.db import migrations

from collegium.base.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("guide", "0005_digestchoice")]
    operations = [RowSecurity("guide_digestchoice")]
