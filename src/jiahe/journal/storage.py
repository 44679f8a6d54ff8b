"""Reading and writing the journal's tables in plain SQL, which every recorded fact passes through once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from jiahe.basis.areas import lies_in, within
from jiahe.journal import facts, merkle, seal, tree
from jiahe.journal.models import Attached, Entry, Erased, Origin, Parked
from jiahe.journal.tables import asked, id_of, insert
from jiahe.journal.values import Recorded
from jiahe.journal.wiring import Wiring


class End(NamedTuple):
    """Where the journal ends: entries, last clock, and the roots that make up its tree."""

    size: int
    clock: int
    frontier: merkle.Frontier


class OriginEnd(NamedTuple):
    """How far an origin's entries came here: the greatest number, and the running digest over the leaves as they came.
    `ahead`: of our own, the greatest number that another node holds."""

    seq: int
    chain: bytes
    ahead: int = 0


class Row(NamedTuple):
    """A stored entry, read without a model: a replay reads them all."""

    seq: int
    entry_id: UUID
    origin: str
    origin_seq: int
    clock: int
    at_ms: int
    kind: str
    area: str
    officer: str
    post: str
    about: UUID | None
    voids: UUID | None
    suite: str
    salt: bytes | None
    content: bytes | None
    commitment: bytes
    leaf: bytes
    signature: bytes


class Passing(NamedTuple):
    """What tells whether an entry is to be read at all: most that come from a neighbour do not concern him."""

    seq: int
    origin: str
    about: UUID | None


class Seals(NamedTuple):
    """The sealed part of an entry."""

    salt: bytes | None
    content: bytes | None
    commitment: bytes
    leaf: bytes
    signature: bytes


def end(*, lock: bool = False) -> End:
    """The journal's end; with `lock`, nobody else may write until this transaction ends."""
    statement = "SELECT size, clock, frontier FROM journal_head WHERE id = 1"
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} FOR UPDATE" if lock else statement)
        size, clock, frontier = cursor.fetchone()
    return End(size, clock, tree.frontier(size, bytes(frontier)))


def own_origin(wiring: Wiring) -> OriginEnd:
    """How far this node's own entries came; the row is made with its first entry."""
    known = origins([wiring.origin])
    if not known:
        insert(Origin, [Origin(name=wiring.origin, public_key=wiring.public_key, area=wiring.area)])
        return OriginEnd(0, bytes(32))
    return known[wiring.origin]


def origins(names: Iterable[str]) -> dict[str, OriginEnd]:
    """How far the named origins came; unknown ones are absent."""
    wanted = list(names)
    if not wanted:
        return {}
    places = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, seq, chain, ahead FROM journal_origin WHERE name IN ({places})", wanted)  # noqa: S608
        return {name: OriginEnd(seq, bytes(chain), ahead) for name, seq, chain, ahead in cursor.fetchall()}


def append(before: End, sealed: Sequence[Seals], batch: Sequence[Recorded], ends: Mapping[str, OriginEnd]) -> None:
    """Write entries at the journal's end, its tree, and the ends of their origins (`ends` as they were before)."""
    _insert_entries(sealed, batch)
    frontier, completed = merkle.append(before.frontier, [entry.leaf for entry in sealed])
    tree.keep(before.size, completed)
    after = dict(ends)
    for recorded_entry, entry in zip(batch, sealed, strict=True):
        origin = after[recorded_entry.origin]
        chain = merkle.leaf(origin.chain + entry.leaf)
        after[recorded_entry.origin] = OriginEnd(max(origin.seq, recorded_entry.origin_seq), chain)
    clock = max(before.clock, *(entry.clock for entry in batch))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_head SET size = %s, clock = %s, frontier = %s WHERE id = 1",
            [before.size + len(batch), clock, b"".join(node for _, node in frontier)],
        )
        for name, origin in after.items():
            cursor.execute(
                "UPDATE journal_origin SET seq = %s, chain = %s WHERE name = %s", [origin.seq, origin.chain, name]
            )


def recorded(seq: int, header: seal.Header, fact: Any, why: str) -> Recorded:
    """The entry at `seq` as the rest of the house sees it."""
    return Recorded(
        seq=seq,
        id=header.id,
        origin=header.origin,
        origin_seq=header.origin_seq,
        clock=header.clock,
        at_ms=header.at_ms,
        kind=header.kind,
        area=header.area,
        officer=header.officer,
        post=header.post,
        about=header.about,
        why=why,
        voids=header.voids,
        fact=fact,
    )


def header_of(entry: Entry | Row) -> seal.Header:
    """The header of a stored entry."""
    return seal.Header(
        about=entry.about,
        area=entry.area,
        at_ms=entry.at_ms,
        clock=entry.clock,
        id=entry.entry_id,
        kind=entry.kind,
        officer=entry.officer,
        origin=entry.origin,
        origin_seq=entry.origin_seq,
        post=entry.post,
        suite=entry.suite,
        voids=entry.voids,
    )


def decode(entry: Entry | Row) -> Recorded:
    """A stored entry with its fact as it reads today; None for the fact if redacted or of an unknown kind."""
    fact, why = None, ""
    if entry.content is not None:
        body, why = seal.split(bytes(entry.content))
        fact = facts.read(entry.kind, body) if entry.kind in facts.KINDS else None
    return recorded(entry.seq, header_of(entry), fact, why)


def rows_after(position: int, limit: int) -> list[Row]:
    """Up to `limit` entries behind this position, in order."""
    return _rows("seq > %s ORDER BY seq LIMIT %s", [position, limit])


def passing(position: int, limit: int) -> list[Passing]:
    """Up to `limit` entries behind this position, in order: no more of them than whose they are and what about."""
    statement = "SELECT seq, origin, about FROM journal_entry WHERE seq > %s ORDER BY seq LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [position, limit])
        return [Passing(seq, origin, about and id_of(about)) for seq, origin, about in cursor.fetchall()]


def rows_at(positions: Sequence[int]) -> list[Row]:
    """The entries at these positions, in order."""
    return _rows(f"seq IN ({', '.join(['%s'] * len(positions))}) ORDER BY seq", list(positions)) if positions else []


def entries(portion: int = 5_000) -> Iterator[list[Row]]:
    """The whole journal in order, in portions."""
    after = 0
    while rows := rows_after(after, portion):
        yield rows
        after = rows[-1].seq


def rows_named(identifiers: Iterable[UUID]) -> list[Row]:
    """The entries with these ids, read without a model."""
    found = Entry.objects.filter(entry_id__in=list(identifiers)).values_list(*Row._fields)
    return [_row(values) for values in found]


def outside(identifiers: Iterable[UUID], area: str) -> set[UUID]:
    """Those of the ids that name entries that happened outside of this area."""
    named = Entry.objects.filter(entry_id__in=list(identifiers)).values_list("entry_id", "area")
    return {id_ for id_, where in named if not lies_in(where, area)}


def about_outside(records: Iterable[UUID], area: str) -> set[UUID]:
    """Those of the records that some entry of another area is about."""
    low, high = within(area)
    statement = "SELECT about FROM journal_entry WHERE about IN ({}) AND NOT (area >= %s AND area < %s)"
    return {id_of(record) for (record,) in asked(statement, records, low, high)}


def by_id(identifiers: Iterable[UUID], *, before: int | None = None) -> list[Entry]:
    """The entries with these ids, those before position `before` only, if given."""
    found = Entry.objects.filter(entry_id__in=list(identifiers))
    return list((found if before is None else found.filter(seq__lt=before)).order_by("seq"))


def voided(identifiers: Iterable[UUID], *, before: int | None = None) -> set[UUID]:
    """Those of the ids that some entry (before position `before`, if given) cancels."""
    end = (1 << 63) - 1 if before is None else before
    found = asked("SELECT voids FROM journal_entry WHERE voids IN ({}) AND seq < %s", identifiers, end)
    return {id_of(target) for (target,) in found}


def leaves(identifiers: Iterable[UUID]) -> dict[UUID, bytes]:
    """The leaves of those of the ids that name an entry."""
    found = asked("SELECT entry_id, leaf FROM journal_entry WHERE entry_id IN ({})", identifiers)
    return {id_of(name): bytes(leaf) for name, leaf in found}


def cancelling(identifiers: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of those of the ids that some entry cancels, the id of that entry."""
    found = Entry.objects.filter(voids__in=list(identifiers)).values_list("voids", "entry_id")
    return {target: id_ for target, id_ in found if target}


def all_voided() -> set[UUID]:
    """The ids of every cancelled entry."""
    return {target for target in Entry.objects.values_list("voids", flat=True).filter(voids__isnull=False) if target}


def count_standing(identifiers: Sequence[UUID], kinds: Sequence[str]) -> int:
    """How many different ids name entries of these kinds that are neither redacted nor cancelled."""
    standing = Entry.objects.filter(entry_id__in=identifiers, kind__in=kinds, content__isnull=False)
    return standing.exclude(entry_id__in=voided(identifiers)).count()


def park(batch: Iterable[Recorded]) -> None:
    """Remember entries whose kind is not known here."""
    insert(Parked, [Parked(seq=entry.seq) for entry in batch])


def parked(kinds: Sequence[str]) -> list[Entry]:
    """The parked entries of these kinds that can be read."""
    waiting = Entry.objects.filter(seq__in=Parked.objects.values("seq"), kind__in=kinds, content__isnull=False)
    return list(waiting.order_by("seq"))


def redacted() -> set[UUID]:
    """The entries whose contents the journal itself says were erased. What cannot be read was forged."""
    found: set[UUID] = set()
    for row in Entry.objects.filter(kind=facts.kind_named(facts.Redacted)):
        with suppress(*facts.UNREADABLE):
            fact = decode(row).fact
            found.update(fact.entries if fact else ())
    return found


def take_out(positions: Iterable[int]) -> None:
    """Forget that the entries at these positions were parked."""
    Parked.objects.filter(seq__in=list(positions)).delete()


def erased(identifiers: Iterable[UUID]) -> set[UUID]:
    """Those of the ids whose content some redaction has erased, even before it came here."""
    return {id_of(name) for (name,) in asked("SELECT entry_id FROM journal_erased WHERE entry_id IN ({})", identifiers)}


def note_erased(identifiers: Iterable[UUID]) -> None:
    """Remember whose content is never to be stored again."""
    insert(Erased, [Erased(entry_id=identifier) for identifier in identifiers])


def erase(positions: Sequence[int]) -> None:
    """Erase salt and content of the entries at these positions; header, commitment and seals stay."""
    Entry.objects.filter(seq__in=positions).update(salt=None, content=None)


def attach(pairs: Iterable[tuple[UUID, str]]) -> None:
    """Note that these entries name these blobs."""
    insert(Attached, [Attached(entry_id=entry, name=name) for entry, name in pairs])


def detach(identifiers: Iterable[UUID]) -> set[str]:
    """Forget what these entries name; gives what that was."""
    noted = Attached.objects.filter(entry_id__in=list(identifiers))
    names = set(noted.values_list("name", flat=True))
    noted.delete()
    return names


def attached() -> set[tuple[UUID, str]]:
    """Which entry names which blob."""
    return set(Attached.objects.values_list("entry_id", "name"))


def named(names: Iterable[str]) -> set[str]:
    """Those of the blobs that some entry names."""
    return set(Attached.objects.filter(name__in=list(names)).values_list("name", flat=True))


def unread() -> bool:
    """Whether there are contents here of a kind that is not known here."""
    return Entry.objects.filter(seq__in=Parked.objects.values("seq"), content__isnull=False).exists()


def _rows(which: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(Row._fields)} FROM journal_entry WHERE {which}", values)  # noqa: S608
        return [_row(found) for found in cursor.fetchall()]


def _row(values: Sequence[Any]) -> Row:
    """SQLite keeps ids as hexadecimal text."""
    row = Row(*values)
    if isinstance(row.entry_id, UUID):
        return row
    about, voids = (name and UUID(str(name)) for name in (row.about, row.voids))
    return row._replace(entry_id=UUID(row.entry_id), about=about, voids=voids)


def _insert_entries(sealed: Sequence[Seals], batch: Sequence[Recorded]) -> None:
    native = connection.features.has_native_uuid_field
    statement = (
        "INSERT INTO journal_entry (seq, entry_id, origin, origin_seq, clock, at_ms, kind, area, officer, post, about, "
        "voids, suite, salt, content, commitment, leaf, signature) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
    )
    rows = [
        (
            entry.seq,
            entry.id if native else entry.id.hex,
            entry.origin,
            entry.origin_seq,
            entry.clock,
            entry.at_ms,
            entry.kind,
            entry.area,
            entry.officer,
            entry.post,
            entry.about if native or entry.about is None else entry.about.hex,
            entry.voids if native or entry.voids is None else entry.voids.hex,
            seal.SUITE,
            *seals,
        )
        for entry, seals in zip(batch, sealed, strict=True)
    ]
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(statement, rows[0])
        else:
            cursor.executemany(statement, rows)
