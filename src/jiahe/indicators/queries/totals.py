"""Sums over the whole area of a node: what goes up to a city instead of facts."""

from datetime import date
from typing import NamedTuple

from django.db import connection

from jiahe.indicators.models import Cell


class Sum(NamedTuple):
    """What a measure comes to over all areas, and the mark of its last change."""

    measure: str
    span: str
    start: date
    stratum: str
    n: int
    mark: int


def changed_sums(most: int) -> list[Sum]:
    """At most so many of the sums that changed since the node above was told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT changed.measure, changed.span, changed.start, changed.stratum, COALESCE(SUM(cell.n), 0), "
            "changed.mark FROM (SELECT * FROM indicators_changed ORDER BY measure, span, start, stratum LIMIT %s) "
            "AS changed LEFT JOIN indicators_cell AS cell ON cell.measure = changed.measure "
            "AND cell.span = changed.span AND cell.start = changed.start AND cell.stratum = changed.stratum "
            "GROUP BY changed.measure, changed.span, changed.start, changed.stratum, changed.mark",
            [most],
        )
        rows = cursor.fetchall()
    return [
        Sum(measure, span, date.fromisoformat(str(start)), stratum, int(n), mark)
        for measure, span, start, stratum, n, mark in rows
    ]


def held_sums(area: str) -> list[tuple[str, str, date, str]]:
    """Of which sums there is a number of exactly this area: measure, span, start, stratum."""
    found = Cell.objects.filter(area=area).order_by("measure", "span", "start", "stratum")
    return list(found.values_list("measure", "span", "start", "stratum"))
