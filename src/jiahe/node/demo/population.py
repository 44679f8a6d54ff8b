"""The demo county as a pure function of its parameters, its villages and a seed.

Villages are made one after the other and each from its own chance, so a county of any size streams through little
memory. The same arguments give the same people, names, numbers, ids and events, on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from random import Random
from uuid import UUID

from jiahe.node.demo.household import NOBODY, Families, settle
from jiahe.node.demo.identity import Numbers
from jiahe.node.demo.life import YEAR, Living, identifier, pass_years
from jiahe.node.demo.names import Namer
from jiahe.node.demo.parameters import Parameters
from jiahe.node.demo.people import Person, VillageLife
from jiahe.node.demo.villages import Village, shares

PHONE_FROM = 14


def county(
    parameters: Parameters, villages: Sequence[Village], *, people: int, since: date, until: date, seed: int
) -> Iterator[VillageLife]:
    """`people` residents on the day `since`, village by village, and what happens to them before the day `until`.

    Raises Exhausted when more people were born on one day than there are identity numbers for (above 10 million).
    """
    numbers = Numbers(parameters.registration)
    for village, n in zip(villages, shares(villages, people, parameters.weights, seed), strict=True):
        rng = Random(f"{seed}:{village.code}")  # noqa: S311 - a crowd, not a secret
        namer = Namer(parameters.naming, village, rng)
        families = settle(rng, n, parameters.structure, parameters.lodging)
        residents = _people(rng, families, village, namer, numbers, parameters, since)
        living = Living(
            village,
            parameters,
            namer,
            numbers,
            here={person.id: person for person in residents},
            partnered={residents[i].id for i in _partnered(families)},
            husbands={
                residents[wife].id: residents[man]
                for wife, man in enumerate(families.spouse)
                if man != NOBODY and not families.man[wife]
            },
        )
        yield VillageLife(village, residents, pass_years(rng, living, since, until))


def digest(lives: Iterable[VillageLife]) -> str:
    """SHA-256 over every person and every event: equal if and only if the crowds are."""
    hashed = hashlib.sha256()
    for life in lives:
        for person in life.people:
            hashed.update(repr(tuple(map(str, person))).encode())
        for event in life.events:
            hashed.update(f"{type(event).__name__}{event.on}{event.person.id}".encode())
    return hashed.hexdigest()


def _partnered(families: Families) -> Iterator[int]:
    for i, man in enumerate(families.man):
        if not man and (families.spouse[i] != NOBODY or i in families.away):
            yield i


def _people(
    rng: Random,
    families: Families,
    village: Village,
    namer: Namer,
    numbers: Numbers,
    parameters: Parameters,
    since: date,
) -> list[Person]:
    chance, registration = rng.random, parameters.registration
    ids = [identifier(rng, since) for _ in families.age]
    surnames = _surnames(rng, families, namer, parameters.lodging.surname_of_mother)
    last = since.toordinal() - 1
    people = []
    for i, (age, man) in enumerate(zip(families.age, families.man, strict=True)):
        birth_on = date.fromordinal(last - int((age + chance()) * YEAR))
        people.append(
            Person(
                ids[i],
                surnames[i],
                namer.given(rng, man, birth_on.year),
                man,
                birth_on,
                None if chance() < registration.without_number else numbers.resident_id(birth_on, man),
                numbers.phone() if age >= PHONE_FROM and chance() < registration.with_phone else None,
                village.code,
                ids[families.home[i]],
                families.role[i],
                _id(ids, families.mother[i]),
                _id(ids, families.father[i]),
            )
        )
    return people


def _id(ids: list[UUID], position: int) -> UUID | None:
    return None if position == NOBODY else ids[position]


def _surnames(rng: Random, families: Families, namer: Namer, after_mother: float) -> list[str]:
    """Fathers hand their surname on; wives keep their own, and most of them came from other villages."""
    surnames = [""] * len(families.age)
    for i in range(len(surnames) - 1, -1, -1):  # the old first
        mother, father = families.mother[i], families.father[i]
        if father != NOBODY and not (mother != NOBODY and rng.random() < after_mother):
            surnames[i] = surnames[father]
        elif mother != NOBODY and father != NOBODY:
            surnames[i] = surnames[mother]
        elif not families.man[i] and families.spouse[i] != NOBODY:
            surnames[i] = namer.any_surname(rng)
        else:
            surnames[i] = namer.surname(rng)
    return surnames
