from django.db import migrations

from collegium.base.tenancy import row_security

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
    operations = [row_security("people_community", column="id"), *(row_security(table) for table in TABLES)]
