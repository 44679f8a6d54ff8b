"""Entries of other nodes: given out as they were sealed, taken in only if every seal holds.

Of a node in our area everything comes, in its own order, without gaps but those it tells of. Of others comes what
concerns us: there the numbers have gaps. An entry seen before is passed over.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from jiahe.basis.areas import lies_in
from jiahe.basis.problem import Problem
from jiahe.journal import applying, facts, gaps, seal, storage
from jiahe.journal.models import Entry, Origin
from jiahe.journal.origins import is_whole
from jiahe.journal.problems import EntryMissing, Forked, NotApplicable, OriginRevoked, SealBroken, UnknownOrigin
from jiahe.journal.recording import turn
from jiahe.journal.values import Recorded, Sealed
from jiahe.journal.wiring import current

LAST_CLOCK = 1 << 62
"""No clock may be so far in the future (the year 4199): those after it would have no room. Nor any number."""
LAST_INSTANT = 253_402_300_800_000
"""The end of the year 9999, in milliseconds after 1970: no calendar goes further."""
_INAPPLICABLE = (DataError, IntegrityError, ValueError, TypeError, LookupError, ArithmeticError)
"""What tables and projections raise of a fact that nobody could have recorded here. That a disk is full is none."""
_AT_ONCE = 64
"""Fewer seals than these are checked in this thread: to share them out would take longer."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch: how many were applied, how many passed over, and of whom which number comes next."""

    applied: int = 0
    repeated: int = 0
    wanted: dict[str, int] = field(default_factory=dict)


class Refused(NamedTuple):
    """An entry that was not taken, and why. Where its header cannot be read, `origin` is "?" and the number 0."""

    entry: Sealed
    origin: str
    origin_seq: int
    problem: Problem


class _Read(NamedTuple):
    """An entry whose seal was looked at. `speaker` is what was known of its origin then."""

    entry: Sealed
    header: seal.Header
    leaf: bytes
    problem: Problem | None


def give(origin: str, after: int, limit: int = 1_000) -> list[Sealed]:
    """Up to `limit` entries of `origin` that follow its number `after`."""
    rows = Entry.objects.filter(origin=origin, origin_seq__gt=after).order_by("origin_seq")[:limit]
    return [sealed(row) for row in rows]


def sealed(row: Entry | storage.Row) -> Sealed:
    """A stored entry as it travels."""
    return Sealed(
        facts.encode(storage.header_of(row)),
        None if row.salt is None else bytes(row.salt),
        None if row.content is None else bytes(row.content),
        bytes(row.commitment),
        bytes(row.signature),
    )


def receive(entries: Sequence[Sealed]) -> Receipt:
    """Verify, append and apply entries of other nodes in one transaction.

    Raises UnknownOrigin, OriginRevoked, Forked, or SealBroken for an entry that is not what its origin signed or that
    lies outside the area this origin may speak for; then nothing of the batch is taken. What follows a gap is not
    taken, and the receipt says what is wanted.
    """

    def refuse(refused: Refused) -> None:
        if not isinstance(refused.problem, EntryMissing):
            raise refused.problem

    read = _read_all(entries)  # outside of the turn: nobody has to wait while signatures are checked
    with turn() as end:
        return _take(read, end, refuse, "")


def sift(
    entries: Sequence[Sealed], *, via: str, fits: Callable[[], bool], then: Callable[[Receipt, list[Refused]], None]
) -> None:
    """As `receive`, but what is wrong is set apart and told, and the rest is taken. `via` is who handed them on.

    Within the same turn, `fits` is asked first whether they are still wanted, and `then` is told what came of them. If
    the tables do not take one of them, that turn comes to nothing and there is another: a way back to each half of them
    would keep what every page was before.
    """
    read = _read_all(entries)

    def turned(take: Callable[[Sequence[_Read], storage.End, Callable[[Refused], None], str], Receipt]) -> None:
        refused: list[Refused] = []
        with turn() as end:
            if fits():
                then(take(read, end, refused.append, via), refused)

    try:
        turned(_take)
    except _INAPPLICABLE:
        turned(_by_parts)


def _by_parts(read: Sequence[_Read], end: storage.End, refuse: Callable[[Refused], None], via: str) -> Receipt:
    """Take these, or each half by itself as long as there is one among them that the tables do not take."""
    held: list[Refused] = []
    try:
        with transaction.atomic():
            receipt = _take(read, end, held.append, via)
    except _INAPPLICABLE:
        if len(read) == 1:
            header = read[0].header
            problem = NotApplicable(origin=header.origin, origin_seq=header.origin_seq)
            refuse(Refused(read[0].entry, header.origin, header.origin_seq, problem))
            return Receipt()
        middle = len(read) // 2
        one = _by_parts(read[:middle], end, refuse, via)
        other = _by_parts(read[middle:], storage.end(), refuse, via)
        return Receipt(one.applied + other.applied, one.repeated + other.repeated, {**other.wanted, **one.wanted})
    for each in held:
        refuse(each)
    return receipt


def _take(read: Sequence[_Read], end: storage.End, refuse: Callable[[Refused], None], via: str) -> Receipt:
    if not read:
        return Receipt()
    wiring = current()
    origins = {one.header.origin for one in read if one.header.origin != "?"}
    known = storage.origins(origins)
    speakers = {row.name: row for row in Origin.objects.filter(name__in=known)}
    erased = storage.erased([one.header.id for one in read])
    stored = _stored([one.header for one in read], known)
    reached = {name: origin.seq for name, origin in known.items()}
    before: dict[str, storage.OriginEnd] = {}
    seals: list[storage.Seals] = []
    batch: list[Recorded] = []
    repeated = 0
    wanted: dict[str, int] = {}
    for entry, header, leaf, problem in read:
        origin, number = header.origin, header.origin_seq
        speaker = speakers.get(origin)
        here = stored.get((origin, number))
        if problem is None and speaker is None:
            problem = UnknownOrigin(origin=origin)
        elif problem is None and here is not None and here != leaf:
            problem = Forked(origin=origin, origin_seq=number)
        elif problem is None and here is None and header.id in stored:
            problem = Forked(origin=origin, origin_seq=number)
        elif problem is None and speaker and speaker.last is not None and number > speaker.last:
            problem = OriginRevoked(origin=origin, origin_seq=number)
        elif problem is None and here is not None:
            repeated += 1
            continue
        elif problem is None and _leaves_out(entry, header, reached[origin]):
            wanted.setdefault(origin, reached[origin] + 1)
            problem = EntryMissing(origin=origin, origin_seq=number)
        if problem is None:
            if header.id in erased:
                entry = entry._replace(salt=None, content=None)
            try:
                batch.append(_recorded(end.size + len(batch) + 1, header, entry))
            except facts.UNREADABLE:
                problem = SealBroken(origin=origin, origin_seq=number)
        if problem is not None:
            refuse(Refused(entry, origin, number, problem))
            continue
        before.setdefault(origin, known[origin])
        reached[origin] = max(reached[origin], number)
        stored[origin, number] = stored[header.id] = leaf
        seals.append(storage.Seals(entry.salt, entry.content, entry.commitment, leaf, entry.signature))
    if batch:
        storage.append(end, seals, batch, before)
        if via:
            Origin.objects.filter(name__in=before).exclude(via=via).update(via=via)
        applying.apply(batch, wiring, foreign=True)
        _wait_for_redactions([entry for entry in batch if entry.fact is None and entry.kind in facts.KINDS])
    return Receipt(len(batch), repeated, {name: n for name, n in wanted.items() if n == reached[name] + 1})


def _leaves_out(entry: Sealed, header: seal.Header, reached: int) -> bool:
    """Whether it is not the next one of a node of which everything comes."""
    if header.origin_seq <= reached + 1 or not is_whole(header.origin):
        return False
    return not gaps.goes_on(header.kind, header.origin_seq, entry.content, reached)


def _stored(headers: Iterable[seal.Header], known: dict[str, storage.OriginEnd]) -> dict[object, bytes]:
    """The leaves of those that are here, by origin and number, and by id."""
    numbers: dict[str, list[int]] = {}
    ids: list[UUID] = []
    for header in headers:
        ids.append(header.id)
        if header.origin in known and header.origin_seq <= known[header.origin].seq:
            numbers.setdefault(header.origin, []).append(header.origin_seq)
    found: dict[object, bytes] = dict(storage.leaves(ids).items())
    for origin, wanted in numbers.items():
        rows = Entry.objects.filter(origin=origin, origin_seq__in=wanted).values_list("origin_seq", "leaf")
        found |= {(origin, number): bytes(leaf) for number, leaf in rows}
    return found


def _wait_for_redactions(empty: Sequence[Recorded]) -> None:
    """Entries that came without content, whose redaction was not heard of yet, are parked until it is."""
    erased = storage.erased([entry.id for entry in empty])
    storage.park([entry for entry in empty if entry.id not in erased])


def _read_all(entries: Sequence[Sealed]) -> list[_Read]:
    """Check every seal. What is known of the speakers may change until the turn, never their keys and areas."""
    headers = [_header(entry) for entry in entries]
    leaves = [seal.leaf_of(entry.header, entry.commitment) for entry in entries]
    speakers = {row.name: row for row in Origin.objects.filter(name__in={header.origin for header in headers})}
    keys = {name: bytes(row.public_key) for name, row in speakers.items()}

    def read(entry: Sealed, header: seal.Header, leaf: bytes) -> _Read:
        speaker = speakers.get(header.origin)
        broken = header.origin == "?" or (speaker is not None and not _holds(entry, header, leaf, speaker))
        problem = SealBroken(origin=header.origin, origin_seq=header.origin_seq) if broken else None
        return _Read(entry, header, leaf, problem)

    def read_some(some: slice) -> list[_Read]:
        return list(map(read, entries[some], headers[some], leaves[some]))

    unchecked = sum(
        not seal.is_remembered(keys[header.origin], leaf, entry.signature)
        for entry, header, leaf in zip(entries, headers, leaves, strict=True)
        if header.origin in keys
    )
    if unchecked < _AT_ONCE:
        return read_some(slice(None))
    middle = len(entries) // 2
    one, other = _checkers().map(read_some, (slice(middle), slice(middle, None)))
    return one + other


@cache
def _checkers() -> ThreadPoolExecutor:
    """To check a signature needs no lock of Python's: two threads check twice as many."""
    return ThreadPoolExecutor(2, thread_name_prefix="seals")


_UNREADABLE = seal.Header(
    about=None, area="", at_ms=0, clock=0, id=UUID(int=0), kind="?", officer="", origin="?", origin_seq=0, post="",
    voids=None,
)  # fmt: skip


def _header(entry: Sealed) -> seal.Header:
    try:
        return seal.read_header(entry.header)
    except facts.UNREADABLE:
        return _UNREADABLE


def _holds(entry: Sealed, header: seal.Header, leaf: bytes, speaker: Origin) -> bool:
    return (
        header.suite == seal.SUITE
        and 0 < header.origin_seq < LAST_CLOCK
        and 0 <= header.clock < LAST_CLOCK
        and 0 <= header.at_ms < LAST_INSTANT
        and facts.encode(header) == entry.header
        and not seal.holds_nul(entry.header + (entry.content or b""))
        and lies_in(header.area, speaker.area)
        and seal.is_signed(bytes(speaker.public_key), leaf, entry.signature)
        and (entry.salt is None) == (entry.content is None)
        and (entry.content is None or seal.commit(entry.salt or b"", entry.content) == entry.commitment)
    )


def _recorded(seq: int, header: seal.Header, entry: Sealed) -> Recorded:
    fact, why = None, ""
    if entry.content is not None:
        body, why = seal.split(entry.content)
        fact = facts.read(header.kind, body) if header.kind in facts.KINDS else None
    return storage.recorded(seq, header, fact, why)
