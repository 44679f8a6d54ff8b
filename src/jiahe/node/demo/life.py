"""Years pass in a village: births, deaths, people who leave, come, come back, marry and part. Nobody does anything
after his death.

How many of each there are follows the county's yearly rates; whom they fall on follows age and sex. A year is cut at
New Year, since the rates change there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from jiahe.basis.ids import from_parts
from jiahe.node.demo.identity import Numbers
from jiahe.node.demo.names import Namer
from jiahe.node.demo.parameters import AGES, Parameters
from jiahe.node.demo.people import Birth, Coming, Death, Divorce, Event, Leaving, Person, Wedding
from jiahe.node.demo.sampling import poisson, weighted
from jiahe.node.demo.villages import Village
from jiahe.registry.facts import Relation
from jiahe.registry.rules.belonging import relation_of_child

YEAR = 365.2425
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000
_EARLY = 0.6
"""Share of infant deaths in the first week."""
_GROWN, _BEYOND, _OLDEST = 18.0, 9.0, 75.0
"""Newcomers are grown; mean years beyond that, and at most this old."""
_NEW_MEN = 0.55
"""Share of men among newcomers who do not come to marry."""
_BRIDE = (20, 36)
"""Ages of women who leave to marry."""
_APART = 6
"""Years by which a couple of one village may differ from the usual."""


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
    """A year or a part of one, from `start` up to but not including `end`; who lived here when it began, how old,
    and who of them was not married."""

    start: date
    end: date
    people: list[Person]
    ages: list[int]
    single: set[UUID]

    @property
    def person_years(self) -> float:
        return (self.end - self.start).days / YEAR * len(self.people)


def _span(living: Living, start: date, end: date) -> _Span:
    people, day = list(living.here.values()), start.toordinal()
    ages = [min(int((day - person.birth_on.toordinal()) / YEAR), AGES - 1) for person in people]
    single = {person.id for person in people if person.id not in living.spouses and person.id not in living.partnered}
    return _Span(start, end, people, ages, single)


def _pass(rng: Random, living: Living, span: _Span, until: date) -> None:
    """Who dies and leaves comes first, so that mothers are chosen among those who stay."""
    ended = _deaths(rng, living, span)
    left, married_away = _leavings(rng, living, span, ended)
    ended |= left
    _births(rng, living, span, until, ended)
    for who in ended:
        living.here.pop(who, None)
    came = _weddings(rng, living, span, married_away)
    _divorces(rng, living, span)
    _comings(rng, living, span, came)


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
        _part(living, who)
    return set(dying)


def _part(living: Living, who: UUID) -> None:
    """Somebody's marriage ends, if he has one."""
    if (other := living.spouses.pop(who, None)) is not None:
        del living.spouses[other.id]
        living.partnered -= {who, other.id}


def _leavings(rng: Random, living: Living, span: _Span, dying: set[UUID]) -> tuple[set[UUID], int]:
    """Who left, and how many of them to marry."""
    moves = living.parameters.moves
    households: dict[UUID, list[Person]] = {}
    for person in span.people:
        households.setdefault(person.household, []).append(person)
    company = sum(len(lodgers) ** 2 for lodgers in households.values()) / max(len(span.people), 1)
    size = 1 + moves.whole_household * max(company - 1, 0)
    count = poisson(rng, moves.leaving * span.person_years / size)
    left: set[UUID] = set()
    married = 0
    for person in weighted(rng, span.people, [moves.weight[age] for age in span.ages], count):
        whole = rng.random() < moves.whole_household
        together = households[person.household] if whole else [person]
        on, place = _day(rng, span.start, span.end), moves.places[int(rng.random() * len(moves.places))]
        if not whole and person.id not in dying | left and _leaves_to_marry(rng, living, span, person):
            married += 1
            living.partnered.add(person.id)
            groom = living.namer.any_surname(rng) + living.namer.given(rng, True, person.birth_on.year)
            living.events.append(Wedding(on, person, None, groom, None))
        for mover in together:
            if mover.id not in dying and mover.id not in left and mover.id not in living.newborn_deaths:
                left.add(mover.id)
                living.events.append(Leaving(on, mover, place))
                living.gone.append((mover, on))
    return left, married


def _leaves_to_marry(rng: Random, living: Living, span: _Span, person: Person) -> bool:
    age = (span.start - person.birth_on).days / YEAR
    free = not person.man and person.id in span.single and _BRIDE[0] <= age < _BRIDE[1]
    return free and rng.random() < living.parameters.marriage.away


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
        if born >= count:
            break
        children = [_child(rng, living, mother, _day(rng, earliest, span.end))]
        if rng.random() < living.parameters.lodging.twins:
            children.append(_child(rng, living, mother, children[0].birth_on, children[0]))
        born += len(children)
        for child in children:
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


def _child(rng: Random, living: Living, mother: Person, on: date, twin: Person | None = None) -> Person:
    man = rng.random() < living.parameters.vital.boys
    father = living.spouses.get(mother.id)
    after_mother = rng.random() < living.parameters.lodging.surname_of_mother
    surname = mother.surname if after_mother or not mother.surname else _fathers(rng, living, father)
    given = living.namer.given(rng, man, on.year)
    if twin:
        surname, given = twin.surname, living.namer.twin(rng, man, on.year, twin.given)
    return Person(
        identifier(rng, on),
        surname,
        given,
        man,
        on,
        living.numbers.resident_id(on, man),
        None,
        living.village.code,
        mother.household,
        relation_of_child(mother.relation),
        mother.id,
        father.id if father else None,
    )


def _fathers(rng: Random, living: Living, father: Person | None) -> str:
    return father.surname if father else living.namer.surname(rng)


def _weddings(rng: Random, living: Living, span: _Span, married_away: int) -> int:
    """How many came to the village to marry."""
    given, came = living.parameters.marriage, 0
    count = max(poisson(rng, _rate(given.weddings, span.start.year) * span.person_years) - married_away, 0)
    free = [
        (living.here[person.id], age)
        for person, age in zip(span.people, span.ages, strict=True)
        if person.id in span.single and person.id in living.here and given.weight[age]
    ]
    men, women = ([one for one in free if one[0].man is man] for man in (True, False))
    ages = {person.id: age for person, age in men}
    for groom in weighted(rng, [person for person, _ in men], [given.weight[age] for _, age in men], count):
        on = _day(rng, span.start, span.end)
        bride = _neighbour(groom, ages[groom.id], women) if rng.random() < given.within_village else None
        if bride is None:
            came += 1
            bride = _newcomer(
                rng, living, on, man=False, born=groom.birth_on + timedelta(days=int(rng.gauss(2, 2) * YEAR))
            )
            living.events.append(Coming(on, bride, _elsewhere(rng, living, bride), False))
        else:
            women = [one for one in women if one[0].id != bride.id]
        home = identifier(rng, on) if groom.relation is not Relation.HEAD and rng.random() < given.own_home else None
        living.events.append(Wedding(on, groom, bride, bride.name, home))
        household = home or groom.household
        groom, bride = groom._replace(household=household), bride._replace(household=household)
        living.here[groom.id], living.here[bride.id] = groom, bride
        living.spouses[groom.id], living.spouses[bride.id] = bride, groom
        living.partnered.add(bride.id)
    return came


def _neighbour(groom: Person, age: int, women: list[tuple[Person, int]]) -> Person | None:
    """The woman of the village nearest to his age who is not of his family."""
    fit = [
        (abs(years + 1 - age), woman)
        for woman, years in women
        if woman.household != groom.household and (woman.mother is None or woman.mother != groom.mother)
    ]
    apart, bride = min(fit, key=lambda one: (one[0], one[1].id), default=(_APART + 1, None))
    return bride if apart <= _APART else None


def _divorces(rng: Random, living: Living, span: _Span) -> None:
    count = poisson(rng, _rate(living.parameters.marriage.divorces, span.start.year) * span.person_years)
    wives = [
        person
        for person in span.people
        if not person.man
        and person.id in living.here
        and person.id not in span.single
        and (husband := living.spouses.get(person.id)) is not None
        and husband.id in living.here
        and living.last_birth.get(person.id, date.min) < span.start
    ]
    ages = [int((span.start - wife.birth_on).days / YEAR) for wife in wives]
    weight = living.parameters.marriage.weight
    for each in weighted(rng, wives, [weight[age] for age in ages], count):
        wife, husband = living.here[each.id], living.here[living.spouses[each.id].id]
        mover, other = (husband, wife) if wife.relation is Relation.HEAD else (wife, husband)
        on = _day(rng, span.start, span.end)
        home = identifier(rng, on)
        living.events.append(Divorce(on, mover, other, home))
        living.here[mover.id] = mover._replace(household=home)
        _part(living, mover.id)


def _comings(rng: Random, living: Living, span: _Span, came: int) -> None:
    """Everybody else who comes, after those who `came` to marry."""
    moves = living.parameters.moves
    count = poisson(rng, moves.coming * span.person_years) - came
    while count > 0:
        count -= 1
        if living.gone and rng.random() < moves.returning:
            person, left_on = living.gone.pop(int(rng.random() * len(living.gone)))
            earliest = max(span.start, left_on + timedelta(days=1))
            if earliest >= span.end:
                continue
            living.events.append(Coming(_day(rng, earliest, span.end), person, _place(rng, living), True))
            living.here[person.id] = person
            continue
        on = _day(rng, span.start, span.end)
        newcomers = [_newcomer(rng, living, on)]
        if rng.random() < moves.couples:
            count -= 1
            newcomers.append(_spouse(rng, living, on, newcomers[0]))
        place = _elsewhere(rng, living, newcomers[0])
        for person in newcomers:
            living.events.append(Coming(on, person, place, False))
            living.here[person.id] = person


def _spouse(rng: Random, living: Living, on: date, first: Person) -> Person:
    """Whoever comes with a newcomer, married to him and of about his age."""
    born = first.birth_on + timedelta(days=int(rng.gauss(2 if first.man else -2, 1.5) * YEAR))
    made = _newcomer(rng, living, on, man=not first.man, born=born)
    second = made._replace(household=first.household, relation=Relation.SPOUSE, registered_area=first.registered_area)
    living.spouses[first.id], living.spouses[second.id] = second, first
    living.partnered.add(first.id if second.man else second.id)
    return second


def _newcomer(rng: Random, living: Living, on: date, *, man: bool | None = None, born: date | None = None) -> Person:
    """Somebody grown, who heads a household of his own unless he is told otherwise."""
    man = rng.random() < _NEW_MEN if man is None else man
    youngest = on - timedelta(days=int(_GROWN * YEAR) + 1)
    days = int(min(_GROWN + rng.expovariate(1 / _BEYOND), _OLDEST) * YEAR)
    birth_on = min(born or on - timedelta(days=days), youngest)
    dotted = living.namer.dotted(rng, man)
    surname = "" if dotted else living.namer.any_surname(rng)
    elsewhere = rng.random() < living.parameters.moves.registered_elsewhere
    return Person(
        identifier(rng, on),
        surname,
        dotted or living.namer.given(rng, man, birth_on.year),
        man,
        birth_on,
        living.numbers.resident_id(birth_on, man),
        living.numbers.phone() if rng.random() < living.parameters.registration.with_phone else None,
        living.village.code,
        identifier(rng, on),
        Relation.HEAD,
        None,
        None,
        registered_area=_place(rng, living) if elsewhere else "",
    )


def _elsewhere(rng: Random, living: Living, person: Person) -> str:
    """Where a newcomer comes from: where he is registered, if that is not here."""
    return person.registered_area or _place(rng, living)


def _place(rng: Random, living: Living) -> str:
    places = living.parameters.moves.places
    return places[int(rng.random() * len(places))]


def _day(rng: Random, start: date, end: date) -> date:
    return start + timedelta(days=int(rng.random() * (end - start).days))
