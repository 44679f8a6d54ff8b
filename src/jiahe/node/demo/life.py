"""Years pass in a village: births, deaths, people who leave, come, come back. Nobody does anything after his death.

How many of each there are follows the county's yearly rates; whom they fall on follows age and sex. A year is cut at
New Year, since the rates change there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from jiahe.basis.ids import from_parts
from jiahe.node.demo.household import Role
from jiahe.node.demo.identity import Numbers
from jiahe.node.demo.names import Namer
from jiahe.node.demo.parameters import AGES, Parameters
from jiahe.node.demo.people import Birth, Coming, Death, Event, Leaving, Person
from jiahe.node.demo.sampling import poisson, weighted
from jiahe.node.demo.villages import Village

YEAR = 365.2425
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000
_EARLY = 0.6
"""Share of infant deaths in the first week."""
_GROWN, _BEYOND, _OLDEST = 18.0, 9.0, 75.0
"""Newcomers are grown; mean years beyond that, and at most this old."""
_NEW_MEN, _NEW_WIVES = 0.42, 0.7
"""Share of men among newcomers, and of the women those who came to marry."""


@dataclass(slots=True)
class Living:
    """The state of one village while its years pass. `partnered` women may have children."""

    village: Village
    parameters: Parameters
    namer: Namer
    numbers: Numbers
    here: dict[UUID, Person]
    partnered: set[UUID]
    husbands: dict[UUID, Person]
    last_birth: dict[UUID, date] = field(default_factory=dict)
    gone: list[tuple[Person, date]] = field(default_factory=list)
    newborn_deaths: dict[UUID, date] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


def identifier(rng: Random, on: date) -> UUID:
    """A UUIDv7 of a moment on this day, out of the village's own chance: the same for the same seed."""
    ms = (on.toordinal() - _EPOCH_DAY) * _DAY_MS + int(rng.random() * _DAY_MS)
    return from_parts(ms, rng.getrandbits(74))


def pass_years(rng: Random, living: Living, since: date, until: date) -> list[Event]:
    """Everything that happens from the day `since` up to but not on the day `until`, in order of its day."""
    start = since
    while start < until:
        span = _span(living, start, min(until, date(start.year + 1, 1, 1)))
        _pass(rng, living, span, until)
        start = span.end
    living.events.sort(key=lambda event: event.on)
    return living.events


@dataclass(frozen=True, slots=True)
class _Span:
    """A year or a part of one, from `start` up to but not including `end`; who lived here when it began, how old."""

    start: date
    end: date
    people: list[Person]
    ages: list[int]

    @property
    def person_years(self) -> float:
        return (self.end - self.start).days / YEAR * len(self.people)


def _span(living: Living, start: date, end: date) -> _Span:
    people, day = list(living.here.values()), start.toordinal()
    ages = [min(int((day - person.birth_on.toordinal()) / YEAR), AGES - 1) for person in people]
    return _Span(start, end, people, ages)


def _pass(rng: Random, living: Living, span: _Span, until: date) -> None:
    """Who dies and leaves comes first, so that mothers are chosen among those who stay."""
    ended = _deaths(rng, living, span)
    ended |= _leavings(rng, living, span, ended)
    _births(rng, living, span, until, ended)
    for who in ended:
        living.here.pop(who, None)
    _comings(rng, living, span)


def _rate(rates: dict[int, float], year: int) -> float:
    return rates[max((known for known in rates if known <= year), default=min(rates))]


def _deaths(rng: Random, living: Living, span: _Span) -> set[UUID]:
    vital = living.parameters.vital
    men, women = vital.hazard_men, vital.hazard_women
    weights = [(men if person.man else women)[age] for person, age in zip(span.people, span.ages, strict=True)]
    count = poisson(rng, _rate(vital.deaths, span.start.year) * span.person_years)
    dying = {who: on for who, on in living.newborn_deaths.items() if on < span.end and who in living.here}
    for person in weighted(rng, span.people, weights, count):
        dying.setdefault(person.id, _day(rng, span.start, span.end))
    for who, on in dying.items():
        living.newborn_deaths.pop(who, None)
        living.events.append(Death(on, living.here[who]))
    return set(dying)


def _leavings(rng: Random, living: Living, span: _Span, dying: set[UUID]) -> set[UUID]:
    moves = living.parameters.moves
    households: dict[UUID, list[Person]] = {}
    for person in span.people:
        households.setdefault(person.household, []).append(person)
    company = sum(len(lodgers) ** 2 for lodgers in households.values()) / max(len(span.people), 1)
    size = 1 + moves.whole_household * max(company - 1, 0)
    count = poisson(rng, moves.leaving * span.person_years / size)
    left: set[UUID] = set()
    for person in weighted(rng, span.people, [moves.weight[age] for age in span.ages], count):
        together = households[person.household] if rng.random() < moves.whole_household else [person]
        on, place = _day(rng, span.start, span.end), moves.places[int(rng.random() * len(moves.places))]
        for mover in together:
            if mover.id not in dying and mover.id not in left and mover.id not in living.newborn_deaths:
                left.add(mover.id)
                living.events.append(Leaving(on, mover, place))
                living.gone.append((mover, on))
    return left


def _births(rng: Random, living: Living, span: _Span, until: date, ended: set[UUID]) -> None:
    vital, partnered = living.parameters.vital, living.partnered
    women = [(p, vital.fertility[age]) for p, age in zip(span.people, span.ages, strict=True) if p.id in partnered]
    count = poisson(rng, _rate(vital.births, span.start.year) * span.person_years)
    apart, born = timedelta(days=vital.interval_days), 0
    for mother in weighted(rng, [woman for woman, _ in women], [weight for _, weight in women], 2 * count):
        before = living.last_birth.get(mother.id)
        earliest = max(span.start, before + apart) if before else span.start
        if mother.id in ended or earliest >= span.end:
            continue
        if born == count:
            break
        born += 1
        child = _child(rng, living, mother, _day(rng, earliest, span.end))
        living.last_birth[mother.id] = child.birth_on
        living.events.append(Birth(child.birth_on, child))
        living.here[child.id] = child
        if rng.random() < vital.infant:
            _dies_young(rng, living, child, min(span.end, until), until)


def _dies_young(rng: Random, living: Living, child: Person, soon: date, until: date) -> None:
    on = child.birth_on + timedelta(days=int(rng.random() * (7 if rng.random() < _EARLY else 360)))
    if on < soon:
        living.events.append(Death(on, child))
        del living.here[child.id]
    elif on < until:
        living.newborn_deaths[child.id] = on


def _child(rng: Random, living: Living, mother: Person, on: date) -> Person:
    man = rng.random() < living.parameters.vital.boys
    father = living.husbands.get(mother.id)
    after_mother = rng.random() < living.parameters.lodging.surname_of_mother
    surname = mother.surname if after_mother or not mother.surname else _fathers(rng, living, father)
    return Person(
        identifier(rng, on),
        surname,
        living.namer.given(rng, man, on.year),
        man,
        on,
        living.numbers.resident_id(on, man),
        None,
        living.village.code,
        mother.household,
        Role.CHILD if mother.role in (Role.HEAD, Role.SPOUSE) else Role.GRANDCHILD,
        mother.id,
        father.id if father else None,
    )


def _fathers(rng: Random, living: Living, father: Person | None) -> str:
    return father.surname if father else living.namer.surname(rng)


def _comings(rng: Random, living: Living, span: _Span) -> None:
    moves, with_phone = living.parameters.moves, living.parameters.registration.with_phone
    for _ in range(poisson(rng, moves.coming * span.person_years)):
        place = moves.places[int(rng.random() * len(moves.places))]
        if living.gone and rng.random() < moves.returning:
            person, left_on = living.gone.pop(int(rng.random() * len(living.gone)))
            earliest = max(span.start, left_on + timedelta(days=1))
            if earliest >= span.end:
                continue
            living.events.append(Coming(_day(rng, earliest, span.end), person, place, True))
        else:
            on = _day(rng, span.start, span.end)
            person = _newcomer(rng, living, on, with_phone)
            living.events.append(Coming(on, person, place, False))
        living.here[person.id] = person


def _newcomer(rng: Random, living: Living, on: date, with_phone: float) -> Person:
    man = rng.random() < _NEW_MEN
    birth_on = on - timedelta(days=int(min(_GROWN + rng.expovariate(1 / _BEYOND), _OLDEST) * YEAR))
    dotted = living.namer.dotted(rng, man)
    surname = "" if dotted else living.namer.any_surname(rng)
    own = identifier(rng, on)
    if not man and rng.random() < _NEW_WIVES:
        living.partnered.add(own)
    return Person(
        own,
        surname,
        dotted or living.namer.given(rng, man, birth_on.year),
        man,
        birth_on,
        living.numbers.resident_id(birth_on, man),
        living.numbers.phone() if rng.random() < with_phone else None,
        living.village.code,
        own,
        Role.HEAD,
        None,
        None,
    )


def _day(rng: Random, start: date, end: date) -> date:
    return start + timedelta(days=int(rng.random() * (end - start).days))
