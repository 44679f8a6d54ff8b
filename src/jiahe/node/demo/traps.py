"""Traps: people entered twice, as happens in every register, for the steward's queue and for matching to find.

The second record has no number; besides, its name has a character taken for another or is written in Traditional
characters, or nothing else differs. At most `particulars.doubled` of all people. (Twins, who must not be taken for one
person, come from `household.py` and `life.py`; households left without a head from `homes.py`.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from opencc import OpenCC

from jiahe.node.demo.living import identifier
from jiahe.node.demo.people import Doubled, Person

_TRADITIONAL = OpenCC("s2t")


def doubled(
    rng: Random, people: Sequence[Person], count: int, alike: Mapping[str, str], *, since: date, until: date
) -> list[Doubled]:
    """`count` of these people once more (fewer if there are fewer), each on a day in the second half of the time."""
    half = since + (until - since) / 2
    made = []
    for person in rng.sample(people, min(count, len(people))):
        on = half + timedelta(days=int(rng.random() * (until - half).days))
        flawed = rng.choice((_traditional, _mistyped, _as_it_is))(person, alike)
        made.append(Doubled(on, flawed._replace(id=identifier(rng, on), number=None, alias="")))
    return made


def _traditional(person: Person, _: Mapping[str, str]) -> Person:
    surname, given = _TRADITIONAL.convert(person.surname), _TRADITIONAL.convert(person.given)
    return person._replace(surname=surname, given=given)


def _mistyped(person: Person, alike: Mapping[str, str]) -> Person:
    """One character for another that sounds the same; if the name has none, the birth is a day off."""
    for character in person.given:
        if character in alike:
            return person._replace(given=person.given.replace(character, alike[character], 1))
    return person._replace(birth_on=person.birth_on - timedelta(days=1))


def _as_it_is(person: Person, _: Mapping[str, str]) -> Person:
    return person
