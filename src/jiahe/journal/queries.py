"""What others may read of the journal. Who may see an entry about a person, the rooms above decide."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from jiahe.basis.ids import milliseconds
from jiahe.journal import merkle, storage
from jiahe.journal.models import Entry, Origin, Parked
from jiahe.journal.values import Recorded


class Head(NamedTuple):
    """Where the journal ends: how many entries, the tree's root, and the hybrid clock of the last."""

    size: int
    root: bytes
    clock: int


def head() -> Head:
    """The end of the journal; reads one row."""
    end = storage.end()
    return Head(end.size, merkle.root(end.frontier), end.clock)


def history(*, about: UUID, limit: int = 500) -> list[Recorded]:
    """What was recorded about a person, newest first; cancelled entries are in it, as is what cancelled them."""
    return [storage.decode(entry) for entry in Entry.objects.filter(about=about).order_by("-seq")[:limit]]


def histories(*, about: Collection[UUID]) -> list[Recorded]:
    """All that was recorded about these people, in one statement, newest first."""
    return [storage.decode(entry) for entry in Entry.objects.filter(about__in=list(about)).order_by("-seq")]


class Said(NamedTuple):
    """That an entry is about a record."""

    entry: UUID
    record: UUID


def about(records: Collection[UUID]) -> list[Said]:
    """Which entries are about these records."""
    rows = Entry.objects.filter(about__in=list(records)).values_list("entry_id", "about")
    return [Said(entry, record) for entry, record in rows if record]


def latest(*, within: tuple[str, str], before: int | None = None, limit: int = 50) -> list[Recorded]:
    """The newest entries of an area range, those before position `before` only, if given."""
    rows = Entry.objects.filter(area__gte=within[0], area__lt=within[1])
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return [storage.decode(entry) for entry in rows.order_by("-seq")[:limit]]


def entry(identifier: UUID) -> Recorded | None:
    """One entry by its id, or None."""
    found = Entry.objects.filter(entry_id=identifier).first()
    return storage.decode(found) if found else None


def entries(identifiers: Collection[UUID]) -> dict[UUID, Recorded]:
    """Those of these entries that are here, by id; one statement."""
    return {found.entry_id: storage.decode(found) for found in storage.by_id(identifiers)}


def recorded_with(identifier: UUID) -> list[Recorded]:
    """What its origin recorded in one run at the same instant as this entry, the entry itself among it, oldest first:
    all of an act that recorded several facts. Nothing if the entry is not here."""
    said = Entry.objects.filter(entry_id=identifier).first()
    if said is None:
        return []
    beside = Entry.objects.filter(origin=said.origin)
    others = beside.exclude(at_ms=said.at_ms).values_list("origin_seq", flat=True)
    before = others.filter(origin_seq__lt=said.origin_seq).order_by("-origin_seq").first()
    after = others.filter(origin_seq__gt=said.origin_seq).order_by("origin_seq").first()
    run = beside.filter(origin_seq__gt=before or 0)
    run = run if after is None else run.filter(origin_seq__lt=after)
    return [storage.decode(entry) for entry in run.order_by("origin_seq")]


def digest() -> dict[str, str]:
    """For each origin, how far it came and the running digest of its entries: equal on nodes that hold the same."""
    return {row.name: f"{row.seq}:{bytes(row.chain).hex()}" for row in Origin.objects.order_by("name")}


def standing(kinds: tuple[str, ...] = ()) -> Iterator[list[Recorded]]:
    """Every readable entry that no other cancels, in portions, oldest first; for recounts. All kinds if none named."""
    void = storage.all_voided()
    for portion in storage.entries():
        rows = [storage.decode(entry) for entry in portion if not kinds or entry.kind in kinds]
        yield [entry for entry in rows if entry.fact is not None and entry.id not in void]


def parked() -> int:
    """How many entries wait for a newer version of this program, or for the redaction that emptied them."""
    return Parked.objects.count()


def skew_ms(at: datetime) -> int:
    """How far the journal's clock is ahead of the instant `at`, in milliseconds; 0 if it is not.

    Much more than 0 means that some node's clock was far in the future once; order is still right.
    """
    return max(0, (storage.end().clock >> 16) - milliseconds(at))
