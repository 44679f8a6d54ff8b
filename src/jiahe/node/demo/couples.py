"""Marriages and divorces among the people of a village."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from jiahe.node.demo.living import YEAR, Living, Span, day_of, identifier, part, rate_of
from jiahe.node.demo.newcomers import elsewhere, newcomer
from jiahe.node.demo.people import Coming, Divorce, Person, Wedding
from jiahe.node.demo.sampling import poisson, weighted
from jiahe.registry.facts import Relation

_APART = 6
"""Years by which a couple of one village may differ from the usual."""


def weddings(rng: Random, living: Living, span: Span, married_away: int) -> None:
    """Men of the village marry, a neighbour or somebody who comes for it."""
    given = living.parameters.marriage
    count = max(poisson(rng, rate_of(given.weddings, span.start.year) * span.person_years) - married_away, 0)
    free = [
        (living.here[person.id], age)
        for person, age in zip(span.people, span.ages, strict=True)
        if person.id in span.single and person.id in living.here and _at(given.weight, age)
    ]
    men, women = ([one for one in free if one[0].man is man] for man in (True, False))
    ages = {person.id: age for person, age in men}
    for groom in weighted(rng, [person for person, _ in men], [_at(given.weight, age) for _, age in men], count):
        on = day_of(rng, span.start, span.end)
        bride = _neighbour(groom, ages[groom.id], women) if rng.random() < given.within_village else None
        if bride is None:
            bride = newcomer(
                rng, living, on, man=False, born=groom.birth_on + timedelta(days=int(rng.gauss(2, 2) * YEAR))
            )
            living.events.append(Coming(on, bride, elsewhere(rng, living, bride), False))
        else:
            women = [one for one in women if one[0].id != bride.id]
        home = identifier(rng, on) if groom.relation is not Relation.HEAD and rng.random() < given.own_home else None
        living.events.append(Wedding(on, groom, bride, bride.name, home))
        household = home or groom.household
        groom, bride = groom._replace(household=household), bride._replace(household=household)
        living.here[groom.id], living.here[bride.id] = groom, bride
        living.spouses[groom.id], living.spouses[bride.id] = bride, groom
        living.partnered.add(bride.id)


def _neighbour(groom: Person, age: int, women: list[tuple[Person, int]]) -> Person | None:
    """The woman of the village nearest to his age who is not of his family."""
    fit = [
        (abs(years + 1 - age), woman)
        for woman, years in women
        if woman.household != groom.household and (woman.mother is None or woman.mother != groom.mother)
    ]
    apart, bride = min(fit, key=lambda one: (one[0], one[1].id), default=(_APART + 1, None))
    return bride if apart <= _APART else None


def divorces(rng: Random, living: Living, span: Span) -> None:
    """Couples part; who does not head the household moves out."""
    count = poisson(rng, rate_of(living.parameters.marriage.divorces, span.start.year) * span.person_years)
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
    weight = living.parameters.marriage.parting
    for each in weighted(rng, wives, [_at(weight, age) for age in ages], count):
        wife, husband = living.here[each.id], living.here[living.spouses[each.id].id]
        mover, other = (husband, wife) if wife.relation is Relation.HEAD else (wife, husband)
        on = day_of(rng, span.start, span.end)
        home = identifier(rng, on)
        living.events.append(Divorce(on, mover, other, home))
        living.here[mover.id] = mover._replace(household=home)
        part(living, mover.id)


def _at(weights: Sequence[float], age: int) -> float:
    """The weight of an age; who is older than any of them weighs as the oldest."""
    return weights[min(age, len(weights) - 1)]
