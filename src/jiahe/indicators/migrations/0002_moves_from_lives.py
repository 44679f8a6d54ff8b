"""No table changes. Moves are counted from lives, not from single facts: `./jiahe up` counts all anew for it (ADR 0001)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_cells")]
    operations = []
