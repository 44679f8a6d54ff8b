"""Years pass in a village: births, deaths, people who leave, come, come back. Nobody does anything after his death.

How many of each there are follows the county's yearly rates; whom they fall on follows age and sex. A year is cut at
New Year, since the rates change there.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    for start, end in _spans(since, until):
        _pass(rng, living, start, end, until)
    living.events.sort(key=lambda event: event.on)
    return living.events


def _spans(since: date, until: date) -> Iterator[tuple[date, date]]:
    while since < until:
        end = min(until, date(since.year + 1, 1, 1))
        yield since, end
        since = end


def _pass(rng: Random, living: Living, start: date, end: date, until: date) -> None:
    """One span: who leaves and dies first, so that mothers are chosen among those still there on the day."""
    part = (end - start).days / YEAR
    people = list(living.here.values())
    days = start.toordinal()
    ages = [min(int((days - person.birth_on.toordinal()) / YEAR), AGES - 1) for person in people]
    ended = _deaths(rng, living, people, ages, start, end, part)
    ended |= _leavings(rng, living, people, ages, start, end, part, ended)
    _births(rng, living, people, ages, start, end, part, until, ended)
    for who in ended:
        living.here.pop(who, None)
    _comings(rng, living, start, end, part, len(people))


def _rate(rates: dict[int, float], year: int) -> float:
    return rates[max((known for known in rates if known <= year), default=min(rates))]


def _deaths(
    rng: Random, living: Living, people: list[Person], ages: list[int], start: date, end: date, part: float
) -> dict[UUID, date]:
    vital = living.parameters.vital
    men, women = vital.hazard_men, vital.hazard_women
    weights = [(men if person.man else women)[age] for person, age in zip(people, ages, strict=True)]
    count = poisson(rng, _rate(vital.deaths, start.year) * part * len(people))
    ended = {who: on for who, on in living.newborn_deaths.items() if on < end and who in living.here}
    for person in weighted(rng, people, weights, count):
        ended.setdefault(person.id, _day(rng, start, end))
    for who, on in ended.items():
        living.newborn_deaths.pop(who, None)
        living.events.append(Death(on, living.here[who]))
    return ended


def _leavings(
    rng: Random,
    living: Living,
    people: list[Person],
    ages: list[int],
    start: date,
    end: date,
    part: float,
    dying: dict[UUID, date],
) -> dict[UUID, date]:
    moves = living.parameters.moves
    households: dict[UUID, list[Person]] = {}
    for person in people:
        households.setdefault(person.household, []).append(person)
    company = sum(len(lodgers) ** 2 for lodgers in households.values()) / max(len(people), 1)
    groups = len(people) / (1 + moves.whole_household * (company - 1)) if people else 0
    left: dict[UUID, date] = {}
    first = weighted(rng, people, [moves.weight[age] for age in ages], poisson(rng, moves.leaving * part * groups))
    for person in first:
        together = households[person.household] if rng.random() < moves.whole_household else [person]
        on, place = _day(rng, start, end), moves.places[int(rng.random() * len(moves.places))]
        for mover in together:
            if mover.id in dying or mover.id in left or mover.id in living.newborn_deaths:
                continue
            left[mover.id] = on
            living.events.append(Leaving(on, mover, place))
            living.gone.append((mover, on))
    return left


def _births(
    rng: Random,
    living: Living,
    people: list[Person],
    ages: list[int],
    start: date,
    end: date,
    part: float,
    until: date,
    ended: dict[UUID, date],
) -> None:
    vital, partnered = living.parameters.vital, living.partnered
    women = [(p, vital.fertility[age]) for p, age in zip(people, ages, strict=True) if p.id in partnered]
    count = poisson(rng, _rate(vital.births, start.year) * part * len(people))
    far = timedelta(days=vital.interval_days)
    born = 0
    for mother in weighted(rng, [woman for woman, _ in women], [weight for _, weight in women], 2 * count):
        before = living.last_birth.get(mother.id)
        earliest = max(start, before + far) if before else start
        if mother.id in ended or earliest >= end:
            continue
        if born == count:
            break
        born += 1
        on = _day(rng, earliest, end)
        child = _child(rng, living, mother, on)
        living.last_birth[mother.id] = on
        living.events.append(Birth(on, child))
        living.here[child.id] = child
        if rng.random() < vital.infant:
            dies_on = on + timedelta(days=int(rng.random() * (7 if rng.random() < _EARLY else 360)))
            if dies_on < min(end, until):
                living.events.append(Death(dies_on, child))
                del living.here[child.id]
            elif dies_on < until:
                living.newborn_deaths[child.id] = dies_on


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


def _comings(rng: Random, living: Living, start: date, end: date, part: float, residents: int) -> None:
    moves, registration = living.parameters.moves, living.parameters.registration
    for _ in range(poisson(rng, moves.coming * part * residents)):
        place = moves.places[int(rng.random() * len(moves.places))]
        if living.gone and rng.random() < moves.returning:
            person, left_on = living.gone.pop(int(rng.random() * len(living.gone)))
            earliest = max(start, left_on + timedelta(days=1))
            if earliest >= end:
                continue
            living.events.append(Coming(_day(rng, earliest, end), person, place, True))
        else:
            on = _day(rng, start, end)
            person = _newcomer(rng, living, on, registration.with_phone)
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
