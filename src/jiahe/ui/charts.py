"""Charts as plain ECharts options from frozen rows; assets/charts.js adds colours, language and theme.

The table under a chart is the truth: a chart has a sentence for those who cannot see it, and is never the only copy of
a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Different dashes and marks, so that colour is never the only difference
_DASHES = ("solid", "dashed", "dotted", [8, 3, 2, 3], [2, 5], [12, 4])
_MARKS = ("circle", "rect", "triangle", "diamond", "roundRect", "pin")


@dataclass(frozen=True, slots=True)
class Series:
    """One line or colour of bars; None where there is no number."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What `{% chart %}` draws: the sentence that stands for it, the legend's names, the ECharts option."""

    label: str
    names: tuple[str, ...]
    option: dict[str, Any]


def trend(*series: Series, at: Sequence[str], label: str, unit: str = "") -> Chart:
    """Lines over the period labels `at`; `label` says in one sentence what is to be seen."""
    lines = [
        {
            "type": "line",
            "name": line.name,
            "data": list(line.values),
            "symbol": _MARKS[n % len(_MARKS)],
            "symbolSize": 6,
            "showSymbol": len(at) <= 40,
            "lineStyle": {"type": _DASHES[n % len(_DASHES)], "width": 2},
            "connectNulls": False,
        }
        for n, line in enumerate(series)
    ]
    axes = {"xAxis": {"type": "category", "data": list(at), "boundaryGap": False}, "yAxis": _values(unit)}
    return _chart(series, label, unit, axes, lines)


def bars(*series: Series, at: Sequence[str], label: str, unit: str = "", across: bool = False) -> Chart:
    """Bars for the categories `at`; `across` lays them down, first at the top, for long names."""
    drawn = [{"type": "bar", "name": bar.name, "data": list(bar.values), "barMaxWidth": 28} for bar in series]
    categories: dict[str, Any] = {"type": "category", "data": list(at)}
    if across:
        axes = {"yAxis": categories | {"inverse": True}, "xAxis": _values(unit)}
    else:
        axes = {"xAxis": categories, "yAxis": _values(unit)}
    return _chart(series, label, "" if across else unit, axes, drawn)


def _chart(series: tuple[Series, ...], label: str, above: str, axes: dict[str, Any], drawn: list[Any]) -> Chart:
    grid = {"left": 8, "right": 16, "top": 28 if above else 12, "bottom": 4, "containLabel": True}
    return Chart(label, tuple(one.name for one in series), {"grid": grid, **_BASE, **axes, "series": drawn})


def _values(unit: str) -> dict[str, Any]:
    return {"type": "value", "name": unit, "minInterval": 0 if unit else 1}


_BASE: dict[str, Any] = {
    "animation": False,
    # drawn on the canvas: an HTML tooltip would need inline styles, which the content policy refuses
    "tooltip": {"trigger": "axis", "renderMode": "richText", "confine": True},
}
