"""How far we are with what we send to one neighbour: batches under way, and how large the next may be."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from jiahe.journal import gaps, storage
from jiahe.journal.wiring import current
from jiahe.network import flow
from jiahe.network.messages import Batch, Receipt
from jiahe.network.peers import Peer

WINDOW = 16
"""Batches on the way at most: so much is kept at the pipe, and applied together by whoever is behind."""
IDLE = 5.0
"""So many seconds a position that says nothing new may wait."""
FIRST, LEAST = 50, 20
"""Entries in the first batch, and in one on the slowest line. Twice as many go into the next if the receipt came
quickly, half as many if it came slowly: a slow line must not be blocked for seconds."""
QUICKLY, SLOWLY = 1.5, 4.0
RESEND, SLOWEST = 3.0, 60.0
"""Seconds without a receipt after which all is sent again, at first and at last."""
NEVER = float("-inf")


class Moment(NamedTuple):
    """When it is: by the wall clock, which may jump, and in seconds of a clock that does not."""

    at: datetime
    tick: float


class _Sent(NamedTuple):
    """A batch under way: up to which position it goes, when it was sent, and of how many entries at most."""

    upto: int
    tick: float
    most: int


class Sending:
    """Positions of our journal: sent up to `_sent`, looked through up to `_looked`; behind `_telling` nothing that was
    sent concerned the neighbour."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self._sent = self._looked = self._telling = 0
        self._under_way: deque[_Sent] = deque()
        self._most = FIRST
        self._since = NEVER
        self._patience = RESEND
        self._rewound = -1

    @property
    def is_quiet(self) -> bool:
        """Whether no batch is under way."""
        return not self._under_way

    def has_told_all(self, received: int) -> bool:
        """Whether whoever has applied ours up to there has all that concerns him."""
        return self._looked >= storage.end().size and received >= self._telling

    def must_go_back(self, received: int) -> bool:
        """Whether the neighbour has less than was sent, and nothing is under way that would bring the rest."""
        return received < self._sent and not self._under_way

    def is_overdue(self, now: Moment) -> bool:
        """Whether a receipt is missing for too long. Then it is as if nothing had been sent that was not receipted, and
        the next is waited for twice as long."""
        if not self._under_way or now.tick - self._since < self._patience:
            return False
        self.go_back(flow.link(self._peer).delivered)
        self._patience, self._since = min(self._patience * 2, SLOWEST), now.tick
        return True

    def go_back(self, position: int) -> None:
        """Send again from there."""
        self._sent = self._looked = self._rewound = min(position, storage.end().size)
        self._under_way.clear()

    def batches(self, now: Moment) -> Iterator[Batch]:
        """What may be sent now. A position alone goes when all was looked through and nothing was said for a while."""
        while len(self._under_way) < WINDOW:
            batch = flow.batch_after(self._looked, self._peer, self._most)
            if batch is None and self._looked == self._sent:
                return
            if batch is not None:
                self._looked = batch.upto
            if batch is None or not (batch.entries or batch.records):
                if self._looked < storage.end().size or now.tick - self._since < IDLE:
                    return
                batch = Batch(self._sent, self._looked, storage.end().size, (), gap=gaps.last(current().origin))
            else:
                batch = structs.replace(batch, after=self._sent)
                self._telling = batch.upto
            self._sent, self._since = batch.upto, now.tick
            self._under_way.append(_Sent(batch.upto, now.tick, self._most))
            yield batch

    def receipted(self, receipt: Receipt, now: Moment) -> None:
        """The neighbour says how far he is. If a batch before it was lost, all behind that is sent again, once."""
        last: _Sent | None = None
        while self._under_way and self._under_way[0].upto <= receipt.received:
            last = self._under_way.popleft()
        if last is not None:
            took = now.tick - last.tick
            if took < QUICKLY:  # than that one, not than what was sent since: those behind it tell the same once more
                self._most = max(self._most, min(flow.MOST_ENTRIES, last.most * 2))
            elif took > SLOWLY:
                self._most = min(self._most, max(LEAST, last.most // 2))
            self._patience, self._since = max(RESEND, 3 * took), now.tick
        if not receipt.lost:
            self._rewound = -1
        elif receipt.received < self._sent and self._rewound != receipt.received:
            self.go_back(receipt.received)
