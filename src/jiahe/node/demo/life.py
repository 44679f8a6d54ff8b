"""Years pass in a village: births, deaths, people who leave, come, come back, marry and part. Nobody does anything
after his death.

How many of each there are follows the county's yearly rates; whom they fall on follows age and sex. A year is cut at
New Year, since the rates change there.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

from jiahe.node.demo.couples import divorces, weddings
from jiahe.node.demo.living import YEAR, Living, Span, day_of, identifier, part, place_of, rate_of, span_of
from jiahe.node.demo.newcomers import comings
from jiahe.node.demo.people import Birth, Death, Event, Leaving, Person, Wedding
from jiahe.node.demo.sampling import poisson, weighted
from jiahe.registry.rules.belonging import relation_of_child

_EARLY = 0.6
"""Share of infant deaths in the first week."""
_BRIDE = (20, 36)
"""Ages of women who leave to marry."""


def pass_years(rng: Random, living: Living, since: date, until: date) -> list[Event]:
    """Everything that happens from the day `since` up to but not on the day `until`, in order of its day."""
    start = since
    while start < until:
        span = span_of(living, start, min(until, date(start.year + 1, 1, 1)))
        _pass(rng, living, span, until)
        start = span.end
    living.events.sort(key=lambda event: event.on)
    return living.events


def _pass(rng: Random, living: Living, span: Span, until: date) -> None:
    """Who dies and leaves comes first, so that mothers are chosen among those who stay."""
    ended = _deaths(rng, living, span)
    left, married_away = _leavings(rng, living, span, ended)
    ended |= left
    _births(rng, living, span, until, ended)
    for who in ended:
        living.here.pop(who, None)
    weddings(rng, living, span, married_away)
    divorces(rng, living, span)
    comings(rng, living, span)


def _deaths(rng: Random, living: Living, span: Span) -> set[UUID]:
    vital = living.parameters.vital
    men, women = vital.hazard_men, vital.hazard_women
    weights = [(men if person.man else women)[age] for person, age in zip(span.people, span.ages, strict=True)]
    count = poisson(rng, rate_of(vital.deaths, span.start.year) * span.person_years)
    dying = {who: on for who, on in living.newborn_deaths.items() if on < span.end and who in living.here}
    for person in weighted(rng, span.people, weights, count):
        dying.setdefault(person.id, day_of(rng, span.start, span.end))
    for who, on in dying.items():
        living.newborn_deaths.pop(who, None)
        living.events.append(Death(on, living.here[who]))
        part(living, who)
    return set(dying)


def _leavings(rng: Random, living: Living, span: Span, dying: set[UUID]) -> tuple[set[UUID], int]:
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
        on, place = day_of(rng, span.start, span.end), place_of(rng, living)
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


def _leaves_to_marry(rng: Random, living: Living, span: Span, person: Person) -> bool:
    age = (span.start - person.birth_on).days / YEAR
    free = not person.man and person.id in span.single and _BRIDE[0] <= age < _BRIDE[1]
    return free and rng.random() < living.parameters.marriage.away


def _births(rng: Random, living: Living, span: Span, until: date, ended: set[UUID]) -> None:
    vital, partnered = living.parameters.vital, living.partnered
    women = [(p, vital.fertility[age]) for p, age in zip(span.people, span.ages, strict=True) if p.id in partnered]
    count = poisson(rng, rate_of(vital.births, span.start.year) * span.person_years)
    apart, born = timedelta(days=vital.interval_days), 0
    for mother in weighted(rng, [woman for woman, _ in women], [weight for _, weight in women], 2 * count):
        before = living.last_birth.get(mother.id)
        earliest = max(span.start, before + apart) if before else span.start
        if mother.id in ended or earliest >= span.end:
            continue
        if born >= count:
            break
        children = [_child(rng, living, mother, day_of(rng, earliest, span.end))]
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
