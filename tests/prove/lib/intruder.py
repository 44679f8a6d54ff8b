# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody can do who has the database in his hands and knows how the journal is built, but has no signing key.

Each trick does its damage and says what `fsck` must then name; "" where it only has to find something, None where only
a checkpoint kept elsewhere can tell. Import only once Django is set up.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, models

from jiahe.indicators.models import Cell
from jiahe.journal import facts, merkle, seal, storage, tree, triggers
from jiahe.journal.models import Checkpoint, Entry, Head, Node, Origin
from jiahe.journal.recording import record_all
from jiahe.registry.models import LifeEvent, Person
from tests.prove.lib.journal import registration


@dataclass(frozen=True, slots=True)
class Trick:
    """A way to tamper. `tables`: it is the projected tables that are touched."""

    name: str
    work: Callable[[random.Random], str | None]
    tables: bool = False


def disarm() -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for name in triggers.names(connection.vendor):
            cursor.execute(f"DROP TRIGGER {name}" + (" ON journal_entry" if connection.vendor == "postgresql" else ""))


def arm() -> None:
    """Put the triggers back, so that their absence betrays nobody."""
    with connection.cursor() as cursor:
        for statement in triggers.statements(connection.vendor):
            if "CREATE TRIGGER" in statement:
                cursor.execute(statement)


def mend() -> None:
    """Make tree, head and origins fit the entries as they now are, and throw away the checkpoints kept here."""
    rows = list(Entry.objects.order_by("seq"))
    frontier, completed = merkle.append((), [bytes(row.leaf) for row in rows])
    Node.objects.all().delete()
    Node.objects.bulk_create(
        [Node(level=level, index=index, hash=digest) for level, index, digest in tree.kept(0, completed)]
    )
    chain = bytes(32)
    for row in rows:
        chain = merkle.leaf(chain + bytes(row.leaf))
    clock = max((row.clock for row in rows), default=0)
    Head.objects.update(size=len(rows), clock=clock, frontier=b"".join(digest for _, digest in frontier))
    Origin.objects.update(seq=rows[-1].origin_seq if rows else 0, chain=chain)
    Checkpoint.objects.all().delete()


def _somewhere(rng: random.Random, *, readable: bool = True) -> Entry:
    rows = Entry.objects.filter(content__isnull=False) if readable else Entry.objects.all()
    return rows.order_by("seq")[rng.randrange(rows.count())]


def _other(value: object, rng: random.Random) -> object:
    """Another value of the same type."""
    if value is None or isinstance(value, UUID):
        return uuid4()
    if isinstance(value, int):
        return value + rng.randrange(1_000, 1_000_000)
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
    if isinstance(value, bytes | memoryview):
        damaged = bytearray(value)
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        return bytes(damaged)
    raise TypeError(type(value))


def _edit(rng: random.Random) -> str:
    row = _somewhere(rng)
    column = rng.choice([field.attname for field in Entry._meta.concrete_fields if not field.primary_key])
    Entry.objects.filter(seq=row.seq).update(**{column: _other(getattr(row, column), rng)})
    return f"entry {row.seq}"


def _reseal(rng: random.Random) -> str:
    row = _somewhere(rng)
    row.content = bytes(row.content)[:-2] + b'!"]'  # another reason
    row.commitment = seal.commit(bytes(row.salt), row.content)
    row.leaf = seal.leaf_of(facts.encode(storage.header_of(row)), row.commitment)
    row.save()
    mend()
    return f"entry {row.seq} "


def _shift(after: int, by: int) -> None:
    rows = Entry.objects.filter(seq__gt=after).order_by("-seq" if by > 0 else "seq")
    for seq in list(rows.values_list("seq", flat=True)):
        Entry.objects.filter(seq=seq).update(seq=seq + by)


def _delete(rng: random.Random) -> str:
    seq = rng.randrange(1, Entry.objects.count())
    Entry.objects.filter(seq=seq).delete()
    if rng.random() < 0.5:
        return f"entries {seq} to {seq} are missing"
    _shift(seq, -1)
    mend()
    return f"entry {seq}: number {seq + 1} of node"


def _insert(rng: random.Random) -> str:
    row = _somewhere(rng)
    place = rng.randrange(1, Entry.objects.count() + 2)
    _shift(place - 1, 1)
    row.seq, row.entry_id, row.origin_seq = place, uuid4(), Entry.objects.count() + 1
    row.leaf = seal.leaf_of(facts.encode(storage.header_of(row)), bytes(row.commitment))
    row.save(force_insert=True)
    mend()
    return f"entry {place} "


def _swap(rng: random.Random) -> str:
    one, other = _somewhere(rng), _somewhere(rng)
    while other.seq == one.seq:
        other = _somewhere(rng)
    if rng.random() < 0.5:
        for row, given in ((one, other), (other, one)):
            Entry.objects.filter(seq=row.seq).update(content=given.content, salt=given.salt)
        return f"entry {one.seq} "
    Entry.objects.filter(seq=one.seq).update(seq=-1)
    Entry.objects.filter(seq=other.seq).update(seq=one.seq)
    Entry.objects.filter(seq=-1).update(seq=other.seq)
    mend()
    return f"entry {one.seq}: number {other.seq} of node"


def _erase(rng: random.Random) -> str:
    seq = _somewhere(rng).seq
    Entry.objects.filter(seq=seq).update(content=None, salt=None)
    return f"entry {seq} "


def _roll_back(rng: random.Random) -> None:
    size = Entry.objects.count()
    Entry.objects.filter(seq__gt=size - rng.randrange(1, size)).delete()
    mend()


def _rewrite(rng: random.Random) -> None:
    """He has the signing key as well: he cuts the end off and writes another one."""
    size = Entry.objects.count()
    lost = rng.randrange(1, size)
    Entry.objects.filter(seq__gt=size - lost).delete()
    mend()
    record_all([registration(f"李{number}") for number in range(lost + rng.randrange(3))])


def _edit_table(rng: random.Random) -> str:
    table, column = rng.choice(((Person, "phone"), (Person, "home"), (LifeEvent, "area"), (Cell, "n")))
    rows: models.QuerySet = table._default_manager.all()
    row = rows.order_by("pk")[rng.randrange(rows.count())]
    rows.filter(pk=row.pk).update(**{column: _other(getattr(row, column), rng)})
    return f"table {table._meta.db_table}: row"


def _delete_row(rng: random.Random) -> str:
    table = rng.choice((Person, LifeEvent, Cell))
    rows: models.QuerySet = table._default_manager.all()
    rows.filter(pk=rows.order_by("pk")[rng.randrange(rows.count())].pk).delete()
    return f"table {table._meta.db_table}: row"


TRICKS = (
    Trick("edit", _edit),
    Trick("edit, seals made anew", _reseal),
    Trick("delete", _delete),
    Trick("insert", _insert),
    Trick("swap", _swap),
    Trick("erase without redaction", _erase),
    Trick("roll back", _roll_back),
    Trick("rewrite with the key", _rewrite),
    Trick("edit a table", _edit_table, tables=True),
    Trick("delete from a table", _delete_row, tables=True),
)
