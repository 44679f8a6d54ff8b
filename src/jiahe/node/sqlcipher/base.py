"""Django's SQLite backend speaking through the `sqlcipher3` driver instead of the standard library's.

The key is 32 raw bytes (OPTIONS["key"], hexadecimal), so opening a connection needs no key derivation.
Pragmas, each with its reason: WAL lets readers go on beside the one writer; synchronous=FULL makes a commit survive a
power cut; secure_delete=ON overwrites what is deleted, so that nobody erased stands in a freed page; mmap_size=0 keeps
plain text pages out of the file mapping; wal_autocheckpoint copies pages back after four times as many as SQLite would:
a thousand entries that come in write more pages than it waits for; foreign keys are Django's own habit.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import tee
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

for _type, _parse in (
    ("date", parse_date),
    ("time", parse_time),
    ("datetime", parse_datetime),
    ("timestamp", parse_datetime),
):
    Database.register_converter(_type, base.decoder(_parse))
Database.register_converter("bool", b"1".__eq__)
Database.register_adapter(Decimal, str)
Database.register_adapter(date, date.isoformat)
Database.register_adapter(datetime, base.adapt_datetime)
# of a value without an adapter the driver asks twice whether it can adapt itself, which takes longer than to bind ten
for _plain, _as_it_is in ((bytes, bytes), (bool, int), (type(None), lambda nothing: nothing)):
    Database.register_adapter(_plain, _as_it_is)

CACHE_KIB = 32 * 1024
WAL_PAGES = 4_000
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA mmap_size = 0",
    f"PRAGMA cache_size = -{CACHE_KIB}",
    f"PRAGMA wal_autocheckpoint = {WAL_PAGES}",
    "PRAGMA foreign_keys = ON",
)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to one encrypted file. OPTIONS must hold `key`: 64 hexadecimal digits."""

    display_name = "SQLCipher"
    Database = Database

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open, unlock, and set the pragmas above; the key must come before the first read."""
        options = dict(conn_params)
        key = options.pop("key")
        if len(bytes.fromhex(key)) != 32:
            raise ValueError("the database key is 32 bytes in hexadecimal")
        connection = Database.connect(**options)
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        for pragma in PRAGMAS:
            connection.execute(pragma)
        register_functions(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> "CursorWrapper":
        """A cursor that takes Django's %s places."""
        return self.connection.cursor(factory=CursorWrapper)

    @async_unsafe
    def close(self) -> None:
        """Close; a database in memory is kept, for closing would destroy it."""
        self.validate_thread_sharing()
        if not self.is_in_memory_db():
            BaseDatabaseWrapper.close(self)


class CursorWrapper(Database.Cursor):
    """Turns Django's "%s" places into SQLite's "?", and remembers it: the same few statements come again and again."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        return super().execute(_convert(query, params), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for each row of parameters."""
        first, rows = tee(iter(param_list))
        return super().executemany(_convert(query, next(first, ())), rows)


_converted: dict[str, str] = {}
_REMEMBERED = 2_000


def _convert(query: str, params: Any) -> str:
    if isinstance(params, Mapping):
        return query % {name: f":{name}" for name in params}
    converted = _converted.get(query)
    if converted is None:
        converted = base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
        if len(_converted) < _REMEMBERED:
            _converted[query] = converted
    return converted


def is_encrypted(path: Path) -> bool:
    """Whether the file at `path` is not readable as plain SQLite."""
    with path.open("rb") as file:
        return file.read(16) != b"SQLite format 3\x00"
