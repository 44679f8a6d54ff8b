"""Moves between areas as they are shown: from in the rows, to in the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jiahe.indicators import queries
from jiahe.indicators.definitions import ELSEWHERE
from jiahe.indicators.queries import FORMER, UNTOLD, Flows
from jiahe.indicators.views.figures import Row, Tile, said, told, words
from jiahe.indicators.views.navigation import page_address

Moves = Mapping[tuple[str, str], int]
"""How many, by (from, to)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Moves by where from (rows) and where to (columns); `sums` is the last row, by column, with all of them."""

    id: str
    title: str
    columns: list[str]
    rows: list[Row]
    sums: list[tuple[str, str]]


def context(shown: Flows) -> dict[str, Any]:
    """Everything indicators/_moves.html draws."""
    every = [*(part.code for part in shown.parts), FORMER, ELSEWHERE, UNTOLD]
    arrivals = _table(shown, "in", _("Moves in: where from and where to"), shown.arrivals, every)
    departures = _table(shown, "out", _("Moves out: where from and where to"), shown.departures, every)
    return {
        "tiles": _tiles(shown),
        "told": told(shown.wholes),
        "note": words(queries.book().flows.note),
        "untold": any(n and UNTOLD in sides for sides, n in (*shown.arrivals.items(), *shown.departures.items())),
        "tables": [arrivals, departures],
    }


def _tiles(shown: Flows) -> list[Tile]:
    into, out = sum(shown.arrivals.values()), sum(shown.departures.values())
    came = sum(n for (origin, _to), n in shown.arrivals.items() if origin == ELSEWHERE)
    left = sum(n for (_from, to), n in shown.departures.items() if to == ELSEWHERE)
    untold = sum(n for (origin, _to), n in shown.arrivals.items() if origin == UNTOLD)
    across = _("All moves in less all moves out. A move within the area does not change it.")
    return [
        Tile("came", _("From elsewhere"), said(came), "", ""),
        Tile("within", _("Within the area"), said(into - came - untold), "", ""),
        Tile("left", _("To elsewhere"), said(left), "", ""),
        Tile("across", _("Net over the border of the area"), said(into - out), f"{said(into)} − {said(out)}", across),
    ]


def _table(shown: Flows, id_: str, title: str, moves: Moves, every: Sequence[str]) -> Table:
    """Only sides that have moves; all together first, where a narrow screen begins."""
    rows = [side for side in every if any(n for (origin, _to), n in moves.items() if origin == side)]
    columns = [side for side in every if any(n for (_from, to), n in moves.items() if to == side)]
    names, known = _names(shown), {part.code for part in shown.parts}
    drill = shown.parts[0].code != shown.area.code

    def numbers(row: str, counts: Sequence[int]) -> list[tuple[str, str]]:
        return [(f"{id_}.{row}.{side}", said(n)) for side, n in zip(("sum", *columns), counts, strict=True)]

    def row(origin: str) -> Row:
        counts = [moves.get((origin, to), 0) for to in columns]
        where = page_address("moves", origin, shown.period) if drill and origin in known else ""
        return Row(origin, names[origin], where, numbers(origin, [sum(counts), *counts]))

    sums = [sum(n for (_from, each), n in moves.items() if each == to) for to in columns]
    heads = [_("Together"), *(names[to] for to in columns)]
    return Table(id_, title, heads, [row(origin) for origin in rows], numbers("sum", [sum(sums), *sums]))


def _names(shown: Flows) -> dict[str, str]:
    parts = {part.code: words(part.name) for part in shown.parts}
    return {**parts, FORMER: _("Former or unnamed areas"), ELSEWHERE: _("Elsewhere"), UNTOLD: _("Not told apart")}
