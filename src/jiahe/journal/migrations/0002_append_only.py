"""The head row, and the triggers that keep entries from being changed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jiahe.journal import triggers


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the one head row and set the triggers."""
    apps.get_model("journal", "Head").objects.create(id=1)
    for statement in triggers.statements(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard)]
