"""What one node says to one neighbour, and when: a machine without a wire, told what came and what time it is.

Nothing in it is needed after a crash. Where both stand is in the database, and the first Hello says it anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never

from django.db.models import F
from msgspec import structs

from jiahe.basis.ids import milliseconds
from jiahe.journal import gaps, origins, storage
from jiahe.journal import queries as journal
from jiahe.journal.recording import turn
from jiahe.journal.wiring import current as house
from jiahe.network import agreement, files, flow, quarantine, seeking, witness
from jiahe.network import messages as m
from jiahe.network.facts import Level
from jiahe.network.models import Link
from jiahe.network.peers import Peer
from jiahe.network.sending import NEVER, RESEND, Moment, Sending
from jiahe.network.wiring import Total, current

GREET = 15.0
"""Seconds of silence after which a Hello is sent."""
SETTLE = 0.7
"""So long after the last batch both compare what they have."""
ASK_AGAIN = 20.0
"""A question that was not answered for so long is asked again. For so long nobody looks whether there is one, if there
was none and nothing was recorded or heard since: with many neighbours nearly all looks are such."""
LATER = 600.0
"""What somebody could not give, for he waits for it himself, is asked for again after so long."""
SUMS = 500
_DETAILS = m.AskBuckets | m.AskLeaves | m.AskEntries | m.AskRecords
"""Questions after single entries. A city has none: it gets sums."""


TOGETHER = 6_000
"""As many entries as are applied in one transaction, if so many wait. The more there are, the fewer pages are written
for each; but as long as it takes, nobody else writes."""


class Out(NamedTuple):
    """A message to be sent; `bulk` may wait in a stream, the others matter now or not at all."""

    raw: bytes
    bulk: bool


class Conversation:
    """Tell it what came (`heard`) and ask it what is to be said (`due`); both give raw messages to be sent."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        flow.link(peer)
        self.certain = False
        self._sending = Sending(peer)
        self._greeted = NEVER
        self._settle: float | None = None
        self._asked: dict[str, float] = {}
        self._places: list[agreement.Place] = []
        self._file = b""
        self._files = files.Search()
        self._agrees = -1
        self._shorter = False
        self._calm_at, self._calm_until = -1, NEVER
        self._noted = -1
        self._later: dict[str, float] = {}

    def begin_anew(self) -> None:
        """The line is new: what was on its way may be lost, so both say first where they stand."""
        self.certain = False
        self._greeted = NEVER
        self._asked.clear()
        self._later.clear()

    def due(self, now: Moment) -> list[Out]:
        """What is to be said now."""
        return [self._write(message) for message in self._due(now)]

    def heard(self, raws: Sequence[bytes], now: Moment) -> list[Out]:
        """What is to be answered to messages that came together. What the neighbour did not sign is counted as forged
        and not looked at."""
        messages = [message for raw in raws if (message := self._read(raw)) is not None]
        if messages:
            self._calm_until = NEVER
            Link.objects.filter(peer=self.peer.name).update(heard_at_ms=milliseconds(now.at))
        return [self._write(answer) for message in joined(messages) for answer in self._answers(message, now)]

    def _read(self, raw: bytes) -> m.Message | None:
        peer = self.peer
        try:
            return m.read(raw, sender=peer.name, to=house().origin, public_key=peer.public_key)
        except m.Unreadable:
            count(peer.name)
        except m.Unknown:
            pass
        return None

    def _write(self, message: m.Message) -> Out:
        raw = m.write(message, sender=house().origin, to=self.peer.name, key=house().key)
        return Out(raw, isinstance(message, m.Batch | m.Entries | m.Blob))

    # -- speaking ----------------------------------------------------------------------------------

    def _due(self, now: Moment) -> Iterator[m.Message]:
        if now.tick - self._greeted >= (GREET if self.certain else RESEND):
            yield self._hello(now, ask=not self.certain)
        if not self.certain:
            return
        if self._sending.is_overdue(now):
            yield self._hello(now, ask=True)
        yield from self._sending.batches(now)
        if self._settle is not None and now.tick >= self._settle and self._sending.is_quiet:
            self._settle = None
            yield self._hello(now)
        size = storage.end().size
        if size == self._calm_at and now.tick < self._calm_until:
            return
        asked = [*self._questions(now), *self._totals(now)]
        calm = not asked and all(self._free(question, now) for question in self._asked)
        self._calm_at, self._calm_until = size, now.tick + ASK_AGAIN if calm else NEVER
        yield from asked

    def _questions(self, now: Moment) -> Iterator[m.Message]:
        if self._free("records", now) and (wanted := flow.wanted(self.peer)):
            self._asked["records"] = now.tick
            yield m.AskRecords(wanted)
        if (size := storage.end().size) != self._noted:
            self._noted = size
            seeking.note(self.peer)
        for asked in seeking.sought(self.peer):
            if self._free(asked.origin, now) and now.tick >= self._later.get(asked.origin, NEVER):
                self._asked[asked.origin] = now.tick
                yield asked
        if self._free("file", now) and (name := self._files.next()):
            self._asked["file"] = now.tick
            self._file = b""
            yield m.AskBlob(name, 0)

    def _totals(self, now: Moment) -> Iterator[m.Message]:
        if not self.peer.takes_sums_only:
            return  # a county has the facts themselves
        if self._free("sums", now) and flow.link(self.peer).anew:
            self._asked["sums"] = now.tick
            yield m.AskSums()
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
            digest=agreement.digest(peer.ours) if peer.above and not peer.takes_sums_only else b"",
            checkpoint=shown.checkpoint if shown else "",
            since=shown.since if shown else 0,
            proof=shown.proof if shown else (),
            ask=ask,
            gap=gaps.last(house().origin),
        )

    # -- listening ---------------------------------------------------------------------------------

    def _answers(self, message: m.Message, now: Moment) -> Iterator[m.Message]:
        peer = self.peer
        if isinstance(message, _DETAILS) and peer.takes_sums_only:
            return
        match message:
            case m.Hello():
                yield from self._greeting(message, now)
            case m.Batch():
                receipt = flow.take(message, peer, at=now.at)
                quarantine.retry()
                self._settle = now.tick + SETTLE
                yield receipt or self._hello(now, ask=True)
                yield from self._questions(now)
            case m.Receipt():
                yield from self._receipt(message, now)
            case m.Witnessed():
                yield from self._witnessed(message, now)
            case m.AskOrigin():
                yield seeking.of_origin(message, peer)
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
            case m.AskSums():
                if not peer.above and current().level is Level.CITY:
                    yield m.Sums(tuple(current().feed.held(peer.area)))
            case m.Sums():
                self._sums(message)
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
        if hello.gap != link.gap:
            link.gap, link.received = hello.gap, 0
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
        if not self.certain or self._sending.must_go_back(hello.received):
            self._sending.go_back(hello.received)
        self.certain = True
        if hello.holds > flow.own():  # or so he says: his answer will show it
            yield seeking.ask_own(flow.own())
        if not peer.above and hello.checkpoint:
            shown = witness.Shown(hello.checkpoint, hello.since, hello.proof)
            note, alarm = witness.judge(shown, peer, at=now.at)
            self._alarm(alarm, now)
            yield m.Witnessed(note, alarm)
            yield from self._compare(hello, now)
        if hello.ask:
            yield self._hello(now)
        yield from self._sending.batches(now)

    def _compare(self, hello: m.Hello, now: Moment) -> Iterator[m.Message]:
        """Only when nothing that concerns the other is on its way, in neither direction."""
        link = flow.link(self.peer)
        settled = self._sending.has_told_all(hello.received) and hello.head == link.received
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
        flow.receipted(receipt, self.peer)
        self._sending.receipted(receipt, now)
        if self._sending.is_quiet:
            self._settle = now.tick + SETTLE
        yield from self._sending.batches(now)

    def _witnessed(self, message: m.Witnessed, now: Moment) -> Iterator[m.Message]:
        if not self.peer.above:
            return
        self._alarm(message.alarm[:40], now)
        if not message.note:
            return
        try:
            if message.alarm:
                size = witness.signed_above(message.note, self.peer)
            else:
                size = witness.keep(message.note, self.peer, at=now.at)
        except ValueError:
            count(self.peer.name)
            return
        moved = Link.objects.filter(peer=self.peer.name).exclude(witnessed=size).update(witnessed=size)
        if moved and message.alarm:  # we proved from another one than was signed last
            yield self._hello(now)

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
        if given.origin:
            seeking.found(given, self.peer)
            if self._asked.pop(given.origin, None) is not None and given.waiting:
                self._later[given.origin] = now.tick + LATER
        quarantine.retry()
        if applied:
            self._settle = now.tick + SETTLE
            if origins.is_behind():
                yield seeking.ask_own(flow.own())
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
        if self.peer.above or current().level is not Level.CITY:
            return
        with turn():
            current().feed.take(self.peer.area, [Total(*row) for row in totals.rows], now.at)
        yield m.Counted(tuple((*row[:4], row[5]) for row in totals.rows))

    def _counted(self, counted: m.Counted) -> None:
        if not self.peer.above:
            return  # only who was told them may say that he has them
        current().feed.taken(counted.rows)
        self._asked.pop("totals", None)

    def _sums(self, sums: m.Sums) -> None:
        if not self.peer.takes_sums_only:
            return
        with turn():
            current().feed.anew(sums.rows)
            Link.objects.filter(peer=self.peer.name).update(anew=False)


def count(peer: str) -> None:
    """One more thing came that this neighbour is said to have sent and did not."""
    Link.objects.filter(peer=peer).update(forged=F("forged") + 1)


def joined(messages: Iterable[m.Message]) -> list[m.Message]:
    """The same, with batches that follow each other as one."""
    found: list[m.Message] = []
    for message in messages:
        last = found[-1] if found else None
        if (
            isinstance(message, m.Batch)
            and isinstance(last, m.Batch)
            and last.after < last.upto == message.after < message.upto
            and last.gap == message.gap
            and len(last.entries) + len(message.entries) <= TOGETHER
        ):
            entries, records = last.entries + message.entries, last.records + message.records
            found[-1] = structs.replace(message, after=last.after, entries=entries, records=records)
        else:
            found.append(message)
    return found
