"""What is known of some people beside: a former name, a second phone, a passport."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from jiahe.node.demo.identity import Numbers
from jiahe.node.demo.names import Namer
from jiahe.node.demo.parameters import Particulars
from jiahe.node.demo.people import FormerName, Particular, Passport, Person, SecondPhone

_GROWN = 18
_PASSPORT_YEARS = 10


def known_beside(
    rng: Random, people: Sequence[Person], namer: Namer, numbers: Numbers, shares: Particulars, since: date
) -> Iterator[Particular]:
    """What was known on the day `since`, person by person."""
    for person in people:
        chance, grown = rng.random(), since.year - person.birth_on.year > _GROWN
        if chance < shares.second_phone:
            if person.phone:
                yield SecondPhone(person, numbers.phone(), rng.choice(shares.whose))
        elif chance < shares.second_phone + shares.passport:
            begins = since - timedelta(days=int(rng.random() * _PASSPORT_YEARS * 360))
            if grown:
                yield Passport(person, numbers.passport(), begins, _years_on(begins, _PASSPORT_YEARS))
        elif chance > 1 - shares.former_name and grown and person.surname:
            given = namer.given(rng, person.man, person.birth_on.year)
            if given != person.given:
                yield FormerName(person, given, _years_on(person.birth_on, rng.randint(6, _GROWN)))


def _years_on(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))
