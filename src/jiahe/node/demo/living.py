"""The state of a village while its years pass, and what drawing from it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from jiahe.basis.ids import from_parts
from jiahe.node.demo.identity import Numbers
from jiahe.node.demo.names import Namer
from jiahe.node.demo.parameters import AGES, Parameters
from jiahe.node.demo.people import Event, Person
from jiahe.node.demo.villages import Village

YEAR = 365.2425
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000


@dataclass(slots=True)
class Living:
    """The state of one village while its years pass. `partnered` women may have children."""

    village: Village
    parameters: Parameters
    namer: Namer
    numbers: Numbers
    here: dict[UUID, Person]
    partnered: set[UUID]
    spouses: dict[UUID, Person]
    """Each of a couple under the id of the other."""
    last_birth: dict[UUID, date] = field(default_factory=dict)
    gone: list[tuple[Person, date]] = field(default_factory=list)
    newborn_deaths: dict[UUID, date] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    """A year or a part of one, from `start` up to but not including `end`; who lived here when it began, how old,
    and who of them was not married."""

    start: date
    end: date
    people: list[Person]
    ages: list[int]
    single: set[UUID]

    @property
    def person_years(self) -> float:
        """Years lived by all of them, were all to stay."""
        return (self.end - self.start).days / YEAR * len(self.people)


def identifier(rng: Random, on: date) -> UUID:
    """A UUIDv7 of a moment on this day, out of the village's own chance: the same for the same seed."""
    ms = (on.toordinal() - _EPOCH_DAY) * _DAY_MS + int(rng.random() * _DAY_MS)
    return from_parts(ms, rng.getrandbits(74))


def span_of(living: Living, start: date, end: date) -> Span:
    """The time from `start` to `end` in the village as it stands."""
    people, day = list(living.here.values()), start.toordinal()
    ages = [min(int((day - person.birth_on.toordinal()) / YEAR), AGES - 1) for person in people]
    single = {person.id for person in people if person.id not in living.spouses and person.id not in living.partnered}
    return Span(start, end, people, ages, single)


def part(living: Living, who: UUID) -> None:
    """Somebody's marriage ends, if he has one."""
    if (other := living.spouses.pop(who, None)) is not None:
        del living.spouses[other.id]
        living.partnered -= {who, other.id}


def rate_of(rates: dict[int, float], year: int) -> float:
    """The rate of a year; one without a figure takes the latest before it."""
    return rates[max((known for known in rates if known <= year), default=min(rates))]


def place_of(rng: Random, living: Living) -> str:
    """Somewhere else."""
    places = living.parameters.moves.places
    return places[int(rng.random() * len(places))]


def day_of(rng: Random, start: date, end: date) -> date:
    """A day from `start` up to but not including `end`."""
    return start + timedelta(days=int(rng.random() * (end - start).days))
