"""Throwing the demo away: the tables go and come back empty.

The journal's triggers refuse to delete a row, so everything goes at once; therefore only a database that nobody but
this home ever wrote to.
"""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import connection

from jiahe.journal import blobs
from jiahe.journal.models import Origin
from jiahe.journal.queries import digest
from jiahe.journal.wiring import current
from jiahe.node.demo.problems import NotADemo


def empty() -> bool:
    """Whether this node's database has no table yet."""
    return not connection.introspection.table_names()


def reset() -> None:
    """Empty this node's database and lay its tables anew; the caller has made sure that the home is a demo's.

    Raises NotADemo if the database holds tables that are not ours, or entries that this home did not make.
    """
    if not empty():
        ours = Origin._meta.db_table in connection.introspection.table_names()
        if not ours or set(digest()) - {current().origin}:
            raise NotADemo
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        connection.close()
        for ending in ("", "-wal", "-shm", "-journal"):
            name.with_name(name.name + ending).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    blobs.sweep()  # nobody names any now
