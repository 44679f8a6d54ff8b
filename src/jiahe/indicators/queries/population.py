"""Residents by sex and age: the age they reach in the calendar year of the day asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jiahe.basis.periods import Period
from jiahe.indicators import rules
from jiahe.indicators.queries.cells import allowed, book, strata_at
from jiahe.indicators.queries.instant import one_instant
from jiahe.indicators.queries.wholes import Whole, parts_of, wholes_in
from jiahe.indicators.rules import AgeGroup
from jiahe.journal.queries import Head, head
from jiahe.places import queries as places
from jiahe.places.queries import AreaRow
from jiahe.staff.scope import Scope


@dataclass(frozen=True, slots=True)
class Aged:
    """The residents of one area by age. `area` is None for those in areas that are no more, or in none of the parts.
    Of some of the `residents` no age is told, where a node below told them in fives.

    `young`, `between` and `old` are the three of the dependency ratio, which is None where nobody is between."""

    area: AreaRow | None
    residents: int
    young: int
    between: int
    old: int
    dependency: float | None


@dataclass(frozen=True, slots=True)
class Pyramid:
    """The residents of an area at the end of the day `on` by sex and group of ages, and by age in each of its parts.

    `head` is the end of the journal that is in the figures; `median` the group in which the middle person is. `untold`
    are those of whom no age is told, by sex."""

    area: AreaRow
    period: Period
    on: date
    head: Head
    wholes: tuple[Whole, ...]
    groups: tuple[AgeGroup, ...]
    people: Counter[tuple[str, AgeGroup]]
    untold: Counter[str]
    whole: Aged
    median: AgeGroup | None
    parts: tuple[Aged, ...]


def residents_by_age(scope: Scope, area: str, on: date) -> Counter[tuple[str, int]]:
    """How many live in the area at the end of the day, by sex and the age they reach in that year; raises OutsideScope.

    For other rooms: a page shows groups only (`pyramid`), for a single age may be a single person.
    """
    found: Counter[tuple[str, int]] = Counter()
    for (_, stratum), n in strata_at(allowed(scope, area), book().pyramid.body.state, on).items():
        sex, _, born = stratum.partition(".")
        if born != rules.UNTOLD:
            found[sex, on.year - int(born)] += n
    return +found


def pyramid(scope: Scope, area: str, period: Period, *, today: date) -> Pyramid:
    """The pyramid at the end of the period, or of today within it. Raises OutsideScope, places' UnknownArea."""
    inside = allowed(scope, area)
    layout = book().pyramid.body
    on = min(period.last_day, today)
    groups = rules.age_groups(layout.width, layout.oldest)
    with one_instant():
        end = head()
        here = places.area(area, on=on)
        wholes = wholes_in(area, on=on)
        children = parts_of(area, wholes, on=on)
        sums = strata_at(inside, layout.state, on, children, as_told=bool(wholes))
    known: dict[str | None, AreaRow] = {child.code: child for child in children}
    strata: dict[str | None, Counter[str]] = {code: Counter() for code in known}
    for (place, stratum), n in sums.items():
        code = place if place in known else rules.container(place, known)
        strata.setdefault(code, Counter())[stratum] += n
    aged = {code: rules.aged(found.items(), on.year, groups) for code, found in strata.items()}
    untold = {code: rules.ageless(found.items()) for code, found in strata.items()}
    people: Counter[tuple[str, AgeGroup]] = Counter()
    for found in aged.values():
        people.update(found)
    ageless: Counter[str] = Counter()
    for sexes in untold.values():
        ageless.update(sexes)
    return Pyramid(
        area=here,
        period=period,
        on=on,
        head=end,
        wholes=wholes,
        groups=groups,
        people=people,
        untold=ageless,
        whole=_told(here, people, ageless),
        median=rules.median_group(_by_group(people)),
        parts=tuple(
            _told(known.get(code), found, untold[code])
            for code, found in (aged if children else {}).items()
            if code in known or any(found.values())
        ),
    )


def _told(area: AreaRow | None, people: Mapping[tuple[str, AgeGroup], int], untold: Mapping[str, int]) -> Aged:
    bounds = book().dependencies[book().pyramid.body.dependency].body
    groups = _by_group(people)
    young = sum(n for group, n in groups.items() if group.low < bounds.young_below)
    old = sum(n for group, n in groups.items() if group.low >= bounds.old_from)
    between = sum(groups.values()) - young - old
    ratio = rules.dependency(young, between, old, per=bounds.per)
    return Aged(area, young + between + old + sum(untold.values()), young, between, old, ratio)


def _by_group(people: Mapping[tuple[str, AgeGroup], int]) -> Counter[AgeGroup]:
    found: Counter[AgeGroup] = Counter()
    for (_, group), n in people.items():
        found[group] += n
    return found
