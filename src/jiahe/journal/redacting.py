"""Erasing what was said of a person, while the journal goes on to prove that something was said."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jiahe.journal import storage
from jiahe.journal.facts import Redacted
from jiahe.journal.recording import record, turn
from jiahe.journal.values import Author, Recorded
from jiahe.journal.wiring import current


def redact(entries: Sequence[UUID], *, ground: str, by: Author, at: datetime, area: str) -> Recorded:
    """Erase the contents of `entries`, here now and on every node that hears of it; what they added to counts stays.

    `ground` names the legal basis and must tell nothing of the person. It cannot be undone.
    """
    with turn():
        present = storage.by_id(entries)
        void = storage.voided(entries)
        counted = current().contributions([storage.decode(entry) for entry in present if entry.entry_id not in void])
        residue = tuple((c.measure, c.area, c.on.isoformat(), c.stratum, c.n) for c in counted)
        transaction.on_commit(_empty_the_log)
        return record(Redacted(tuple(entries), ground, residue), by=by, at=at, area=area)


def _empty_the_log() -> None:
    """SQLite's write-ahead log still holds what was erased until it is written over."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
