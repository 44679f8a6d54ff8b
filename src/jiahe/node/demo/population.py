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

from jiahe.node.demo.addresses import Addresses
from jiahe.node.demo.beside import known_beside
from jiahe.node.demo.homes import Homes
from jiahe.node.demo.household import NOBODY, Families, settle
from jiahe.node.demo.identity import Numbers
from jiahe.node.demo.life import pass_years
from jiahe.node.demo.living import YEAR, Living, identifier
from jiahe.node.demo.names import Namer
from jiahe.node.demo.parameters import Parameters
from jiahe.node.demo.people import Household, Person, VillageLife
from jiahe.node.demo.traps import doubled
from jiahe.node.demo.villages import Village, shares
from jiahe.registry.facts import Certainty, Member

PHONE_FROM = 14
_LITTLE = "小"
"""With the last character of a given name it makes the name somebody is called by at home."""


def county(
    parameters: Parameters, villages: Sequence[Village], *, people: int, since: date, until: date, seed: int
) -> Iterator[VillageLife]:
    """`people` residents on the day `since`, village by village, and what happens to them before the day `until`.

    Raises Exhausted when more people were born on one day than there are identity numbers for (above 10 million).
    """
    numbers, before = Numbers(parameters.registration), 0
    for village, n in zip(villages, shares(villages, people, parameters.weights, seed), strict=True):
        rng = Random(f"{seed}:{village.code}")  # noqa: S311 - a crowd, not a secret
        namer = Namer(parameters.naming, village, rng)
        families = settle(rng, n, parameters.structure, parameters.lodging)
        residents = _people(rng, families, village, namer, numbers, parameters, since)
        beside = list(known_beside(rng, residents, namer, numbers, parameters.particulars, since))
        addresses = Addresses(rng, village, parameters.addressing, len(set(families.home)))
        households = list(_households(residents, families, addresses))
        couples = [(residents[wife], residents[man]) for wife, man in _couples(families)]
        homes = Homes(rng, residents, addresses, parameters.lodging.unattended)
        homes.begin(households, [(wife.id, man.id) for wife, man in couples])
        living = Living(
            village,
            parameters,
            namer,
            numbers,
            here={person.id: person for person in residents},
            partnered={residents[i].id for i in _partnered(families)},
            spouses={one.id: other for pair in couples for one, other in (pair, pair[::-1])},
        )
        events = homes.told(pass_years(rng, living, since, until))
        count = _share(before + n, parameters.particulars.doubled) - _share(before, parameters.particulars.doubled)
        still = [person for person in residents if person.id in living.here]
        events += doubled(rng, still, count, parameters.particulars.alike, since=since, until=until)
        events.sort(key=lambda event: event.on)
        before += n
        yield VillageLife(village, residents, households, beside, events)


def digest(lives: Iterable[VillageLife]) -> str:
    """SHA-256 over every person, household and event: equal if and only if the crowds are."""
    hashed = hashlib.sha256()
    for life in lives:
        for person in life.people:
            hashed.update(repr(tuple(map(str, person))).encode())
        for told in (*life.households, *life.particulars, *life.events):
            hashed.update(f"{type(told).__name__}{tuple(told)!r}".encode())
    return hashed.hexdigest()


def _partnered(families: Families) -> Iterator[int]:
    for i, man in enumerate(families.man):
        if not man and (families.spouse[i] != NOBODY or i in families.away):
            yield i


def _couples(families: Families) -> Iterator[tuple[int, int]]:
    for wife, man in enumerate(families.spouse):
        if man != NOBODY and not families.man[wife]:
            yield wife, man


def _share(people: int, share: float) -> int:
    return int(people * share)


def _households(residents: Sequence[Person], families: Families, addresses: Addresses) -> Iterator[Household]:
    """Each household with its head first."""
    lodgers: dict[int, list[int]] = {}
    for i, head in enumerate(families.home):
        lodgers.setdefault(head, [head])
        if i != head:
            lodgers[head].append(i)
    for head, together in lodgers.items():
        members = tuple(Member(residents[i].id, families.relation[i]) for i in together)
        yield Household(residents[head].household, addresses.another(), members)


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
    particulars = parameters.particulars
    ids = [identifier(rng, since) for _ in families.age]
    homes = {head: identifier(rng, since) for head in dict.fromkeys(families.home)}
    surnames = _surnames(rng, families, namer, parameters.lodging.surname_of_mother)
    last = since.toordinal() - 1
    people: list[Person] = []
    for i, (age, man) in enumerate(zip(families.age, families.man, strict=True)):
        birth_on = date.fromordinal(last - int((age + chance()) * YEAR))
        given = namer.given(rng, man, birth_on.year)
        certainty = Certainty.DAY
        if (first := families.twin.get(i)) is not None:
            birth_on = people[first].birth_on
            given = namer.twin(rng, man, birth_on.year, people[first].given)
        elif age >= particulars.year_only_from and chance() < particulars.year_only:
            birth_on, certainty = date(birth_on.year, 1, 1), Certainty.YEAR
        people.append(
            Person(
                ids[i],
                surnames[i],
                given,
                man,
                birth_on,
                None if chance() < registration.without_number else numbers.resident_id(birth_on, man),
                numbers.phone() if age >= PHONE_FROM and chance() < registration.with_phone else None,
                village.code,
                homes[families.home[i]],
                families.relation[i],
                _id(ids, families.mother[i]),
                _id(ids, families.father[i]),
                certainty,
                alias=_LITTLE + given[-1] if chance() < particulars.alias else "",
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
    for second, first in families.twin.items():
        surnames[second] = surnames[first]
    return surnames
