"""A node's home folder: what was said when it was set up, and whether the database under it is safe to run on."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jiahe.node.sqlcipher.base import is_encrypted

LISTEN = "127.0.0.1:4222"
"""Where the pipe takes those below if nobody says otherwise: nobody but on this machine."""
OLDEST_POSTGRESQL = 150_000
FIRST_SAFE_SQLITE = (3, 51, 3)
"""Older ones can lose committed data when a write-ahead log is reset under a reader (sqlite.org/wal.html)."""


def found(home: Path, *, area: str, demo: bool, level: str = "county", **more: str | bool) -> None:
    """Write down, once, which area this node serves, on which level, and whether it is the demo. Raises FileExistsError
    if it was."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "node.toml").open("x", encoding="utf-8") as file:
        file.write(_toml({"area": area, "level": level, "demo": demo, **more}))


def amend(home: Path, **changes: str | int) -> None:
    """Write down something more, or otherwise, of this node."""
    said = home / "node.toml"
    fresh = said.with_suffix(".new")
    fresh.write_text(_toml({**tomllib.loads(said.read_text("utf-8")), **changes}), "utf-8")
    fresh.rename(said)


def _toml(said: Mapping[str, object]) -> str:
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items())


def pending() -> int:
    """How many migrations this home's database has yet to undergo."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def behind() -> str:
    """What to say if the tables are not those of this version; "" if they are."""
    count = pending()
    return f"The tables of this home are {count} migration(s) behind. Run ./jiahe up --no-serve first." if count else ""


def dangers() -> Iterator[str]:
    """Why it would be unsafe to keep a county's record on this database as it is set; none if all is well."""
    if connection.vendor == "postgresql":
        yield from _postgresql()
    else:
        yield from _sqlite()


def _sqlite() -> Iterator[str]:
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    if version < FIRST_SAFE_SQLITE:
        yield f"SQLite {version} has the write-ahead log fault mended in {FIRST_SAFE_SQLITE}"
    for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("mmap_size", 0), ("foreign_keys", 1)):
        if (got := _one(f"PRAGMA {pragma}")) != wanted:
            yield f"PRAGMA {pragma} is {got}, not {wanted}"
    name = Path(str(settings.DATABASES["default"]["NAME"]))
    if name.exists() and name.stat().st_size and not is_encrypted(name):
        yield f"{name} is not encrypted"


def _postgresql() -> Iterator[str]:
    for setting, wanted in (
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("server_encoding", "UTF8"),
    ):
        if (got := _one(f"SHOW {setting}")) != wanted:
            yield f"PostgreSQL's {setting} is {got}, not {wanted}"
    if int(str(_one("SHOW server_version_num"))) < OLDEST_POSTGRESQL:
        yield "PostgreSQL is older than 15"


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None
