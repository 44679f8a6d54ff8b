"""Nodes of three levels in one process, and the wire between them: a list of messages, which a test may lose, double,
swap and hold back as it likes."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from jiahe.journal import fsck
from jiahe.journal.recording import record
from jiahe.network import admitting, messages, resuming, status
from jiahe.network.conversation import GREET, Conversation
from jiahe.network.peers import peer, peers
from jiahe.network.sending import Moment
from jiahe.registry.facts import Name, NameKind, PersonRegistered, Sex
from jiahe.registry.models import Person
from tests.lib.authors import START, Anyone, minutes
from tests.lib.houses import House, build

CITY, COUNTY, NORTH, SOUTH = "4117", "411723", "411723101", "411723102"
VILLAGE = f"{NORTH}001"
UNTIL = date(2099, 1, 1)
LEAP = 4
"""Seconds by which what is due may be said late while all are silent."""


@dataclass
class Line:
    """The two ends of a link, and what is on its way from each."""

    lower: House
    upper: House
    ways: dict[bool, list[bytes]] = field(default_factory=lambda: {True: [], False: []})
    ends: dict[bool, Conversation] = field(default_factory=dict)
    whole: bool = True

    def begin(self) -> None:
        """Both begin to talk, as after a start: what each knew in memory is gone."""
        for up in (True, False):
            with self._speaker(up).inside():
                other = peer(self._speaker(not up).wiring.origin)
                assert other is not None
                self.ends[up] = Conversation(other)

    def begin_anew(self) -> None:
        """The line was down and is up again."""
        self.ways = {True: [], False: []}
        for end in self.ends.values():
            end.begin_anew()

    def speak(self, up: bool, now: Moment) -> None:
        """Whoever speaks in that direction says what is due."""
        with self._speaker(up).inside():
            self.ways[up] += [out.raw for out in self.ends[up].due(now)]

    def arrive(self, up: bool, now: Moment, place: int = 0) -> bool:
        """A message that is on its way arrives, and is answered; whether it was more than a greeting."""
        raw = self.ways[up].pop(place)
        self._hear(up, [raw], now)
        here, there = self._speaker(up).wiring, self._speaker(not up).wiring
        try:
            said = messages.read(raw, sender=here.origin, to=there.origin, public_key=here.public_key)
        except (messages.Unreadable, messages.Unknown):
            return True
        return not isinstance(said, messages.Hello | messages.Witnessed)

    def arrive_together(self, up: bool, now: Moment) -> None:
        """All that is on its way in that direction arrives at once."""
        raws, self.ways[up] = self.ways[up], []
        self._hear(up, raws, now)

    def _hear(self, up: bool, raws: list[bytes], now: Moment) -> None:
        with self._speaker(not up).inside():
            self.ways[not up] += [out.raw for out in self.ends[not up].heard(raws, now)]

    def _speaker(self, up: bool) -> House:
        return self.lower if up else self.upper


@dataclass
class Net:
    """All nodes, the lines between them, and what time it is."""

    houses: dict[str, House]
    lines: list[Line]
    tick: float = 0.0

    def again(self) -> Net:
        """The same nodes at the same moment, with conversations of their own: what is said there is not said here."""
        return copy.deepcopy(self, {id(house): house for house in self.houses.values()})

    def now(self) -> Moment:
        """This moment."""
        return Moment(START + timedelta(days=1, seconds=self.tick), self.tick)

    def settle(self, rounds: int = 150) -> int:
        """Let everybody talk until all have greeted again and nobody had more to say; how many rounds that took. While
        all are silent, time leaps."""
        quiet, said = 0, True
        for n in range(rounds):
            step = 1 if said else LEAP
            self.tick += step
            said = False
            for line in self.lines:
                for up in (True, False):
                    if not line.whole:
                        line.ways[up].clear()
                        continue
                    line.speak(up, self.now())
                    while line.ways[up]:
                        said |= line.arrive(up, self.now())
                while line.whole and (line.ways[True] or line.ways[False]):
                    for up in (True, False):
                        while line.ways[up]:
                            said |= line.arrive(up, self.now())
            quiet = 0 if said else quiet + step
            if quiet > GREET:
                return n
        return rounds

    def seen(self, at: str, of: str) -> status.Neighbour:
        """What the node of area `at` says of its neighbour of area `of`."""
        name = self.houses[of].wiring.origin
        with self.houses[at].inside():
            return next(each for each in status.neighbours(at=self.now().at) if each.name == name)

    def copy(self, area: str) -> Callable[[], None]:
        """A backup of that node as it is now; call it to put the node back to it, as often as wanted. What is on its
        way from and to it waits in the streams, and arrives."""
        house = self.houses[area]
        with house.inside():
            kept = transaction.savepoint()

        def put_back() -> None:
            with house.inside():
                transaction.savepoint_rollback(kept)
            for line in self.lines:
                if house in (line.lower, line.upper):
                    line.begin()

        return put_back

    def findings(self) -> list[str]:
        """What fsck says anywhere."""
        found = []
        for area, house in self.houses.items():
            with house.inside():
                found += [f"{area}: {line}" for line in fsck.findings()]
        return found


@contextlib.contextmanager
def three_levels(areas: tuple[str, ...] = (CITY, COUNTY, NORTH, SOUTH)) -> Iterator[Net]:
    """A city, a county and two townships, joined."""
    with build(areas, strangers=True) as built:
        yield joined(dict(zip(areas, built, strict=True)))


def joined(houses: dict[str, House]) -> Net:
    """Each is admitted by the next wider one."""
    lines = []
    for area, lower in houses.items():
        wider = [other for other in houses if other != area and area.startswith(other)]
        if wider:
            upper = houses[max(wider, key=len)]
            join(lower, upper)
            lines.append(Line(lower, upper))
    for line in lines:
        line.begin()
    return Net(houses, lines)


def join(lower: House, upper: House) -> None:
    """The lower is admitted by the upper and knows it as the one above."""
    here = lower.wiring
    with upper.inside():
        admitting.give_certificate(
            area=here.area,
            level=lower.network.level,
            public_key=here.public_key,
            link_key="",
            until=UNTIL,
            by=Anyone(),
            at=START,
        )
        given = admitting.chain(here.origin)
    with lower.inside():
        admitting.adopt(given)
        assert peers()


def resume(house: House, minute: int = 9) -> None:
    """The node says that it was put back, and goes on."""
    with house.inside():
        resuming.resume(reason="disk failed", by=Anyone(), at=minutes(minute))


def register(house: House, number: int, area: str = VILLAGE):
    """A person of this number is registered there."""
    who, born = UUID(int=number), date(2026, 1, 2)
    names = (Name(NameKind.CURRENT, f"王{chr(0x4E00 + number)}", "王", chr(0x4E00 + number)),)
    fact = PersonRegistered(who, names, Sex.FEMALE, born, None, area, born, None, None)
    with house.inside():
        return record(fact, by=Anyone(), at=minutes(10 + number), area=area, about=who)


def people(house: House) -> set[UUID]:
    """Whom a node knows."""
    with house.inside():
        return set(Person.objects.values_list("id", flat=True))
