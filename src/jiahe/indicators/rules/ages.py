"""Ages in groups, told from sex and year of birth: the age reached in the calendar year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiahe.indicators.rules.fives import UNTOLD


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Ages from `low` to `high`, both in it; `high` is None for the oldest."""

    low: int
    high: int | None

    def label(self) -> str:
        """As it is written in every language.

        >>> AgeGroup(5, 9).label(), AgeGroup(85, None).label()
        ('5–9', '85+')
        """
        return f"{self.low}+" if self.high is None else f"{self.low}–{self.high}"


def age_groups(width: int, oldest: int) -> tuple[AgeGroup, ...]:
    """Groups of `width` years, youngest first; `oldest` begins the last, which has no end.

    >>> [group.label() for group in age_groups(5, 15)]
    ['0–4', '5–9', '10–14', '15+']
    """
    below = [AgeGroup(low, low + width - 1) for low in range(0, oldest, width)]
    return (*below, AgeGroup(oldest, None))


def group_of(age: int, groups: Sequence[AgeGroup]) -> AgeGroup:
    """The group of an age. Whoever was registered as living here before the year of his birth is of the youngest.

    >>> group_of(9, age_groups(5, 15)).low, group_of(99, age_groups(5, 15)).low, group_of(-1, age_groups(5, 15)).low
    (5, 15, 0)
    """
    width = groups[-1].low // (len(groups) - 1)
    return groups[min(max(age, 0) // width, len(groups) - 1)]


def aged(strata: Iterable[tuple[str, int]], year: int, groups: Sequence[AgeGroup]) -> Counter[tuple[str, AgeGroup]]:
    """People by sex and group of the age they reach in `year`, from sums by stratum ("female.1987"); those of whom no
    age is told are left out.

    >>> found = aged([("female.1987", 2), ("female.1986", 1), ("male.2026", 4)], 2026, age_groups(5, 85))
    >>> {(sex, group.label()): n for (sex, group), n in found.items()}
    {('female', '35–39'): 2, ('female', '40–44'): 1, ('male', '0–4'): 4}
    """
    found: Counter[tuple[str, AgeGroup]] = Counter()
    for stratum, n in strata:
        sex, _, birth_year = stratum.partition(".")
        if birth_year != UNTOLD:
            found[sex, group_of(year - int(birth_year), groups)] += n
    return found


def ageless(strata: Iterable[tuple[str, int]]) -> Counter[str]:
    """By sex, the people of whom no age is told (`fives`).

    >>> dict(ageless([("female.1987", 10), ("female.untold", 3)]))
    {'female': 3}
    """
    found: Counter[str] = Counter()
    for stratum, n in strata:
        sex, _, birth_year = stratum.partition(".")
        if birth_year == UNTOLD and n:
            found[sex] += n
    return found


def median_group(people: Mapping[AgeGroup, int]) -> AgeGroup | None:
    """The group in which the middle person is, of all in the order of their ages; None if there is nobody.

    >>> young, old = age_groups(5, 5)
    >>> median_group({young: 2, old: 3}) == old, median_group({young: 3, old: 3}) == young, median_group({})
    (True, True, None)
    """
    half, passed = sum(people.values()) / 2, 0
    for group in sorted(people, key=lambda each: each.low):
        passed += people[group]
        if people[group] and passed >= half:
            return group
    return None


def dependency(young: int, between: int, old: int, *, per: int) -> float | None:
    """The young and the old for `per` of those between; None if nobody is between.

    >>> dependency(3, 10, 2, per=100), dependency(3, 0, 2, per=100)
    (50.0, None)
    """
    return (young + old) / between * per if between > 0 else None
