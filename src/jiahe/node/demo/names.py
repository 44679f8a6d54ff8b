"""Names as the register writes them: surname first, Simplified characters, no space; the middle dot is U+00B7."""

from __future__ import annotations

from bisect import bisect_left
from random import Random

from jiahe.node.demo.naming import Naming
from jiahe.node.demo.villages import Village, leading_surname

DOT = "\u00b7"
_WHOLE_NAME = 0.10
"""Share of given names taken whole from the list of favourites instead of put together from characters."""

_LONG = 2


class Namer:
    """Names for one village, whose few leading surnames are common to many of its families."""

    def __init__(self, naming: Naming, village: Village, rng: Random) -> None:
        self._naming = naming
        self._until = [cohort.until for cohort in naming.cohorts]
        self._pool, self._size = naming.surnames, len(naming.surnames)
        told = leading_surname(village, naming.known)
        drawn = [naming.surnames[int(rng.random() * self._size)] for _ in range(naming.leading)]
        self._leading = [told, *drawn][: naming.leading] if told else drawn

    def surname(self, rng: Random) -> str:
        """The surname of a family that has lived here long."""
        if rng.random() < self._naming.leading_share:
            return self._leading[int(rng.random() * len(self._leading))]
        return self._pool[int(rng.random() * self._size)]

    def any_surname(self, rng: Random) -> str:
        """The surname of somebody who came from elsewhere: a wife, a newcomer."""
        return self._pool[int(rng.random() * self._size)]

    def given(self, rng: Random, man: bool, year: int) -> str:
        """A given name of the fashion of the year of birth."""
        cohort = self._naming.cohorts[bisect_left(self._until, year)]
        chance = rng.random()
        if chance < _WHOLE_NAME:
            names = cohort.names_men if man else cohort.names_women
            return names[int(rng.random() * len(names))]
        characters = cohort.men if man else cohort.women
        first = characters[int(rng.random() * len(characters))]
        if chance > 1 - self._naming.rare_share:
            rare = self._naming.rare
            return rare[int(rng.random() * len(rare))] + first
        if chance < _WHOLE_NAME + cohort.single:
            return first
        second = characters[int(rng.random() * len(characters))]
        return first if man and second == first else first + second

    def twin(self, rng: Random, man: bool, year: int, other: str) -> str:
        """A given name for the twin of `other`: of two characters they often share the first, never both."""
        given = self.given(rng, man, year)
        if len(given) == len(other) == _LONG:
            given = other[0] + given[1]
        while given == other:
            given = self.given(rng, man, year)
        return given

    def dotted(self, rng: Random, man: bool) -> str | None:
        """Now and then a name of two parts joined by a dot, which has no surname; mostly None."""
        naming = self._naming
        if rng.random() >= naming.dotted_share:
            return None
        first = naming.dotted_men if man else naming.dotted_women
        second = naming.dotted_second
        return first[int(rng.random() * len(first))] + DOT + second[int(rng.random() * len(second))]
