"""Residents by sex and age as they are shown: the pyramid, its table, and the ages of each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jiahe.indicators import queries
from jiahe.indicators.queries import Aged, Pyramid
from jiahe.indicators.views.figures import Row, Tile, said, told, words
from jiahe.indicators.views.navigation import page_address
from jiahe.registry.facts import Sex
from jiahe.ui.charts import Chart, Series, bars

DRAWN = (Sex.MALE, Sex.FEMALE)
"""Who is drawn to the left and to the right of the middle; the others are in the table."""


def context(shown: Pyramid) -> dict[str, Any]:
    """Everything indicators/_population.html draws."""
    book = queries.book()
    bounds = book.dependencies[book.pyramid.body.dependency].body
    between = f"{bounds.young_below}–{bounds.old_from - 1}"
    bands = (f"0–{bounds.young_below - 1}", between, f"{bounds.old_from}+")
    return {
        "tiles": _tiles(shown),
        "told": told(shown.wholes),
        "note": words(book.pyramid.note),
        "pyramid": _chart(shown),
        "columns": [*(_sex(sex) for sex in DRAWN), *([_("Not stated")] if _others(shown) else []), _("Together")],
        "rows": [*_rows(shown), *_untold(shown)],
        "untold": any(shown.untold.values()),
        "sums": _sums(shown),
        "part_columns": [words(book.states[book.board.body.state].label), *bands, _dependency_label()],
        "parts": [_part(shown, part) for part in shown.parts],
        "whole": _numbers("sum", shown.whole),
    }


def _tiles(shown: Pyramid) -> list[Tile]:
    book = queries.book()
    state, layout = book.states[book.board.body.state], book.pyramid.body
    day = _("at the end of %(day)s") % {"day": date_format(shown.on, "DATE_FORMAT")}
    dependency, median = book.dependencies[layout.dependency], book.medians[layout.median]
    group = shown.median.label() if shown.median else "–"
    return [
        Tile(state.id, words(state.label), said(shown.whole.residents), day, words(state.note)),
        Tile(dependency.id, words(dependency.label), _ratio(shown.whole), "", words(dependency.note)),
        Tile(median.id, words(median.label), group, "", words(median.note)),
    ]


def _chart(shown: Pyramid) -> Chart:
    """Two grids of equal width and scale side by side, the left one turned round."""
    at = [group.label() for group in shown.groups]
    sides = [
        Series(_sex(sex), tuple(float(shown.people.get((sex, group), 0)) for group in shown.groups)) for sex in DRAWN
    ]
    place = {"area": words(shown.area.name), "day": date_format(shown.on, "DATE_FORMAT")}
    drawn = bars(
        *sides, at=at, label=_("Residents of %(area)s by sex and age at the end of %(day)s") % place, across=True
    )
    most = _rounded(max((value or 0 for side in sides for value in side.values), default=0))
    counts = {"type": "value", "min": 0, "max": most, "interval": most / 2, "minInterval": 1}
    ages = {"type": "category", "data": at}
    option = {
        **drawn.option,
        "grid": [{**_GRID, "left": 52, "right": "50%"}, {**_GRID, "left": "50%", "right": 52}],
        "xAxis": [
            {**counts, **_NAMED, "name": drawn.names[0], "inverse": True, "gridIndex": 0},
            {**counts, **_NAMED, "name": drawn.names[1], "gridIndex": 1, "axisLabel": {"showMinLabel": False}},
        ],
        "yAxis": [{**ages, "gridIndex": 0}, {**ages, "gridIndex": 1, "axisLabel": {"show": False}}],
        "axisPointer": {"link": [{"yAxisIndex": "all"}]},
        "series": [
            {**one, "xAxisIndex": n, "yAxisIndex": n, "barCategoryGap": "12%"}
            for n, one in enumerate(drawn.option["series"])
        ],
    }
    return Chart(drawn.label, drawn.names, option)


_GRID = {"top": 8, "bottom": 48}
_NAMED: dict[str, Any] = {"nameLocation": "middle", "nameGap": 28, "nameTextStyle": {"align": "center"}}


def _rounded(most: float) -> int:
    """The end of a scale that reaches over `most` and halves into whole numbers.

    >>> _rounded(0), _rounded(3), _rounded(41), _rounded(138), _rounded(4873)
    (2, 4, 42, 140, 5000)
    """
    step = max(2, 2 * 10 ** (floor(log10(max(most, 1))) - 1))
    return int(-(-max(most, 1) // step) * step)


def _rows(shown: Pyramid) -> list[Row]:
    """The oldest first, as in the chart."""
    rows = []
    for group in reversed(shown.groups):
        counts = _by_sex(shown, {sex: n for (sex, each), n in shown.people.items() if each == group})
        rows.append(Row(f"{group.low}", group.label(), "", [(f"age.{group.low}.{id_}", said(n)) for id_, n in counts]))
    return rows


def _untold(shown: Pyramid) -> list[Row]:
    if not any(shown.untold.values()):
        return []
    counts = _by_sex(shown, shown.untold)
    return [Row("untold", _("Not told apart"), "", [(f"age.untold.{id_}", said(n)) for id_, n in counts])]


def _sums(shown: Pyramid) -> list[tuple[str, str]]:
    sums = Counter(shown.untold)
    for (sex, _group), n in shown.people.items():
        sums[sex] += n
    return [(f"age.sum.{id_}", said(n)) for id_, n in _by_sex(shown, sums)]


def _by_sex(shown: Pyramid, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    known = [(str(sex), counts.get(sex, 0)) for sex in DRAWN]
    others = sum(n for sex, n in counts.items() if sex not in DRAWN)
    return [*known, *([("other", others)] if _others(shown) else []), ("both", sum(counts.values()))]


def _others(shown: Pyramid) -> bool:
    sexes = [*(sex for (sex, _group), n in shown.people.items() if n), *(sex for sex, n in shown.untold.items() if n)]
    return any(sex not in DRAWN for sex in sexes)


def _part(shown: Pyramid, part: Aged) -> Row:
    if part.area is None:
        return Row("", _("Former or unnamed areas"), "", _numbers("", part))
    where = page_address("population", part.area.code, shown.period)
    return Row(part.area.code, words(part.area.name), where, _numbers(part.area.code, part))


def _numbers(row: str, part: Aged) -> list[tuple[str, str]]:
    counts: Sequence[tuple[str, int]] = (
        ("residents", part.residents), ("young", part.young), ("between", part.between), ("old", part.old),
    )  # fmt: skip
    return [*((f"{row}.{id_}", said(n)) for id_, n in counts), (f"{row}.dependency", _ratio(part))]


def _ratio(part: Aged) -> str:
    return "–" if part.dependency is None else said(part.dependency, 1)


def _dependency_label() -> str:
    book = queries.book()
    return words(book.dependencies[book.pyramid.body.dependency].label)


def _sex(sex: Sex) -> str:
    return {Sex.MALE: _("Male"), Sex.FEMALE: _("Female")}[sex]
