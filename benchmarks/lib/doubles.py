# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of whom some are registered twice, with the errors that desks make; and twins, who are not doubles.

Everything is drawn from a seed: the same seed gives the same people, the same errors and the same truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from random import Random
from uuid import UUID

from opencc import OpenCC

from jiahe.node.demo.identity import check_digit
from jiahe.node.demo.people import Person as Somebody
from jiahe.registry.rules.keys import name_keys
from jiahe.registry.rules.names import VARIANTS

DOUBLE, TWIN = 0.02, 0.005
"""Share of people registered twice, and of people who have a twin beside."""

TWINS_REGION = "419998"


class Truth:
    """What is put in: pairs that are one person, and pairs of twins; the smaller id first."""

    def __init__(self) -> None:
        self.doubles: set[tuple[UUID, UUID]] = set()
        self.twins: set[tuple[UUID, UUID]] = set()


def with_doubles(people: Iterable[Somebody], villages: list[str], truth: Truth, *, seed: int = 7) -> Iterator[Somebody]:
    """These people, each double and twin right after its original; the truth is written down on the way."""
    rng, errors = Random(seed), Errors(seed, villages)
    for person in people:
        chance = rng.random()
        if DOUBLE <= chance < DOUBLE + TWIN:
            person = _renumbered(person)
        yield person
        if chance < DOUBLE:
            double = errors.again(person)
            truth.doubles.add(_pair(person, double))
            yield double
        elif chance < DOUBLE + TWIN:
            twin = errors.twin(person)
            truth.twins.add(_pair(person, twin))
            yield twin


class Errors:
    """How a second record of somebody comes to differ from the first."""

    def __init__(self, seed: int, villages: list[str]) -> None:
        self._rng = Random(seed + 1)
        self._villages = villages
        self._traditional = OpenCC("s2t")
        self._variants: dict[str, str] = {plain: variant for variant, plain in VARIANTS.items()}
        self._sounds: dict[str, list[str]] = {}
        for sign in map(chr, range(0x4E00, 0x9FA6)):
            if _common(sign):
                self._sounds.setdefault(name_keys(sign, "", sign).pinyin, []).append(sign)

    def again(self, person: Somebody) -> Somebody:
        """The person as registered a second time, with one to three errors and perhaps without a number."""
        person = person._replace(id=self._id())
        kinds = [self._number, self._other_signs, self._homophone, self._swapped, self._phone, self._moved]
        for error in self._rng.sample(kinds, self._rng.choice((1, 1, 2, 2, 3))):
            person = error(person)
        return person

    def twin(self, person: Somebody) -> Somebody:
        """Born on the same day of the same mother, with another given name and the next number."""
        given = person.given
        while name_keys(given, "", given).pinyin == name_keys(person.given, "", person.given).pinyin:
            given = person.given[:-1] + self._rng.choice(self._sounds[self._rng.choice(list(self._sounds))])
        number = person.number
        if number:
            serial = int(number[14:17])
            first_17 = f"{number[:14]}{serial + 2 if serial < 998 else serial - 2:03d}"
            number = first_17 + check_digit(first_17)
        return person._replace(id=self._id(), given=given, number=number)

    def _number(self, person: Somebody) -> Somebody:
        if not person.number or self._rng.random() < 0.4:
            return person._replace(number=None)
        place = self._rng.randrange(17)
        digits = list(person.number)
        if self._rng.random() < 0.5:
            digits[place] = str((int(digits[place]) + self._rng.randrange(1, 10)) % 10)
        else:
            place = min(place, 15)
            digits[place], digits[place + 1] = digits[place + 1], digits[place]
        return person._replace(number="".join(digits))

    def _other_signs(self, person: Somebody) -> Somebody:
        """Traditional, or a variant character."""
        given = "".join(self._variants.get(sign, sign) for sign in person.given)
        written = self._traditional.convert(person.surname), self._traditional.convert(given)
        return person._replace(surname=written[0], given=written[1])

    def _homophone(self, person: Somebody) -> Somebody:
        place = self._rng.randrange(len(person.given))
        sign = person.given[place]
        others = [each for each in self._sounds.get(name_keys(sign, "", sign).pinyin, ()) if each != sign]
        if not others:
            return person
        return person._replace(given=person.given[:place] + self._rng.choice(others) + person.given[place + 1 :])

    def _swapped(self, person: Somebody) -> Somebody:
        born = person.birth_on
        if born.day > 12 or born.day == born.month:
            return person
        return person._replace(birth_on=date(born.year, born.day, born.month))

    def _phone(self, person: Somebody) -> Somebody:
        return person._replace(phone=None)

    def _moved(self, person: Somebody) -> Somebody:
        return person._replace(village=self._rng.choice(self._villages))

    def _id(self) -> UUID:
        return UUID(int=self._rng.getrandbits(128), version=4)


def _renumbered(person: Somebody) -> Somebody:
    """With a number of a region where nobody else is from, so that the next number is nobody's."""
    if person.number is None:
        return person
    first_17 = TWINS_REGION + person.number[6:17]
    return person._replace(number=first_17 + check_digit(first_17))


def _common(sign: str) -> bool:
    """Whether a character is of the first level of GB 2312, the 3,755 most used."""
    try:
        return 0xB0 <= sign.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _pair(one: Somebody, other: Somebody) -> tuple[UUID, UUID]:
    return min(one.id, other.id), max(one.id, other.id)
