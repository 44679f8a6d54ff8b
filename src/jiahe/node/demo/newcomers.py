"""People who come to a village: alone, back, or as a couple."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from jiahe.node.demo.living import YEAR, Living, Span, day_of, identifier, place_of, rate_of
from jiahe.node.demo.people import Coming, Person
from jiahe.node.demo.sampling import poisson
from jiahe.registry.facts import Relation

_GROWN, _BEYOND, _OLDEST = 18.0, 9.0, 75.0
"""Newcomers are grown; mean years beyond that, and at most this old."""
_MARRIED = 22.0
"""From this age on people are married."""
_MEN = 0.55
"""Share of men among newcomers who do not come to marry."""


def comings(rng: Random, living: Living, span: Span) -> None:
    """Everybody who comes, but for those who come to marry: alone, back, or as a couple."""
    moves, marriage = living.parameters.moves, living.parameters.marriage
    brides = rate_of(marriage.weddings, span.start.year) * (1 - marriage.within_village)
    size = 1 + (1 - moves.returning) * moves.couples
    for _ in range(poisson(rng, max(moves.coming - brides, 0) * span.person_years / size)):
        if living.gone and rng.random() < moves.returning:
            person, left_on = living.gone.pop(int(rng.random() * len(living.gone)))
            earliest = max(span.start, left_on + timedelta(days=1))
            if earliest >= span.end:
                continue
            living.events.append(Coming(day_of(rng, earliest, span.end), person, place_of(rng, living), True))
            living.here[person.id] = person
            continue
        on = day_of(rng, span.start, span.end)
        newcomers = [newcomer(rng, living, on)]
        if (on - newcomers[0].birth_on).days > _MARRIED * YEAR and rng.random() < moves.couples:
            newcomers.append(_spouse(rng, living, on, newcomers[0]))
        place = elsewhere(rng, living, newcomers[0])
        for person in newcomers:
            living.events.append(Coming(on, person, place, False))
            living.here[person.id] = person


def _spouse(rng: Random, living: Living, on: date, first: Person) -> Person:
    """Whoever comes with a newcomer, married to him and of about his age."""
    born = first.birth_on + timedelta(days=int(rng.gauss(2 if first.man else -2, 1.5) * YEAR))
    made = newcomer(rng, living, on, man=not first.man, born=born)
    second = made._replace(household=first.household, relation=Relation.SPOUSE, registered_area=first.registered_area)
    living.spouses[first.id], living.spouses[second.id] = second, first
    living.partnered.add(first.id if second.man else second.id)
    return second


def newcomer(rng: Random, living: Living, on: date, *, man: bool | None = None, born: date | None = None) -> Person:
    """Somebody grown, heading a household of his own. `born`: about the birthday of one who is to be married."""
    man = rng.random() < _MEN if man is None else man
    youngest = on - timedelta(days=int((_GROWN if born is None else _MARRIED) * YEAR) + 1)
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
        registered_area=place_of(rng, living) if elsewhere else "",
    )


def elsewhere(rng: Random, living: Living, person: Person) -> str:
    """Where a newcomer comes from: where he is registered, if that is not here."""
    return person.registered_area or place_of(rng, living)
