"""Which entries concern a neighbour.

Up to a county goes everything, up to a city only what is public. Down goes what happened in the neighbour's area, what
is common, and what belongs to a record that is kept there: a person who moves takes the record along, and where it was
kept before hears that it went, and no more. Who is merged with a record elsewhere may have moved by that: then it hears
where that record began. Nothing goes back to where it came from.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from jiahe.basis.areas import lies_in
from jiahe.journal import origins, storage
from jiahe.journal.models import Origin
from jiahe.journal.values import Recorded
from jiahe.network.models import Given
from jiahe.network.peers import Peer
from jiahe.network.wiring import current


class Chosen(NamedTuple):
    """Those of some entries that concern a neighbour; what is said again with them; the records of which he has not got
    everything, each with the position of the entry that says so; and those that are not kept in his area any more."""

    rows: list[storage.Row]
    earlier: list[storage.Row]
    records: dict[UUID, int]
    gone: set[UUID]


def choose(passing: Sequence[storage.Passing], peer: Peer, *, after: int) -> Chosen:
    """Of consecutive entries behind the position `after`, what the neighbour is to be told."""
    back = coming_from(peer)
    others = [entry.seq for entry in passing if entry.origin not in back]
    if peer.above:
        return Chosen(concerning(storage.rows_at(others), peer), [], {}, set())
    own = storage.rows_at(_touching_elsewhere([entry for entry in passing if entry.origin in back], peer))
    rows = storage.rows_at(others) + own
    seen = _Seen.of(rows, peer)
    told = Given.objects.filter(peer=peer.name, record__in=seen.every, at__lte=after)
    known = set(told.values_list("record", flat=True))
    new: dict[UUID, int] = {}
    gone: set[UUID] = set()
    for row in rows:
        records = seen.records[row.entry_id]
        new |= dict.fromkeys((records & seen.kept) - known - new.keys(), row.seq)
        gone |= records - seen.kept
    chosen = sorted((row for row in seen.near(rows, peer) if row.origin not in back), key=lambda row: row.seq)
    earlier = [row for row in _that_moved(seen.left([*own, *chosen]), back) if row.seq <= after]
    return Chosen(chosen, earlier, {record: new[record] for record in _from_elsewhere(new, peer)}, gone)


def concerning(rows: Sequence[storage.Row], peer: Peer) -> list[storage.Row]:
    """Those of the entries that a neighbour may have, wherever they came from."""
    if peer.above:
        public = current().public
        return [row for row in rows if _is_for_others(row) and (not peer.takes_sums_only or public(row.kind))]
    return _Seen.of(rows, peer).near(rows, peer)


class _Seen(NamedTuple):
    """Of some entries: the records that each belongs to, which of all these are kept in the neighbour's area, which
    were once, which entries may have moved theirs, and which cancel something that happened there."""

    records: dict[UUID, set[UUID]]
    every: set[UUID]
    kept: set[UUID]
    once: set[UUID]
    moving: set[UUID]
    cancelling: set[UUID]

    @classmethod
    def of(cls, rows: Sequence[storage.Row], peer: Peer) -> "_Seen":
        """Look at these entries with this neighbour in mind."""
        entries = [storage.decode(row) for row in rows]
        records = _records(entries)
        targets = {row.voids: row.entry_id for row in rows if row.voids}
        ended = [storage.decode(row) for row in storage.rows_named(targets)] if targets else []
        for target, concerned in _records(ended).items():  # whom it concerned, its end concerns
            records[targets[target]] |= concerned
        there = targets.keys() - storage.outside(targets, peer.area)
        every = {record for some in records.values() for record in some}
        moving = current().moving(entries, records)
        once = _ever({record for id_ in moving for record in records[id_]}, peer)
        return cls(records, every, _kept(every, peer), once, moving, {targets[target] for target in there})

    def near(self, rows: Sequence[storage.Row], peer: Peer) -> list[storage.Row]:
        """Those of the entries that concern the neighbour."""
        return [row for row in rows if _is_for_others(row) and self._is_near(row, peer)]

    def left(self, told: Sequence[storage.Row]) -> set[UUID]:
        """The records that the neighbour speaks or hears of, though they are not kept in his area, or not any more."""
        some = (self.records[row.entry_id] for row in told if not current().common(row.kind))
        return {record for records in some for record in records} - self.kept

    def _is_near(self, row: storage.Row, peer: Peer) -> bool:
        records = self.records[row.entry_id]
        return (
            lies_in(row.area, peer.area)
            or current().common(row.kind)
            or not records.isdisjoint(self.kept)
            or (row.entry_id in self.moving and not records.isdisjoint(self.once))
            or row.entry_id in self.cancelling
        )


def _records(entries: Sequence[Recorded]) -> dict[UUID, set[UUID]]:
    """The records that each of these belongs to."""
    found = current().records(entries)
    return {entry.id: set(found.get(entry.id, ())) for entry in entries}


def history(records: Sequence[UUID], peer: Peer) -> dict[UUID, list[storage.Row]]:
    """All that happened to these records outside of the neighbour's area, as far as they are kept in it, in order."""
    told = current().told_of(_kept(records, peer))
    ending = storage.cancelling({one for some in told.values() for one in some})
    ids = {record: {*some, *(ending[one] for one in some if one in ending)} for record, some in told.items()}
    back = coming_from(peer)
    found = {row.entry_id: row for row in storage.rows_named({one for some in ids.values() for one in some})}
    return {
        record: sorted(
            (
                row
                for row in (found[one] for one in some if one in found)
                if row.origin not in back and not lies_in(row.area, peer.area)
            ),
            key=lambda row: row.seq,
        )
        for record, some in ids.items()
    }


def coming_from(peer: Peer) -> set[str]:
    """The nodes whose entries come here by way of this neighbour."""
    return {peer.name, *Origin.objects.filter(via=peer.name).values_list("name", flat=True)}


def _from_elsewhere(records: dict[UUID, int], peer: Peer) -> set[UUID]:
    """Those of the records of which something happened outside of the neighbour's area."""
    if not records:
        return set()
    ids = current().told_of(list(records))
    outside = storage.outside({one for some in ids.values() for one in some}, peer.area)
    return {record for record, some in ids.items() if not outside.isdisjoint(some)}


def _touching_elsewhere(own: Sequence[storage.Passing], peer: Peer) -> list[int]:
    """Of the neighbour's own entries, which are not sent back, those about somebody of whom more happened elsewhere: he
    may be kept there from now on. All others are passed over at no more than a look at four indexes."""
    records = {entry.about for entry in own if entry.about}
    elsewhere = storage.about_outside(records, peer.area).union(current().named_beside(records))
    return [entry.seq for entry in own if entry.about is None or entry.about in elsewhere]


def _that_moved(records: Collection[UUID], back: set[str]) -> list[storage.Row]:
    """The entries that took these records elsewhere: whoever speaks or hears of one may not have heard of them, which
    came here before anything said that the record was ever kept there, or are of another that was merged with it."""
    ids = current().told_of(records) if records else {}
    rows = storage.rows_named({one for some in ids.values() for one in some}) if ids else []
    entries = {row.entry_id: storage.decode(row) for row in rows if row.origin not in back and _is_for_others(row)}
    decoded = list(entries.values())
    moving = current().moving(decoded, _records(decoded))
    return [row for row in rows if row.entry_id in moving]


def _is_for_others(row: storage.Row) -> bool:
    """What a node recorded of an area outside its own stays with it: nobody would take it from there."""
    return lies_in(row.area, origins.area_of(row.origin))


def _kept(records: Collection[UUID], peer: Peer) -> set[UUID]:
    found = current().kept_in(records)
    return {record for record, areas in found.items() if any(lies_in(area, peer.area) for area in areas)}


def _ever(records: Collection[UUID], peer: Peer) -> set[UUID]:
    """Those of the records of which something happened in the neighbour's area."""
    ids = current().told_of(records) if records else {}
    named = {one for some in ids.values() for one in some}
    inside = named - storage.outside(named, peer.area)
    return {record for record, some in ids.items() if not inside.isdisjoint(some)}
