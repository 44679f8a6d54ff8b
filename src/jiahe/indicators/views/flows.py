"""Moves between areas as they are shown: from in the rows, to in the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jiahe.indicators import queries
from jiahe.indicators.definitions import ELSEWHERE
from jiahe.indicators.queries import FORMER, Flows
from jiahe.indicators.views.figures import Row, Tile, said, words
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
    near = [part.code for part in shown.parts]
    every = [*near, *([FORMER] if _former(shown) else []), ELSEWHERE]
    origins = _sides(every, {origin for (origin, _to), n in shown.arrivals.items() if n})
    ends = _sides(every, {to for (_from, to), n in shown.departures.items() if n})
    here = [side for side in every if side != ELSEWHERE]
    return {
        "tiles": _tiles(shown),
        "note": words(queries.book().flows.note),
        "tables": [
            _table(shown, "in", _("Moves in: where from and where to"), shown.arrivals, origins, here),
            _table(shown, "out", _("Moves out: where from and where to"), shown.departures, here, ends),
        ],
    }


def _tiles(shown: Flows) -> list[Tile]:
    came = sum(n for (origin, _to), n in shown.arrivals.items() if origin == ELSEWHERE)
    within = sum(shown.arrivals.values()) - came
    left = sum(n for (_from, to), n in shown.departures.items() if to == ELSEWHERE)
    across = _("From elsewhere less to elsewhere. A move within the area does not change it.")
    return [
        Tile("came", _("From elsewhere"), said(came), "", ""),
        Tile("within", _("Within the area"), said(within), "", ""),
        Tile("left", _("To elsewhere"), said(left), "", ""),
        Tile("across", _("Net over the border of the area"), said(came - left), f"{said(came)} − {said(left)}", across),
    ]


def _table(
    shown: Flows,
    id_: str,
    title: str,
    moves: Mapping[tuple[str, str], int],
    rows: Sequence[str],
    columns: Sequence[str],
) -> Table:
    names, known = _names(shown), {part.code for part in shown.parts}
    drill = len(shown.parts) > 1 or shown.parts[0].code != shown.area.code

    def numbers(row: str, counts: Sequence[int]) -> list[tuple[str, str]]:
        ids = [*columns, "sum"]
        return [(f"{id_}.{row}.{column}", said(n)) for column, n in zip(ids, [*counts, sum(counts)], strict=True)]

    def row(origin: str) -> Row:
        where = page_address("moves", origin, shown.period) if drill and origin in known else ""
        return Row(origin, names[origin], where, numbers(origin, [moves.get((origin, to), 0) for to in columns]))

    sums = [sum(n for (_from, each), n in moves.items() if each == to) for to in columns]
    return Table(
        id_, title, [*(names[to] for to in columns), _("Together")], list(map(row, rows)), numbers("sum", sums)
    )


def _names(shown: Flows) -> dict[str, str]:
    parts = {part.code: words(part.name) for part in shown.parts}
    return {**parts, FORMER: _("Former or unnamed areas"), ELSEWHERE: _("Elsewhere")}


def _former(shown: Flows) -> bool:
    return any(n and FORMER in sides for moves in (shown.arrivals, shown.departures) for sides, n in moves.items())


def _sides(every: Sequence[str], named: set[str]) -> list[str]:
    """Those of the far sides that were named at all, and elsewhere."""
    return [side for side in every if side in named or side == ELSEWHERE]
