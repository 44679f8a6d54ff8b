"""What others may read: exact figures for areas in scope, each read as of one instant of the journal.

Cells hold counts, no persons, so a supervisor may read them for every area in his own. Sums by child area always add
up: what was counted in an area that is no more stands in a row of its own, never nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr

from jiahe.basis.areas import within
from jiahe.basis.periods import Grain, Period
from jiahe.indicators import rules
from jiahe.indicators.definitions import FOLDER, Book, load
from jiahe.indicators.facts import EVER, Span
from jiahe.indicators.models import Cell
from jiahe.indicators.problems import OutsideScope
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
    journal that is in the figures; `reported` of `villages` had anything to count in the period."""

    area: AreaRow
    period: Period
    on: date
    head: Head
    reported: int
    villages: int
    state: int
    counts: Mapping[str, int]
    rates: Mapping[str, rules.Estimate]
    parts: tuple[Part, ...]
    months: tuple[date, ...]
    trend: Mapping[str, tuple[int, ...]]


def journal_end() -> Head:
    """Where the journal ends now; figures with the same root are the same."""
    return head()


def book() -> Book:
    """The definitions in force. Raises definitions.Refused."""
    return load(FOLDER)


def total(scope: Scope, measure: str, area: str, period: Period) -> int:
    """What a count or difference comes to. Raises OutsideScope, KeyError if there is no such measure."""
    found = _sums(_counted(_allowed(scope, area), period, measure), "measure")
    return _value(measure, {id_: n for (id_,), n in found.items()})


def series(scope: Scope, measure: str, area: str, grain: Grain, start: date, end: date) -> list[tuple[Period, int]]:
    """A count or difference for each period of that grain from `start` up to `end` (exclusive), without gaps."""
    first, last = Period.of(grain, start), Period.of(grain, end - _DAY)
    span = Span.DAY if grain is Grain.DAY else Span.MONTH
    cells = _cells(_allowed(scope, area), span, _terms(measure)).filter(start__gte=first.start, start__lt=last.end)
    sums: dict[Period, Counter[str]] = {period: Counter() for period in first.until(last)}
    for (id_, day), n in _sums(cells, "measure", "start").items():
        sums[Period.of(grain, day)][id_] += n
    return [(period, _value(measure, found)) for period, found in sums.items()]


def by_child(scope: Scope, measure: str, area: str, period: Period) -> list[tuple[AreaRow | None, int]]:
    """A count or difference for each child of the area at the period's end; they add up (None: see Part)."""
    cells = _counted(_allowed(scope, area), period, measure)
    children = places.children(area, on=period.last_day)
    found = _by_child(_sums(_placed(cells, children), "place", "measure"), children)
    return [(child, _value(measure, sums)) for child, sums in found]


def residents(scope: Scope, area: str, on: date) -> int:
    """How many live in the area at the end of the day `on`, by the register. Raises OutsideScope."""
    (found,) = _states(_allowed(scope, area), book().board.body.state, [on])
    return sum(found.values())


def indicator(scope: Scope, id_: str, area: str, period: Period, *, today: date) -> rules.Estimate:
    """The rate or ratio `id_` with its limits, over those days of the period that were lived through by `today`."""
    inside = _allowed(scope, area)
    found = _sums(_counted(inside, period, *book().counts), "measure", "stratum")
    years = {
        among: _years(_states(inside, among, [period.start - _DAY, min(period.last_day, today)]), period, today)
        for among in _peopled([id_])
    }
    return _estimate(id_, found, years)


def board(scope: Scope, area: str, period: Period, *, today: date) -> Figures:
    """Everything the board shows, read as of one instant. Raises OutsideScope, places' UnknownArea."""
    inside = _allowed(scope, area)
    layout = book().board.body
    on = min(period.last_day, today)
    months = rules.last_months(on, TREND_MONTHS)
    with one_instant():
        end = head()
        here = places.area(area, on=on)
        children = places.children(area, on=on)
        villages = {row.code for row in places.areas(within=area, level=Level.VILLAGE, on=on)}
        cells = _counted(inside, period, *book().counts)
        sums = _sums(_placed(cells, children), "place", "measure", "stratum")
        states = {
            state: _states(inside, state, [period.start - _DAY, on], children)
            for state in {layout.state, *_peopled(layout.rates)}
        }
        reported = set(cells.values_list("area", flat=True).distinct())
        lines = _sums(_cells(inside, Span.MONTH, layout.trend).filter(start__in=months), "measure", "start")
    now = states[layout.state][-1]
    strata = _without(0, sums)
    everything = {id_: n for (id_,), n in _without(1, strata).items()}
    years = {state: _years(ends, period, today) for state, ends in states.items()}
    counted = (*book().counts, *book().differences)
    parts = _by_child({**_without(2, sums), **{(place, layout.state): n for place, n in now.items()}}, children)
    return Figures(
        area=here,
        period=period,
        on=on,
        head=end,
        reported=len(villages & reported),
        villages=len(villages),
        state=sum(now.values()),
        counts={id_: _value(id_, everything) for id_ in counted},
        rates={id_: _estimate(id_, strata, years) for id_ in layout.rates},
        parts=tuple(
            Part(child, {id_: _value(id_, found) for id_ in counted}, found.get(layout.state, 0))
            for child, found in (parts if children else ())
        ),
        months=tuple(months),
        trend={id_: tuple(lines.get((id_, month), 0) for month in months) for id_ in layout.trend},
    )


@contextmanager
def one_instant() -> Iterator[None]:
    """Everything read inside is from the same moment, and waits for nobody: a snapshot on both databases.

    SQLite's own BEGIN (Django's would take the write lock); on PostgreSQL a repeatable read. Within a transaction
    already begun, that transaction is the instant.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _allowed(scope: Scope, area: str) -> tuple[str, str]:
    if not scope.covers(area):
        raise OutsideScope()
    return within(area)


def _cells(inside: tuple[str, str], span: Span, measures: Iterable[str]) -> QuerySet[Cell]:
    return Cell.objects.filter(measure__in=measures, span=span, area__gte=inside[0], area__lt=inside[1])


def _counted(inside: tuple[str, str], period: Period, *measures: str) -> QuerySet[Cell]:
    """The cells of a period; months are listed, not bounded, so that each is one narrow range of the index."""
    terms = [term for measure in measures for term in _terms(measure)]
    if period.grain is Grain.DAY:
        return _cells(inside, Span.DAY, terms).filter(start=period.start)
    return _cells(inside, Span.MONTH, terms).filter(start__in=rules.months_of(period))


def _states(
    inside: tuple[str, str], state: str, days: Sequence[date], children: Sequence[AreaRow] = ()
) -> list[dict[str, int]]:
    """The state at the end of each of the days, by place (see `_placed`): all there ever was, less what came after."""
    first = Period.of(Grain.MONTH, min(days)).start
    ever = _sums(_placed(_cells(inside, Span.EVER, [state]).filter(start=EVER), children), "place")
    later = _sums(_placed(_cells(inside, Span.MONTH, [state]).filter(start__gt=first), children), "place", "start")
    found = []
    for day in days:
        month = Period.of(Grain.MONTH, day)
        sums = Counter({place: n for (place,), n in ever.items()})
        for (place, start), n in later.items():
            sums[place] -= n if start > month.start else 0
        if day != month.last_day:
            rest = _cells(inside, Span.DAY, [state]).filter(start__gt=day, start__lt=month.end)
            sums.subtract({place: n for (place,), n in _sums(_placed(rest, children), "place").items()})
        found.append(dict(sums))
    return found


def _placed(cells: QuerySet[Cell], children: Sequence[AreaRow]) -> QuerySet[Any]:
    """The cells with `place`: their area code, cut to the length of the children's codes."""
    return cells.annotate(place=Substr("area", 1, max((len(child.code) for child in children), default=1)))


def _sums(cells: QuerySet[Any], *by: str) -> dict[tuple[Any, ...], int]:
    rows = cells.order_by().values_list(*by).annotate(total=Sum("n"))
    return {tuple(row[:-1]): row[-1] for row in rows}


def _without(place: int, sums: Mapping[tuple[Any, ...], int]) -> dict[tuple[Any, ...], int]:
    """The sums with one part of their keys left out."""
    found: Counter[tuple[Any, ...]] = Counter()
    for key, n in sums.items():
        found[key[:place] + key[place + 1 :]] += n
    return found


def _by_child(
    sums: Mapping[tuple[Any, ...], int], children: Sequence[AreaRow]
) -> list[tuple[AreaRow | None, Counter[str]]]:
    """Sums by (place, measure) as one row for each child, and one more if something lies in none of them."""
    rows: dict[str | None, Counter[str]] = {child.code: Counter() for child in children}
    for (place, measure), n in sums.items():
        rows.setdefault(rules.container(place, rows), Counter())[measure] += n
    named: dict[str | None, AreaRow] = {child.code: child for child in children}
    return [(named.get(code), found) for code, found in rows.items() if code in named or any(found.values())]


def _terms(measure: str) -> tuple[str, ...]:
    """The counts a measure is made of: itself, or both sides of a difference. Raises KeyError for none such."""
    difference = book().differences.get(measure)
    return (difference.body.plus, difference.body.minus) if difference else (book().counts[measure].id,)


def _value(measure: str, sums: Mapping[str, int]) -> int:
    plus, *minus = _terms(measure)
    return sums.get(plus, 0) - sum(sums.get(term, 0) for term in minus)


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
    events = {measure: n for (measure,), n in _without(1, sums).items()}
    return rules.rate(
        events.get(body.of, 0),
        less=events.get(body.less, 0) if body.less else None,
        years=years[body.among],
        per=body.per,
        minimum=body.minimum,
    )
