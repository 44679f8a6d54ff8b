"""Which entries concern a neighbour.

Up to a county goes everything, up to a city only what is public. Down goes what happened in the neighbour's area, what
is common, and what belongs to a record that is kept there: a person who moves takes the record along. Nothing goes back
to where it came from.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from jiahe.basis.areas import lies_in
from jiahe.journal import origins, storage
from jiahe.journal.models import Origin
from jiahe.network.facts import Level
from jiahe.network.models import Given
from jiahe.network.peers import Peer
from jiahe.network.wiring import current


class Chosen(NamedTuple):
    """Those of some entries that concern a neighbour; the records of which he has not got everything, each with the
    position of the entry that says so; and those that are not kept in his area any more."""

    rows: list[storage.Row]
    records: dict[UUID, int]
    gone: set[UUID]


def choose(rows: Sequence[storage.Row], peer: Peer, *, after: int) -> Chosen:
    """Of consecutive entries behind the position `after`, what the neighbour is to be told."""
    back = coming_from(peer)
    if peer.above:
        return Chosen([row for row in concerning(rows, peer) if row.origin not in back], {}, set())
    of = _records(rows)
    every = {record for records in of.values() for record in records}
    kept = _kept(every, peer)
    told = set(Given.objects.filter(peer=peer.name, record__in=every, at__lte=after).values_list("record", flat=True))
    new: dict[UUID, int] = {}
    gone: set[UUID] = set()
    for row in rows:
        records = of[row.entry_id]
        new |= dict.fromkeys((records & kept) - told - new.keys(), row.seq)
        gone |= records - kept
    chosen = [row for row in _near(rows, peer, of, kept) if row.origin not in back and _is_for_others(row)]
    return Chosen(chosen, {record: new[record] for record in _from_elsewhere(new, peer)}, gone)


def concerning(rows: Sequence[storage.Row], peer: Peer) -> list[storage.Row]:
    """Those of the entries that a neighbour may have, wherever they came from."""
    rows = [row for row in rows if _is_for_others(row)]
    if peer.above:
        return [row for row in rows if peer.level is not Level.CITY or current().public(row.kind)]
    of = _records(rows)
    return _near(rows, peer, of, _kept({record for records in of.values() for record in records}, peer))


def history(records: Sequence[UUID], peer: Peer) -> dict[UUID, list[storage.Row]]:
    """All that happened to these records outside of the neighbour's area, as far as they are kept in it, in order."""
    ids = current().told_of(_kept(records, peer))
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


def _is_for_others(row: storage.Row) -> bool:
    """What a node recorded of an area outside its own stays with it: nobody would take it from there."""
    return lies_in(row.area, origins.area_of(row.origin))


def _records(rows: Sequence[storage.Row]) -> dict[UUID, set[UUID]]:
    found = current().records([storage.decode(row) for row in rows])
    return {row.entry_id: set(found.get(row.entry_id, ())) for row in rows}


def _kept(records: Collection[UUID], peer: Peer) -> set[UUID]:
    found = current().kept_in(records)
    return {record for record, areas in found.items() if any(lies_in(area, peer.area) for area in areas)}


def _near(rows: Sequence[storage.Row], peer: Peer, of: Mapping[UUID, set[UUID]], kept: set[UUID]) -> list[storage.Row]:
    common = current().common
    return [
        row for row in rows if lies_in(row.area, peer.area) or common(row.kind) or not kept.isdisjoint(of[row.entry_id])
    ]
