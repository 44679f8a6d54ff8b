"""How many rows of people an officer sees and exports in a day: counted and limited (S-12).

Whoever shows rows of people calls `spend` before showing them, pages that only read included. A write for each page
would make every reader a writer, and SQLite has one. So each process counts in memory and writes sums: when nobody else
writes, or in any case once it holds MOST rows of one officer back. Killed, a process forgets fewer than that; several
processes let pass fewer than that more than the limit, each, for what others hold back is not seen. The measurements
stand in docs/adr/0014-rows-counted-in-memory.md.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from jiahe.staff.models import Raise
from jiahe.staff.problems import BudgetSpent
from jiahe.staff.rules import Daily, at_least, fits, near
from jiahe.staff.scope import Acting
from jiahe.staff.session import civil_day

ENOUGH, MOST = 100, 500
"""Rows of one officer that a process holds back at least before it writes them; and that it never holds back."""
SOON = timedelta(minutes=1)
"""After so long everything that is held back is written, be it ever so little."""


class Key(NamedTuple):
    """Whose day, in which role."""

    officer: UUID
    on: date
    role: str


@dataclass(slots=True)
class _Held:
    """What this process has counted and not written. Whoever looks or adds holds `lock`; whoever writes, `writing`."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    writing: threading.Lock = field(default_factory=threading.Lock)
    rows: dict[Key, Counter[str]] = field(default_factory=dict)
    writes: int = 0
    all_written_at: datetime | None = None
    notes: dict[tuple[str, date], tuple[Daily, Daily]] = field(default_factory=dict)


_held = _Held()


def spend(acting: Acting, *, at: datetime, seen: int = 0, exported: int = 0) -> Daily:
    """Count rows of people that `acting` is about to be shown (`seen`) or handed as a file (`exported`); the answer is
    what he has spent today, these included. Raises BudgetSpent, and then counts only that he was stopped.

    All posts of an officer count together; the limit is that of the role acted in, or what it was raised to.
    """
    if acting.daily is None or not (seen or exported):
        return Daily(0, 0)
    key, limit = Key(UUID(acting.officer), civil_day(at), acting.role), acting.daily
    more = Daily(seen, exported)
    spent, admitted = _add(key, more, limit)
    if not admitted or near(spent, limit):
        limit = limit_of(key.officer, limit, on=key.on)
        if not admitted:
            with _nobody_writing():
                spent, admitted = _add(key, more, limit)
        _note(acting, key.on, spent, limit)
    if not admitted:
        _hold(key, stopped=1)
    _write_when_free(key, at=at)
    if admitted:
        return spent
    if exported and spent.exported + exported > limit.exported:
        raise BudgetSpent(limit=limit.exported, spent=spent.exported, asked=exported)
    raise BudgetSpent(limit=limit.seen, spent=spent.seen, asked=seen)


def today(officer: UUID, *, on: date) -> Daily:
    """What the officer has spent on the day in all his posts: what is written, and what this process holds back."""
    while True:
        writes, written = _held.writes, _written(officer, on)
        with _held.lock:
            if writes == _held.writes:
                return _with_held(written, officer, on)


def limit_of(officer: UUID, limit: Daily, *, on: date) -> Daily:
    """What the officer may see and export on the day: the limit of his role, or what it was raised to."""
    row = Raise.objects.filter(officer=officer, on=on).order_by("-stamp").first()
    return at_least(limit, Daily(row.seen, row.exported) if row else None)


def raised(*, on: date) -> dict[UUID, Daily]:
    """To what limits were raised for the day, by officer; of several raises the latest holds."""
    rows = Raise.objects.filter(on=on).order_by("stamp")
    return {row.officer: Daily(row.seen, row.exported) for row in rows}


def note(acting: Acting, *, at: datetime) -> tuple[Daily, Daily] | None:
    """What was spent and what may be, once this process saw that a budget is nearly spent; asks no database."""
    return _held.notes.get((acting.officer, civil_day(at)))


def flush() -> None:
    """Write all that this process holds back; waits for its turn."""
    with _held.writing:
        _write(list(_held.rows))


def _add(key: Key, more: Daily, limit: Daily) -> tuple[Daily, bool]:
    """Count these rows too, if all together fit; what is spent then, and whether they did."""
    while True:
        writes, written = _held.writes, _written(key.officer, key.on)
        with _held.lock:
            if writes != _held.writes:
                continue
            spent = _with_held(written, key.officer, key.on)
            after = Daily(spent.seen + more.seen, spent.exported + more.exported)
            if not fits(more, after, limit):
                return spent, False
            _held.rows.setdefault(key, Counter()).update(seen=more.seen, exported=more.exported)
            return after, True


@contextmanager
def _nobody_writing() -> Iterator[None]:
    """While a sum is being written it may be seen twice, so wait for that; but not in a transaction, on which whoever
    writes may be waiting himself."""
    waited = _held.writing.acquire(blocking=not connection.in_atomic_block)
    try:
        yield
    finally:
        if waited:
            _held.writing.release()


def _hold(key: Key, **counts: int) -> None:
    with _held.lock:
        _held.rows.setdefault(key, Counter()).update(counts)


def _with_held(written: Daily, officer: UUID, on: date) -> Daily:
    mine = [rows for key, rows in _held.rows.items() if key[:2] == (officer, on)]
    seen, exported = (sum(rows[what] for rows in mine) for what in ("seen", "exported"))
    return Daily(written.seen + seen, written.exported + exported)


def _note(acting: Acting, on: date, spent: Daily, limit: Daily) -> None:
    with _held.lock:
        for old in [key for key in _held.notes if key[1] < on]:
            del _held.notes[old]
        _held.notes.pop((acting.officer, on), None)
        if near(spent, limit):
            _held.notes[acting.officer, on] = (spent, limit)


# ---- the table


_UPSERT = (
    'INSERT INTO staff_spent (officer, "on", role, seen, exported, stopped) VALUES (%s, %s, %s, %s, %s, %s) '
    'ON CONFLICT (officer, "on", role) DO UPDATE SET seen = staff_spent.seen + excluded.seen, '
    "exported = staff_spent.exported + excluded.exported, stopped = staff_spent.stopped + excluded.stopped"
)
# plain SQL: it is asked before every list, and to compile the query costs more than to run it
_SUM = 'SELECT COALESCE(SUM(seen), 0), COALESCE(SUM(exported), 0) FROM staff_spent WHERE officer = %s AND "on" = %s'


def _written(officer: UUID, on: date) -> Daily:
    with connection.cursor() as cursor:
        cursor.execute(_SUM, [_as_kept(officer), on])
        seen, exported = cursor.fetchone()
    return Daily(int(seen), int(exported))


def _write_when_free(key: Key, *, at: datetime) -> None:
    """After the transaction we are in, if any: undone with it, the rows were shown all the same."""
    if connection.in_atomic_block:
        transaction.on_commit(partial(_write_if_due, key, at))
    else:
        _write_if_due(key, at)


def _write_if_due(key: Key, at: datetime) -> None:
    with _held.lock:
        rows, last = sum(_held.rows.get(key, Counter()).values()), _held.all_written_at
        late = last is None or not timedelta(0) <= at - last < SOON
        if late:
            _held.all_written_at = at
    must = rows >= MOST
    if not (must or late or rows >= ENOUGH) or not _held.writing.acquire(blocking=must):
        return
    try:
        with _patience(must):
            _write(list(_held.rows) if late or must else [key])
    except DatabaseError:
        return  # somebody else writes, or nothing can be written: it stays held back, and limits all the same
    finally:
        _held.writing.release()


def _write(keys: Collection[Key]) -> None:
    with _held.lock:
        sums = {key: dict(_held.rows[key]) for key in keys if key in _held.rows}
    if not sums:
        return
    counted = ("seen", "exported", "stopped")
    rows = [
        (_as_kept(key.officer), key.on, key.role, *(each.get(what, 0) for what in counted))
        for key, each in sums.items()
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_UPSERT, sorted(rows))
    with _held.lock:
        _held.writes += 1
        for key, each in sums.items():
            _held.rows[key].subtract(each)
            if not any(_held.rows[key].values()):
                del _held.rows[key]


@contextmanager
def _patience(waits: bool) -> Iterator[None]:
    """Without it SQLite says at once that somebody else writes, instead of waiting for him as long as it is set to."""
    if waits or connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def _as_kept(officer: UUID) -> UUID | str:
    return officer if connection.features.has_native_uuid_field else officer.hex
