"""The cell table. On SQLite it is clustered by its key (WITHOUT ROWID): half the size, and a range is read in one go."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import jiahe.journal.fields

CLUSTERED = "CREATE TABLE indicators_cell ({columns}) WITHOUT ROWID"


def cluster(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make SQLite's table again from its own definition, clustered; it is still empty."""
    if editor.connection.vendor != "sqlite":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'indicators_cell'")
        (made,) = cursor.fetchone()
        columns = made[made.index("(") + 1 : made.rindex(")")]
        cursor.execute("DROP TABLE indicators_cell")
        cursor.execute(CLUSTERED.format(columns=columns))


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "measure", "span", "start", "area", "stratum",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("measure", models.CharField(max_length=40)),
                ("span", models.CharField(max_length=5)),
                ("start", models.DateField()),
                ("area", jiahe.journal.fields.AreaField(max_length=24)),
                ("stratum", models.CharField(max_length=40)),
                ("n", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("span__in", ["day", "month", "ever"])), name="indicators_cell_span"
                    )
                ],
            },
        ),
        migrations.RunPython(cluster, migrations.RunPython.noop),
    ]
