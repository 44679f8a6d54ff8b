"""The small window of `tests/lib/counter.py` at several nodes: what was founded at the county is known to all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.network import admitting
from jiahe.network.models import Node
from jiahe.places import actions as places
from jiahe.places.definitions import AreaList
from jiahe.places.facts import NamedArea
from jiahe.staff.scope import founding
from jiahe.window import actions
from jiahe.window.models import Case
from jiahe.window.queries.holding import elsewhere, lying
from tests.lib.authors import Anyone
from tests.lib.counter import AREAS, MONDAY, Counter, day, found_counter
from tests.lib.houses import House
from tests.lib.links import COUNTY, NORTH, Net, joined

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=n) for n in range(1, 4))


@dataclass
class Offices:
    """Who works there, and the nodes at which they do."""

    counter: Counter
    net: Net

    def at(self, area: str) -> AbstractContextManager[None]:
        """Sit at the node of an area."""
        return self.net.houses[area].inside()

    def cut(self, area: str) -> None:
        """Pull the cable of a township."""
        self._line(area).whole = False

    def mend(self, area: str) -> None:
        """Put it back, and wait until everybody has heard everything."""
        self._line(area).whole = True
        self.net.settle()

    def revoke(self, area: str) -> None:
        """The county takes nothing more of that township's node."""
        with self.at(COUNTY):
            name = Node.objects.get(area=area).name
            admitting.revoke(name=name, reason="stolen", by=Anyone(), at=day(WEDNESDAY))

    def received(self, *, where: str = NORTH, who: str = "window", **more: Any) -> UUID:
        """A case received at a node, of which everybody has heard."""
        with self.at(where):
            case = self.counter.open(who=who, **more)
        self.net.settle()
        return case

    def accepted(self, name: str = "欧阳明") -> UUID:
        """A case received and accepted in the township; its first step lies there."""
        with self.at(NORTH):
            case = self.counter.accepted(applicant=self.counter.people[name])
        self.net.settle()
        return case

    def to_the_county(self, case: UUID) -> None:
        """The township ends its step with "not met": the next one is the county's."""
        with self.at(NORTH):
            self.counter.decide(case, "does_not_meet", on=TUESDAY)

    def refuse(self, case: UUID) -> None:
        """The county manager decides, at whatever node he sits."""
        by = self.counter.acting("manager", WEDNESDAY)
        actions.decide_step(case=case, outcome="refused", reason="不符", by=by, at=day(WEDNESDAY))

    def deciding(self, case: UUID) -> set[str]:
        """The nodes that say of themselves that they decide the case."""
        found = set()
        for area in self.net.houses:
            with self.at(area):
                rows = list(Case.objects.filter(id=case))
                if lying(rows, on=WEDNESDAY) and not elsewhere(rows, on=WEDNESDAY):
                    found.add(area)
        return found

    def agree(self, case: UUID) -> None:
        """Everybody has heard everything: the same is told of the case everywhere, and every journal is sound."""
        self.net.settle()
        at_county = self.tables(case, COUNTY)
        assert at_county
        assert self.tables(case, NORTH) == at_county
        assert self.net.findings() == []

    def tables(self, case: UUID, area: str) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of the case at a node; a complaint about it is another case."""
        return {
            name: found
            for name, rows in self.net.houses[area].tables().items()
            if name.startswith("window_") and (found := [row for row in rows if case in row[:2]])
        }

    def _line(self, area: str) -> Any:
        return next(line for line in self.net.lines if line.lower is self.net.houses[area])


def found_offices(nodes: Sequence[House]) -> Offices:
    """The county and its townships are joined, and everything is founded at the county."""
    net = joined({house.wiring.area: house for house in nodes})
    with net.houses[COUNTY].inside():
        listed = tuple(NamedArea(code, name, Text(name, name, name)) for code, name in AREAS.items())
        at = day(MONDAY - timedelta(days=400))
        areas = AreaList("test", date(2023, 6, 30), "test", listed)
        places.load_areas(areas=areas, by=founding("41", at), at=at, home=COUNTY)
        counter = found_counter()
    net.settle()
    return Offices(counter, net)
