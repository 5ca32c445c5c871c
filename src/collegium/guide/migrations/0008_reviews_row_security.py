from django.db import migrations

from collegium.base.tenancy import RowSecurity

TABLES = ("agreement", "dissenting", "judgementbox", "review", "reviewfile", "seat", "weights")


class Migration(migrations.Migration):
    dependencies = [("guide", "0007_reviews")]
    operations = [RowSecurity(f"guide_{name}") for name in TABLES]
