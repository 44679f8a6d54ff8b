"""What one node says to one neighbour, and when: a machine without a wire, told what came and what time it is.

Nothing in it is needed after a crash. Where both stand is in the database, and the first Hello says it anew.
"""

import dataclasses
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, assert_never

from django.db.models import F

from jiahe.basis.ids import milliseconds
from jiahe.journal import origins, storage
from jiahe.journal import queries as journal
from jiahe.journal.recording import turn
from jiahe.journal.wiring import current as house
from jiahe.network import agreement, files, flow, quarantine, witness
from jiahe.network import messages as m
from jiahe.network.facts import Level
from jiahe.network.models import Link
from jiahe.network.peers import Peer
from jiahe.network.wiring import Total, current

WINDOW = 4
"""Batches on the way at most: so much is kept in memory, here and at the pipe."""
GREET = 15.0
"""Seconds of silence after which a Hello is sent."""
SETTLE = 0.7
"""So long after the last batch both compare what they have."""
IDLE = 5.0
"""So long a position that says nothing new may wait."""
FIRST, LEAST = 100, 20
"""Entries in the first batch, and in one on the slowest line. Twice as many go into the next if the receipt came
quickly, half as many if it came slowly: a slow line must not be blocked for seconds."""
QUICKLY, SLOWLY = 0.5, 2.0
RESEND = 3.0
SLOWEST = 60.0
ASK_AGAIN = 20.0
"""A question that was not answered for so long is asked again."""
SUMS = 500
NEVER = float("-inf")
_DETAILS = m.AskBuckets | m.AskLeaves | m.AskEntries | m.AskRecords
"""Questions after single entries. A city has none: it gets sums."""


class Moment(NamedTuple):
    """When it is: by the wall clock, which may jump, and in seconds of a clock that does not."""

    at: datetime
    tick: float


class Out(NamedTuple):
    """A message to be sent; `bulk` may wait in a stream, the others matter now or not at all."""

    raw: bytes
    bulk: bool


@dataclasses.dataclass
class _Way:
    """How far we are with what we send."""

    sent: int = 0
    looked: int = 0
    telling: int = 0
    under_way: deque[tuple[int, float]] = dataclasses.field(default_factory=deque)
    most: int = FIRST
    since: float = NEVER
    patience: float = RESEND
    rewound: int = -1


class Conversation:
    """Tell it what came (`heard`) and ask it what is to be said (`due`); both give raw messages to be sent."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        flow.link(peer)
        self.certain = False
        self._way = _Way()
        self._greeted = NEVER
        self._settle: float | None = None
        self._asked: dict[str, float] = {}
        self._places: list[agreement.Place] = []
        self._file = b""
        self._files = files.Search()
        self._agrees = -1
        self._shorter = False

    def begin_anew(self) -> None:
        """The line is new: what was on its way may be lost, so both say first where they stand."""
        self.certain = False
        self._greeted = NEVER
        self._asked.clear()

    def due(self, now: Moment) -> list[Out]:
        """What is to be said now."""
        return [self._write(message) for message in self._due(now)]

    def heard(self, raw: bytes, now: Moment) -> list[Out]:
        """What is to be answered. What the neighbour did not sign is counted as forged and not looked at."""
        peer = self.peer
        try:
            message = m.read(raw, sender=peer.name, to=house().origin, public_key=peer.public_key)
        except m.Unreadable:
            count(peer.name)
            return []
        except m.Unknown:
            return []
        Link.objects.filter(peer=peer.name).update(heard_at_ms=milliseconds(now.at))
        return [self._write(answer) for answer in self._answers(message, now)]

    def _write(self, message: m.Message) -> Out:
        raw = m.write(message, sender=house().origin, to=self.peer.name, key=house().key)
        return Out(raw, isinstance(message, m.Batch | m.Entries | m.Blob))

    # -- speaking ----------------------------------------------------------------------------------

    def _due(self, now: Moment) -> Iterator[m.Message]:
        if now.tick - self._greeted >= (GREET if self.certain else RESEND):
            yield self._hello(now, ask=not self.certain)
        if not self.certain:
            return
        yield from self._batches(now)
        if self._settle is not None and now.tick >= self._settle and not self._way.under_way:
            self._settle = None
            yield self._hello(now)
        yield from self._questions(now)
        yield from self._totals(now)

    def _batches(self, now: Moment) -> Iterator[m.Message]:
        way = self._way
        if way.under_way and now.tick - way.since >= way.patience:
            self._rewind(flow.link(self.peer).delivered)
            way.patience = min(way.patience * 2, SLOWEST)
            way.since = now.tick
            yield self._hello(now, ask=True)
        while len(way.under_way) < WINDOW:
            batch = flow.batch_after(way.looked, self.peer, way.most)
            if batch is None and way.looked == way.sent:
                return
            if batch is not None:
                way.looked = batch.upto
            if batch is None or not (batch.entries or batch.records):
                if way.looked < storage.end().size or now.tick - way.since < IDLE:
                    return
                batch = m.Batch(way.sent, way.looked, storage.end().size, ())
            else:
                batch = m.Batch(way.sent, batch.upto, batch.head, batch.entries, batch.records)
                way.telling = batch.upto
            way.sent = batch.upto
            way.under_way.append((batch.upto, now.tick))
            way.since = now.tick
            yield batch

    def _questions(self, now: Moment) -> Iterator[m.Message]:
        if self._free("records", now) and (wanted := flow.wanted(self.peer)):
            self._asked["records"] = now.tick
            yield m.AskRecords(wanted)
        if self._free("file", now) and (name := self._files.next()):
            self._asked["file"] = now.tick
            self._file = b""
            yield m.AskBlob(name, 0)

    def _totals(self, now: Moment) -> Iterator[m.Message]:
        if self.peer.level is not Level.CITY or not self.peer.above:
            return  # a county has the facts themselves
        if self._free("totals", now) and (rows := current().feed.changed(SUMS)):
            self._asked["totals"] = now.tick
            yield m.Totals(storage.end().size, tuple((*row,) for row in rows))

    def _free(self, question: str, now: Moment) -> bool:
        return now.tick - self._asked.get(question, NEVER) >= ASK_AGAIN

    def _hello(self, now: Moment, *, ask: bool = False) -> m.Hello:
        self._greeted = now.tick
        peer, link = self.peer, flow.link(self.peer)
        shown = witness.show(link.witnessed) if peer.above else None
        return m.Hello(
            version=current().version,
            at_ms=milliseconds(now.at),
            head=storage.end().size,
            received=link.received,
            holds=flow.held_of(peer.name),
            parked=journal.parked(),
            quarantined=quarantine.count(),
            conflicts=current().conflicts(),
            agrees=self._agrees,
            digest=agreement.digest(peer.ours) if peer.above and peer.level is not Level.CITY else b"",
            checkpoint=shown.checkpoint if shown else "",
            since=shown.since if shown else 0,
            proof=shown.proof if shown else (),
            ask=ask,
        )

    # -- listening ---------------------------------------------------------------------------------

    def _answers(self, message: m.Message, now: Moment) -> Iterator[m.Message]:
        peer = self.peer
        if isinstance(message, _DETAILS) and peer.above and peer.level is Level.CITY:
            return
        match message:
            case m.Hello():
                yield from self._greeting(message, now)
            case m.Batch():
                receipt = flow.take(message, peer, at=now.at)
                self._settle = now.tick + SETTLE
                yield receipt
                yield from self._questions(now)
            case m.Receipt():
                yield from self._receipt(message, now)
            case m.Witnessed():
                self._witnessed(message, now)
            case m.AskOrigin():
                yield flow.of_origin(message.origin, message.after, peer)
            case m.AskBuckets():
                yield m.Buckets(tuple(agreement.rows(peer.ours)))
            case m.Buckets():
                self._places = agreement.differing(message, peer.ours)
                if self._places:
                    yield m.AskLeaves(tuple(self._places))
            case m.AskLeaves():
                yield agreement.leaves(message.places, peer.ours)
            case m.Leaves():
                asked, gifts = agreement.repair(message, self._places, peer.ours)
                yield from gifts
                if asked.wanted:
                    yield asked
            case m.AskEntries():
                yield agreement.entries(message.wanted, peer.ours)
            case m.AskRecords():
                yield flow.records(message.records, peer)
            case m.Entries():
                yield from self._entries(message, now)
            case m.AskBlob():
                yield files.part(message, peer)
            case m.Blob():
                yield from self._blob(message, now)
            case m.Totals():
                yield from self._take_totals(message, now)
            case m.Counted():
                self._counted(message)
            case _:
                assert_never(message)  # type: ignore[arg-type]

    def _greeting(self, hello: m.Hello, now: Moment) -> Iterator[m.Message]:
        peer = self.peer
        link = flow.link(peer)
        link.version, link.head, link.parked = hello.version[:20], hello.head, hello.parked
        link.quarantined, link.conflicts = hello.quarantined, hello.conflicts
        link.skew_ms = hello.at_ms - milliseconds(now.at)
        if peer.above and hello.agrees >= 0:
            link.compared_at_ms = milliseconds(now.at)
            link.agreed_at_ms = milliseconds(now.at) if hello.agrees else link.agreed_at_ms
        shorter = hello.head < link.received
        if shorter and self._shorter:
            link.received = 0
        link.save()
        if shorter:  # his journal ends before what we had of it: he was put back to an earlier state, or this is old
            self._shorter = not self._shorter
            yield self._hello(now, ask=self._shorter)
        else:
            self._shorter = False
        flow.receipted(m.Receipt(hello.received), peer)
        if not self.certain or (hello.received < self._way.sent and not self._way.under_way):
            self._rewind(min(hello.received, storage.end().size))
        self.certain = True
        if hello.holds > flow.own():
            origins.behind(hello.holds)
            yield m.AskOrigin(house().origin, flow.own())
        if not peer.above and hello.checkpoint:
            shown = witness.Shown(hello.checkpoint, hello.since, hello.proof)
            note, alarm = witness.judge(shown, peer, at=now.at)
            self._alarm(alarm, now)
            yield m.Witnessed(note, alarm)
            yield from self._compare(hello, now)
        if hello.ask:
            yield self._hello(now)

    def _compare(self, hello: m.Hello, now: Moment) -> Iterator[m.Message]:
        """Only when nothing that concerns the other is on its way, in neither direction."""
        link, way = flow.link(self.peer), self._way
        settled = way.looked >= storage.end().size and hello.received >= way.telling and hello.head == link.received
        before = self._agrees
        self._agrees = -1
        if settled and hello.digest:
            ours = agreement.digest(self.peer.ours)
            self._agrees = int(ours == hello.digest)
            link.compared_at_ms, link.digest = milliseconds(now.at), ours
            if self._agrees:
                link.agreed_at_ms = milliseconds(now.at)
            link.save()
            if not self._agrees:
                yield m.AskBuckets()
        if self._agrees != before and not hello.ask:
            yield self._hello(now)

    def _receipt(self, receipt: m.Receipt, now: Moment) -> Iterator[m.Message]:
        way = self._way
        flow.receipted(receipt, self.peer)
        while way.under_way and way.under_way[0][0] <= receipt.received:
            took = now.tick - way.under_way.popleft()[1]
            way.most = min(flow.MOST_ENTRIES, way.most * 2) if took < QUICKLY else way.most
            way.most = max(LEAST, way.most // 2) if took > SLOWLY else way.most
            way.patience, way.since = max(RESEND, 3 * took), now.tick
        if receipt.lost and receipt.received < way.sent and way.rewound != receipt.received:
            self._rewind(receipt.received)
        elif not receipt.lost:
            way.rewound = -1
        if not way.under_way:
            self._settle = now.tick + SETTLE
        yield from self._batches(now)

    def _rewind(self, position: int) -> None:
        way = self._way
        way.sent = way.looked = way.rewound = min(position, storage.end().size)
        way.under_way.clear()

    def _witnessed(self, message: m.Witnessed, now: Moment) -> None:
        if not self.peer.above:
            return
        self._alarm(message.alarm, now)
        if message.note:
            try:
                size = witness.keep(message.note, self.peer, at=now.at)
            except ValueError:
                count(self.peer.name)
            else:
                Link.objects.filter(peer=self.peer.name).update(witnessed=size)

    def _alarm(self, alarm: str, now: Moment) -> None:
        """An alarm stays until the journals fit again."""
        if alarm == witness.UNPROVEN:
            return
        found = Link.objects.filter(peer=self.peer.name)
        if alarm:
            found.exclude(alarm=alarm).update(alarm=alarm, alarm_at_ms=milliseconds(now.at))
        else:
            found.exclude(alarm="").update(alarm="")

    def _entries(self, given: m.Entries, now: Moment) -> Iterator[m.Message]:
        applied = flow.take_entries(given, self.peer, at=now.at)
        self._asked.pop("records", None)
        if applied:
            quarantine.retry()
            self._settle = now.tick + SETTLE
            if origins.is_behind():
                yield m.AskOrigin(house().origin, flow.own())
        yield from self._questions(now)

    def _blob(self, came: m.Blob, now: Moment) -> Iterator[m.Message]:
        self._asked.pop("file", None)
        if 0 <= came.size <= files.MOST and came.start == len(self._file):
            self._file += came.part
            if len(self._file) < came.size and came.part:
                self._asked["file"] = now.tick
                yield m.AskBlob(came.name, len(self._file))
                return
            files.keep(came.name, self._file)
        self._file = b""
        yield from self._questions(now)

    def _take_totals(self, totals: m.Totals, now: Moment) -> Iterator[m.Message]:
        if current().level is not Level.CITY or self.peer.above:
            return
        with turn():
            current().feed.take(self.peer.area, [Total(*row) for row in totals.rows], now.at)
        yield m.Counted(tuple((*row[:4], row[5]) for row in totals.rows))

    def _counted(self, counted: m.Counted) -> None:
        current().feed.taken(counted.rows)
        self._asked.pop("totals", None)


def count(peer: str) -> None:
    """One more thing came that this neighbour is said to have sent and did not."""
    Link.objects.filter(peer=peer).update(forged=F("forged") + 1)
