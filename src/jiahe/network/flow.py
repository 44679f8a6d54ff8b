"""The journal on its way: from a position of ours to a position at the neighbour, batch by batch.

The cursor is moved by what the other side says it has applied. A batch names the positions before and after it, so what
is lost on the way shows itself with the next one.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from jiahe.journal import gaps, origins, receiving, seal, storage
from jiahe.journal.facts import UNREADABLE
from jiahe.journal.models import Origin
from jiahe.journal.problems import EntryMissing
from jiahe.journal.receiving import Refused
from jiahe.journal.recording import turn
from jiahe.journal.tables import insert, upsert
from jiahe.journal.values import Sealed
from jiahe.journal.wiring import current
from jiahe.network import quarantine
from jiahe.network.facts import Level
from jiahe.network.messages import Batch, Entries, Receipt
from jiahe.network.models import Given, Link, Wanted
from jiahe.network.peers import Peer
from jiahe.network.routing import choose, history
from jiahe.network.wiring import current as network

MOST_ENTRIES = 1_000
MOST_BYTES = 1024 * 1024
_LOOKED_AT_IN_ALL = 20_000
_RECORDS_AT_ONCE = 50
_ENVELOPE = 600
"""Bytes of an entry beside its content, about."""


def link(peer: Peer) -> Link:
    """What is known of the neighbour; the row is made when it is first asked for."""
    return Link.objects.get_or_create(peer=peer.name, defaults={"above": peer.above})[0]


def batch_after(after: int, peer: Peer, most: int = MOST_ENTRIES) -> Batch | None:
    """The next batch behind our position `after`, of about `most` entries; None if there is nothing behind it."""
    head = storage.end().size
    chosen: list[Sealed] = []
    records: list[Given] = []
    size, upto = 0, after
    while upto < head and upto - after < _LOOKED_AT_IN_ALL and len(chosen) < most and size < MOST_BYTES:
        passing = [entry for entry in storage.passing(upto, most) if entry.seq <= head]
        if not passing:
            break
        found = choose(passing, peer, after=after)
        Given.objects.filter(peer=peer.name, record__in=found.gone).delete()
        records += [Given(peer=peer.name, record=record, at=at) for record, at in found.records.items()]
        upto = passing[-1].seq
        for row in found.rows:
            if size >= MOST_BYTES:
                upto = row.seq - 1
                records = [each for each in records if each.at <= upto]
                break
            chosen.append(receiving.sealed(row))
            size += len(row.content or b"") + _ENVELOPE
        chosen += [receiving.sealed(row) for row in found.earlier]
    if upto == after:
        return None
    if records:
        with turn():
            upsert(Given, records, key=("peer", "record"), update=("at",))
    gap = gaps.last(current().origin)
    return Batch(after, upto, head, tuple(chosen), tuple(each.record for each in records), gap)


def take(batch: Batch, peer: Peer, *, at: datetime) -> Receipt | None:
    """Apply a batch of the neighbour if it is the next one, and say how far that brought us; None if he was put back
    before or after he said it, so that its positions say nothing of the journal we know of."""
    link(peer)
    came: list[Receipt | None] = []

    def fits() -> bool:
        received, gap = Link.objects.values_list("received", "gap").get(peer=peer.name)
        if batch.gap != gap:
            came.append(None)
            return False
        came.append(Receipt(received, lost=batch.after > received))
        return batch.after <= received < batch.upto

    def then(receipt: receiving.Receipt, refused: list[Refused]) -> None:
        _take(refused, peer, at)
        insert(Wanted, [Wanted(peer=peer.name, record=record) for record in batch.records])
        Link.objects.filter(peer=peer.name).update(received=batch.upto, head=batch.head)
        came.append(Receipt(batch.upto))

    receiving.sift(_welcome(batch.entries, peer), via=peer.name, fits=fits, then=then)
    return came[-1]


def receipted(receipt: Receipt, peer: Peer) -> None:
    """The neighbour has applied ours up to there; less than he said before, if he was put back to an earlier state."""
    reached = min(receipt.received, storage.end().size)
    Link.objects.filter(peer=peer.name).exclude(delivered=reached).update(delivered=reached)


def take_entries(given: Entries, peer: Peer, *, at: datetime) -> int:
    """Apply entries that were asked for; how many of them were new."""
    applied: list[int] = []

    def then(receipt: receiving.Receipt, refused: list[Refused]) -> None:
        _take(refused, peer, at)
        applied.append(receipt.applied)
        Wanted.objects.filter(peer=peer.name, record__in=given.records).delete()

    receiving.sift(_welcome(given.entries, peer), via="", fits=lambda: True, then=then)
    return applied[0]


def wanted(peer: Peer) -> tuple[UUID, ...]:
    """Some of the records of which the neighbour has more."""
    return tuple(Wanted.objects.filter(peer=peer.name).values_list("record", flat=True)[:_RECORDS_AT_ONCE])


def records(asked: Sequence[UUID], peer: Peer) -> Entries:
    """What happened to these records elsewhere, as many of them as go into one message."""
    chosen: dict[int, Sealed] = {}
    whole: list[UUID] = []
    size = 0
    found = history(asked, peer)
    for record in asked:
        if size >= MOST_BYTES:
            break
        for row in found.get(record, ()):
            if row.seq not in chosen:
                chosen[row.seq] = receiving.sealed(row)
                size += len(row.content or b"") + _ENVELOPE
        whole.append(record)
    return Entries(tuple(chosen[seq] for seq in sorted(chosen)), tuple(whole))


def held_of(origin: str) -> int:
    """The greatest number we hold of this origin."""
    return Origin.objects.filter(name=origin).values_list("seq", flat=True).first() or 0


def own() -> int:
    """How many entries this node has recorded itself."""
    return held_of(current().origin)


def _welcome(entries: Sequence[Sealed], peer: Peer) -> Sequence[Sealed]:
    """A city takes no person in, whoever sends one up: what is neither public nor its own is counted as forged, and not
    kept."""
    if network().level is not Level.CITY or peer.above:
        return entries
    public = [entry for entry in entries if _is_for_city(entry)]
    if len(public) < len(entries):
        Link.objects.filter(peer=peer.name).update(forged=F("forged") + len(entries) - len(public))
    return public


def _is_for_city(entry: Sealed) -> bool:
    try:
        header = seal.read_header(entry.header)
    except UNREADABLE:
        return False
    return header.origin == current().origin or network().public(header.kind)


def _take(refused: Sequence[Refused], peer: Peer, at: datetime) -> None:
    """What was refused is kept. An entry that we signed ourselves and that is not here shows that this node was put
    back; that somebody says so shows nothing."""
    quarantine.put(refused, peer.name, at=at)
    later = [
        one.origin_seq for one in refused if one.origin == current().origin and isinstance(one.problem, EntryMissing)
    ]
    if later:
        origins.behind(max(later))
