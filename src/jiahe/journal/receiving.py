"""Entries of other nodes: given out as they were sealed, taken in only if every seal holds and none is missing between.

Each origin's entries come in their own order, without gaps; between origins any order will do. An entry seen before is
passed over, and what is missing is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from jiahe.basis.areas import lies_in
from jiahe.journal import applying, facts, seal, storage
from jiahe.journal.models import Entry, Origin
from jiahe.journal.problems import SealBroken, UnknownOrigin
from jiahe.journal.recording import turn
from jiahe.journal.values import Recorded, Sealed
from jiahe.journal.wiring import current

LAST_CLOCK = 1 << 62
"""No entry may carry a clock this far in the future (the year 4199): it would leave those after it no room."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch: how many were applied, how many passed over, and of whom which number comes next."""

    applied: int = 0
    repeated: int = 0
    wanted: dict[str, int] = field(default_factory=dict)


def trust(name: str, public_key: bytes, area: str) -> None:
    """Take entries signed with `public_key` by node `name`, for what happens in `area`."""
    Origin.objects.get_or_create(name=name, defaults={"public_key": public_key, "area": area})


def give(origin: str, after: int, limit: int = 1_000) -> list[Sealed]:
    """Up to `limit` entries of `origin` that follow its number `after`."""
    rows = Entry.objects.filter(origin=origin, origin_seq__gt=after).order_by("origin_seq")[:limit]
    return [
        Sealed(
            facts.encode(storage.header_of(row)),
            None if row.salt is None else bytes(row.salt),
            None if row.content is None else bytes(row.content),
            bytes(row.commitment),
            bytes(row.signature),
        )
        for row in rows
    ]


def receive(entries: Sequence[Sealed]) -> Receipt:
    """Verify, append and apply entries of other nodes in one transaction.

    Raises UnknownOrigin, or SealBroken for an entry that is not what its origin signed or that lies outside the area
    this origin may speak for; then nothing of the batch is taken.
    """
    if not entries:
        return Receipt()
    wiring = current()
    with turn() as end:
        headers = [_header(entry) for entry in entries]
        known = storage.origins({header.origin for header in headers})
        erased = storage.erased([header.id for header in headers])
        speakers = {row.name: row for row in Origin.objects.filter(name__in=known)}
        reached = {name: origin.seq for name, origin in known.items()}
        before: dict[str, storage.OriginEnd] = {}
        sealed: list[storage.Seals] = []
        batch: list[Recorded] = []
        repeated, wanted = 0, {}
        for entry, header in zip(entries, headers, strict=True):
            speaker = speakers.get(header.origin)
            if speaker is None:
                raise UnknownOrigin(origin=header.origin)
            leaf = seal.leaf_of(entry.header, entry.commitment)
            if not _holds(entry, header, leaf, speaker):
                raise SealBroken(origin=header.origin, origin_seq=header.origin_seq)
            if header.origin_seq <= reached[header.origin]:
                repeated += 1
            elif header.origin_seq > reached[header.origin] + 1:
                wanted[header.origin] = reached[header.origin] + 1
            else:
                if header.id in erased:
                    entry = entry._replace(salt=None, content=None)
                before.setdefault(header.origin, known[header.origin])
                reached[header.origin] += 1
                sealed.append(storage.Seals(entry.salt, entry.content, entry.commitment, leaf, entry.signature))
                batch.append(_recorded(end.size + len(batch) + 1, header, entry))
        if batch:
            storage.append(end, sealed, batch, before)
            applying.apply(batch, wiring, foreign=True)
            _wait_for_redactions([entry for entry in batch if entry.fact is None and entry.kind in facts.KINDS])
    return Receipt(len(batch), repeated, {name: n for name, n in wanted.items() if n == reached[name] + 1})


def _wait_for_redactions(empty: Sequence[Recorded]) -> None:
    """Entries that came without content, whose redaction was not heard of yet, are parked until it is."""
    erased = storage.erased([entry.id for entry in empty])
    storage.park([entry for entry in empty if entry.id not in erased])


def _header(entry: Sealed) -> seal.Header:
    try:
        return seal.read_header(entry.header)
    except msgspec.DecodeError as error:
        raise SealBroken(origin="?", origin_seq=0) from error


def _holds(entry: Sealed, header: seal.Header, leaf: bytes, speaker: Origin) -> bool:
    return (
        header.suite == seal.SUITE
        and header.clock < LAST_CLOCK
        and facts.encode(header) == entry.header
        and lies_in(header.area, speaker.area)
        and seal.is_signed(bytes(speaker.public_key), leaf, entry.signature)
        and (entry.salt is None) == (entry.content is None)
        and (entry.content is None or seal.commit(entry.salt or b"", entry.content) == entry.commitment)
    )


def _recorded(seq: int, header: seal.Header, entry: Sealed) -> Recorded:
    fact, why = None, ""
    if entry.content is not None:
        try:
            body, why = seal.split(entry.content)
            fact = facts.read(header.kind, body) if header.kind in facts.KINDS else None
        except msgspec.DecodeError as error:
            raise SealBroken(origin=header.origin, origin_seq=header.origin_seq) from error
    return storage.recorded(seq, header, fact, why)
