"""Sums over the whole area of a node: what goes up to a city instead of facts."""

from calendar import monthrange
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db import connection

from jiahe.indicators.definitions.above import SumKey, as_told, in_fives
from jiahe.indicators.facts import Span
from jiahe.indicators.models import Cell, Changed
from jiahe.indicators.queries.cells import book, summed


class Sum(NamedTuple):
    """What a measure comes to over all areas, and the mark of its last change."""

    measure: str
    span: str
    start: date
    stratum: str
    n: int
    mark: int


def changed_sums(most: int) -> list[Sum]:
    """At most so many of the sums that changed since the node above was told, as it is told them: those that go up in
    fives last."""
    exact = _exact(most)
    return exact + _told_in_fives(most - len(exact))


def _exact(most: int) -> list[Sum]:
    fine = list(in_fives(book()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT changed.measure, changed.span, changed.start, changed.stratum, COALESCE(SUM(cell.n), 0), "  # noqa: S608
            f"changed.mark FROM (SELECT * FROM indicators_changed WHERE measure NOT IN ({_places(fine)}) "
            "ORDER BY measure, span, start, stratum LIMIT %s) "
            "AS changed LEFT JOIN indicators_cell AS cell ON cell.measure = changed.measure "
            "AND cell.span = changed.span AND cell.start = changed.start AND cell.stratum = changed.stratum "
            "GROUP BY changed.measure, changed.span, changed.start, changed.stratum, changed.mark",
            [*fine, most],
        )
        rows = cursor.fetchall()
    return [
        Sum(measure, span, date.fromisoformat(str(start)), stratum, int(n), mark)
        for measure, span, start, stratum, n, mark in rows
    ]


def _told_in_fives(most: int) -> list[Sum]:
    """The others, of which each month is told from all its days."""
    columns = ("measure", "span", "start", "stratum")
    changed = Changed.objects.filter(measure__in=in_fives(book())).order_by(*columns)
    rows = list(changed.values_list(*columns, "mark")[:most])
    asked: dict[tuple[str, str], set[date]] = defaultdict(set)
    for measure, span, start, _, _ in rows:
        if span == Span.MONTH:
            asked[measure, Span.DAY.value].update(_days(start))
        else:
            asked[measure, span].add(start)
    sums: dict[SumKey, int] = {}
    for (measure, span), starts in asked.items():
        cells = Cell.objects.filter(measure=measure, span=span, start__in=starts)
        for (start, stratum), n in summed(cells, "start", "stratum").items():
            sums[measure, span, start.isoformat(), stratum] = n
    told = as_told(book(), sums)
    return [
        Sum(measure, span, start, stratum, told[measure, span, start.isoformat(), stratum], mark)
        for measure, span, start, stratum, mark in rows
    ]


def _days(month: date) -> list[date]:
    return [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]


def _places(values: list[str]) -> str:
    return ", ".join(["''", *["%s"] * len(values)])


def held_sums(area: str) -> list[tuple[str, str, date, str]]:
    """Of which sums there is a number of exactly this area: measure, span, start, stratum."""
    found = Cell.objects.filter(area=area).order_by("measure", "span", "start", "stratum")
    return list(found.values_list("measure", "span", "start", "stratum"))
