"""Figures for areas in scope: totals, series, tables by child area, residents, indicators, and all of a board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import rules
from jiahe.indicators.facts import Span
from jiahe.indicators.queries.cells import (
    allowed,
    book,
    by_month,
    in_children,
    of_period,
    placed,
    spanning,
    states_at,
    summed,
    terms_of,
    value_of,
    without,
)
from jiahe.indicators.queries.instant import one_instant
from jiahe.indicators.queries.wholes import Whole, parts_of, wholes_in
from jiahe.journal.queries import Head, head
from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.places.queries import AreaRow
from jiahe.staff.scope import Scope

TREND_MONTHS = 24
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the table by child area. `area` is None for what was counted in areas that are no more, or in the
    parent itself where no smaller area was named. `counts` has every count and difference, `state` the state."""

    area: AreaRow | None
    counts: Mapping[str, int]
    state: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All a board shows of one area and period. `on` is the day for which the state is told, `head` the end of the
    journal that is in the figures; `reported` of `villages` had anything to count in the period. Where nodes below tell
    `wholes`, no village is known."""

    area: AreaRow
    period: Period
    on: date
    head: Head
    reported: int
    villages: int
    wholes: tuple[Whole, ...]
    state: int
    counts: Mapping[str, int]
    rates: Mapping[str, rules.Estimate]
    parts: tuple[Part, ...]
    months: tuple[date, ...]
    trend: Mapping[str, tuple[int, ...]]


def journal_end() -> Head:
    """Where the journal ends now; figures with the same root, and told as often, are the same."""
    return head()


def total(scope: Scope, measure: str, area: str, period: Period) -> int:
    """What a count or difference comes to. Raises OutsideScope, KeyError if there is no such measure."""
    found = summed(of_period(allowed(scope, area), period, measure), "measure")
    return value_of(measure, {id_: n for (id_,), n in found.items()})


def series(scope: Scope, measure: str, area: str, grain: Grain, start: date, end: date) -> list[tuple[Period, int]]:
    """A count or difference for each period of that grain from `start` up to `end` (exclusive), without gaps."""
    first, last = Period.of(grain, start), Period.of(grain, end - _DAY)
    terms = terms_of(measure)
    span = Span.MONTH if grain is not Grain.DAY and by_month(terms) else Span.DAY
    cells = spanning(allowed(scope, area), span, terms).filter(start__gte=first.start, start__lt=last.end)
    sums: dict[Period, Counter[str]] = {period: Counter() for period in first.until(last)}
    for (id_, day), n in summed(cells, "measure", "start").items():
        sums[Period.of(grain, day)][id_] += n
    return [(period, value_of(measure, found)) for period, found in sums.items()]


def by_child(scope: Scope, measure: str, area: str, period: Period) -> list[tuple[AreaRow | None, int]]:
    """A count or difference for each child of the area at the period's end; they add up (None: see Part)."""
    cells = of_period(allowed(scope, area), period, measure)
    wholes = wholes_in(area, on=period.last_day)
    children = parts_of(area, wholes, on=period.last_day)
    found = in_children(summed(placed(cells, children), "place", "measure"), children)
    return [(child, value_of(measure, sums)) for child, sums in found]


def residents(scope: Scope, area: str, on: date) -> int:
    """How many live in the area at the end of the day `on`, by the register. Raises OutsideScope."""
    (found,) = states_at(allowed(scope, area), book().board.body.state, [on])
    return sum(found.values())


def indicator(scope: Scope, id_: str, area: str, period: Period, *, today: date) -> rules.Estimate:
    """The rate or ratio `id_` with its limits, over those days of the period that were lived through by `today`."""
    inside = allowed(scope, area)
    found = summed(of_period(inside, period, *book().monthly()), "measure", "stratum")
    years = {
        among: _years(states_at(inside, among, [period.start - _DAY, min(period.last_day, today)]), period, today)
        for among in _peopled([id_])
    }
    return _estimate(id_, found, years)


def board(scope: Scope, area: str, period: Period, *, today: date) -> Figures:
    """Everything the board shows, read as of one instant. Raises OutsideScope, places' UnknownArea."""
    inside = allowed(scope, area)
    layout = book().board.body
    on = min(period.last_day, today)
    months = rules.last_months(on, TREND_MONTHS)
    with one_instant():
        end = head()
        here = places.area(area, on=on)
        wholes = wholes_in(area, on=on)
        children = parts_of(area, wholes, on=on)
        villages = {row.code for row in places.areas(within=area, level=Level.VILLAGE, on=on)}
        cells = of_period(inside, period, *book().monthly())
        sums = summed(placed(cells, children), "place", "measure", "stratum")
        states = {
            state: states_at(inside, state, [period.start - _DAY, on], children)
            for state in {layout.state, *_peopled(layout.rates)}
        }
        reported = set(cells.values_list("area", flat=True).distinct())
        lines = summed(spanning(inside, Span.MONTH, layout.trend).filter(start__in=months), "measure", "start")
    now = states[layout.state][-1]
    strata = without(0, sums)
    everything = {id_: n for (id_,), n in without(1, strata).items()}
    years = {state: _years(ends, period, today) for state, ends in states.items()}
    counted = (*book().monthly(), *book().differences)
    parts = in_children({**without(2, sums), **{(place, layout.state): n for place, n in now.items()}}, children)
    return Figures(
        area=here,
        period=period,
        on=on,
        head=end,
        reported=len(villages & reported),
        villages=len(villages),
        wholes=wholes,
        state=sum(now.values()),
        counts={id_: value_of(id_, everything) for id_ in counted},
        rates={id_: _estimate(id_, strata, years) for id_ in layout.rates},
        parts=tuple(
            Part(child, {id_: value_of(id_, found) for id_ in counted}, found.get(layout.state, 0))
            for child, found in (parts if children else ())
        ),
        months=tuple(months),
        trend={id_: tuple(lines.get((id_, month), 0) for month in months) for id_ in layout.trend},
    )


def _peopled(ids: Iterable[str]) -> set[str]:
    """The states among which these rates are told; a ratio is told among none."""
    return {book().rates[id_].body.among for id_ in ids if id_ in book().rates}


def _years(ends: Sequence[Mapping[str, int]], period: Period, today: date) -> float:
    """The years lived in those days of the period that have passed, by the mean of the state at both ends."""
    mean = sum(sum(end.values()) for end in ends) / len(ends)
    return mean * rules.years_in(period.start, rules.lived_through(period, today))


def _estimate(id_: str, sums: Mapping[tuple[Any, ...], int], years: Mapping[str, float]) -> rules.Estimate:
    """A rate or ratio from sums by (measure, stratum) and the years lived in each state."""
    if ratio := book().ratios.get(id_):
        part, other = (sums.get((ratio.body.of, stratum), 0) for stratum in (ratio.body.stratum, ratio.body.to))
        return rules.ratio(part, other, per=ratio.body.per, minimum=ratio.body.minimum)
    body = book().rates[id_].body
    events = {measure: n for (measure,), n in without(1, sums).items()}
    return rules.rate(
        events.get(body.of, 0),
        less=events.get(body.less, 0) if body.less else None,
        years=years[body.among],
        per=body.per,
        minimum=body.minimum,
    )
