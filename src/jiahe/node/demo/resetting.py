"""Throwing the demo away: the tables go and come back empty.

The journal's triggers refuse to delete a row, so everything goes at once.
"""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import connection


def reset() -> None:
    """Empty this node's database and lay its tables anew. Only for a demo; the caller has made sure of that."""
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
