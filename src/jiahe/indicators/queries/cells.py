"""Reading the cells: what they come to by measure, stratum, day and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import rules
from jiahe.indicators.definitions import FOLDER, Book, load
from jiahe.indicators.facts import EVER, Span
from jiahe.indicators.models import Cell
from jiahe.places.queries import AreaRow


def book() -> Book:
    """The definitions in force. Raises definitions.Refused."""
    return load(FOLDER)


def spanning(inside: tuple[str, str], span: Span, measures: Iterable[str]) -> QuerySet[Cell]:
    """The cells of these measures that reach over this span, in a range of areas."""
    return Cell.objects.filter(measure__in=measures, span=span, area__gte=inside[0], area__lt=inside[1])


def of_period(inside: tuple[str, str], period: Period, *measures: str) -> QuerySet[Cell]:
    """The cells of a period; months are listed, not bounded, so that each is one narrow range of the index."""
    terms = [term for measure in measures for term in terms_of(measure)]
    if period.grain is Grain.DAY:
        return spanning(inside, Span.DAY, terms).filter(start=period.start)
    return spanning(inside, Span.MONTH, terms).filter(start__in=rules.months_of(period))


def states_at(
    inside: tuple[str, str], state: str, days: Sequence[date], children: Sequence[AreaRow] = ()
) -> list[dict[str, int]]:
    """The state at the end of each of the days, by place (see `placed`)."""
    return _at(state, days, lambda span: placed(spanning(inside, span, [state]), children), "place")


def strata_at(inside: tuple[str, str], state: str, day: date) -> dict[str, int]:
    """The state at the end of a day, by stratum."""
    (found,) = _at(state, [day], lambda span: spanning(inside, span, [state]), "stratum")
    return found


def _at(state: str, days: Sequence[date], cells: Callable[[Span], QuerySet[Any]], by: str) -> list[dict[str, int]]:
    """All there ever was, less what came after each day: whole months where the state keeps them, then single days."""
    months = Span.MONTH in book().spans(state)
    whole = Span.MONTH if months else Span.DAY

    def last(day: date) -> date:
        return Period.of(Grain.MONTH, day).start if months else day

    ever = summed(cells(Span.EVER).filter(start=EVER), by)
    later = summed(cells(whole).filter(start__gt=last(min(days))), by, "start")
    found = []
    for day in days:
        month = Period.of(Grain.MONTH, day)
        sums = Counter({key: n for (key,), n in ever.items()})
        for (key, start), n in later.items():
            sums[key] -= n if start > last(day) else 0
        if months and day != month.last_day:
            rest = cells(Span.DAY).filter(start__gt=day, start__lt=month.end)
            sums.subtract({key: n for (key,), n in summed(rest, by).items()})
        found.append(dict(sums))
    return found


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
