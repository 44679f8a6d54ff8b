"""Reading the cells: what they come to by measure, stratum, day and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr

from jiahe.basis.areas import within
from jiahe.basis.periods import Grain, Period
from jiahe.indicators import rules
from jiahe.indicators.definitions import FOLDER, Book, load
from jiahe.indicators.facts import EVER, Span
from jiahe.indicators.models import Cell
from jiahe.indicators.problems import OnlyTheWhole, OutsideScope
from jiahe.indicators.queries.wholes import is_hidden
from jiahe.places.queries import AreaRow
from jiahe.staff.scope import Scope


def book() -> Book:
    """The definitions in force. Raises definitions.Refused."""
    return load(FOLDER)


def spanning(inside: tuple[str, str], span: Span, measures: Iterable[str]) -> QuerySet[Cell]:
    """The cells of these measures that reach over this span, in a range of areas."""
    return Cell.objects.filter(measure__in=measures, span=span, area__gte=inside[0], area__lt=inside[1])


def allowed(scope: Scope, area: str) -> tuple[str, str]:
    """The range of codes of the area and all in it. Raises OutsideScope, and OnlyTheWhole where a figure would be 0."""
    if not scope.covers(area):
        raise OutsideScope()
    if is_hidden(area):
        raise OnlyTheWhole()
    return within(area)


def of_period(inside: tuple[str, str], period: Period, *measures: str, as_told: bool = False) -> QuerySet[Cell]:
    """The cells of a period; months are listed, not bounded, so that each is one narrow range of the index. Where a
    measure keeps no months, the days; but `as_told` by nodes below, what goes up in fives is there by months."""
    terms = [term for measure in measures for term in terms_of(measure)]
    if period.grain is Grain.DAY or not (as_told or by_month(terms)):
        return spanning(inside, Span.DAY, terms).filter(start__gte=period.start, start__lt=period.end)
    return spanning(inside, Span.MONTH, terms).filter(start__in=rules.months_of(period))


def by_month(measures: Iterable[str]) -> bool:
    """Whether all these measures keep cells by month."""
    return all(Span.MONTH in book().spans(measure) for measure in measures)


def states_at(
    inside: tuple[str, str], state: str, days: Sequence[date], children: Sequence[AreaRow] = ()
) -> list[dict[str, int]]:
    """The state at the end of each of the days, by place (see `placed`): all there ever was, less what came after.

    The months after the first of the days are read once for all of them."""
    whole, reached = _after(state)
    first = reached(min(days))
    ever = summed(placed(_ever(inside, state), children), "place")
    later = summed(placed(spanning(inside, whole, [state]).filter(start__gt=first), children), "place", "start")
    found = []
    for day in days:
        sums = Counter({place: n for (place,), n in ever.items()})
        for (place, start), n in later.items():
            sums[place] -= n if start > reached(day) else 0
        rest = summed(placed(_rest_of_month(inside, state, day), children), "place")
        sums.subtract({place: n for (place,), n in rest.items()})
        found.append(dict(sums))
    return found


def strata_at(
    inside: tuple[str, str], state: str, day: date, children: Sequence[AreaRow] = (), *, as_told: bool = False
) -> dict[tuple[str, str], int]:
    """The state at the end of a day, by place (see `placed`) and stratum. `as_told` by nodes below, what goes up in
    fives is there by months: at the end of one, or today."""
    whole, reached = _BY_MONTH if as_told else _after(state)
    sums = Counter(summed(placed(_ever(inside, state), children), "place", "stratum"))
    for cells in (
        spanning(inside, whole, [state]).filter(start__gt=reached(day)),
        _rest_of_month(inside, state, day),
    ):
        sums.subtract(summed(placed(cells, children), "place", "stratum"))
    return dict(sums)


_BY_MONTH: tuple[Span, Callable[[date], date]] = (Span.MONTH, lambda day: Period.of(Grain.MONTH, day).start)


def _ever(inside: tuple[str, str], state: str) -> QuerySet[Cell]:
    return spanning(inside, Span.EVER, [state]).filter(start=EVER)


def _after(state: str) -> tuple[Span, Callable[[date], date]]:
    """The longest span in which a state keeps what came after a day, and from a day where the last one begins that
    holds it or something before it."""
    return _BY_MONTH if Span.MONTH in book().spans(state) else (Span.DAY, lambda day: day)


def _rest_of_month(inside: tuple[str, str], state: str, day: date) -> QuerySet[Cell]:
    """The cells by day of a state that keeps months, after `day` and before the next month; none at a month's end."""
    month = Period.of(Grain.MONTH, day)
    if day == month.last_day or Span.MONTH not in book().spans(state):
        return Cell.objects.none()
    return spanning(inside, Span.DAY, [book().by_day(state)]).filter(start__gt=day, start__lt=month.end)


def placed(cells: QuerySet[Cell], children: Sequence[AreaRow]) -> QuerySet[Any]:
    """The cells with `place`: their area code, cut to the length of the children's codes."""
    return cells.annotate(place=Substr("area", 1, max((len(child.code) for child in children), default=1)))


def summed(cells: QuerySet[Any], *by: str) -> dict[tuple[Any, ...], int]:
    """What the cells come to, by these columns; one query."""
    rows = cells.order_by().values_list(*by).annotate(total=Sum("n"))
    return {tuple(row[:-1]): row[-1] for row in rows}


def without(place: int, sums: Mapping[tuple[Any, ...], int]) -> dict[tuple[Any, ...], int]:
    """The sums with one part of their keys left out."""
    found: Counter[tuple[Any, ...]] = Counter()
    for key, n in sums.items():
        found[key[:place] + key[place + 1 :]] += n
    return found


def in_children(
    sums: Mapping[tuple[Any, ...], int], children: Sequence[AreaRow]
) -> list[tuple[AreaRow | None, Counter[str]]]:
    """Sums by (place, measure) as one row for each child, and one more if something lies in none of them."""
    rows: dict[str | None, Counter[str]] = {child.code: Counter() for child in children}
    for (place, measure), n in sums.items():
        rows.setdefault(rules.container(place, rows), Counter())[measure] += n
    named: dict[str | None, AreaRow] = {child.code: child for child in children}
    return [(named.get(code), found) for code, found in rows.items() if code in named or any(found.values())]


def terms_of(measure: str) -> tuple[str, ...]:
    """The counts a measure is made of: itself, or both sides of a difference. Raises KeyError for none such."""
    difference = book().differences.get(measure)
    return (difference.body.plus, difference.body.minus) if difference else (book().counts[measure].id,)


def value_of(measure: str, sums: Mapping[str, int]) -> int:
    """A count or difference out of sums by count."""
    plus, *minus = terms_of(measure)
    return sums.get(plus, 0) - sum(sums.get(term, 0) for term in minus)
