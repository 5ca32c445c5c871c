from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = [
    "people_unit",
    "people_unittie",
    "people_unitrole",
    "people_person",
    "people_post",
    "people_strength",
    "people_externalid",
    "people_group",
    "people_groupmembership",
]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [RowSecurity("people_community", column="id"), *(RowSecurity(table) for table in TABLES)]
