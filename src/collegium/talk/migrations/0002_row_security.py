from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = ["thread", "comment", "commentversion", "reaction", "mention", "attachment"]


class Migration(migrations.Migration):
    dependencies = [("talk", "0001_initial")]
    operations = [RowSecurity(f"talk_{table}") for table in TABLES]
