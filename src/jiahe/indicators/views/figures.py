"""From figures to what the board says: words in the reader's language, numbers with their separators, charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isinf
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.languages import Text
from jiahe.indicators import queries
from jiahe.indicators.queries import Figures, Part, Whole
from jiahe.indicators.rules import Estimate
from jiahe.indicators.views.navigation import address
from jiahe.ui.charts import Chart, Series, bars, trend

STATE, NAME = "state", "name"


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its name; `under` says what it is of, or how sure it is."""

    id: str
    label: str
    number: str
    under: str
    note: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table by area; `sort` leads to the table sorted by it, `sorted` is for aria-sort."""

    label: str
    sort: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Row:
    """An area's row; `address` is empty where there is nothing to go down to."""

    id: str
    name: str
    address: str
    numbers: list[tuple[str, str]]


def context(shown: Figures, *, sort: str) -> dict[str, Any]:
    """Everything indicators/_body.html draws."""
    layout = queries.book().board.body
    columns = (STATE, *layout.tiles)
    parts = _sorted(shown.parts, sort)
    return {
        "tiles": [_state_tile(shown), *(_count_tile(shown, id_) for id_ in layout.tiles)],
        "rates": [_rate_tile(shown, id_) for id_ in layout.rates],
        "trend": _trend(shown),
        "trend_columns": [_label(id_) for id_ in layout.trend],
        "trend_rows": _trend_rows(shown),
        "bars": _bars(shown, layout.bars),
        "columns": [_column(shown, id_, sort) for id_ in (NAME, *columns)] if parts else [],
        "rows": [_row(shown, part, columns) for part in parts],
        "sums": _numbers("sum", columns, shown.counts, shown.state),
        "told": told(shown.wholes),
        "reported": {"reported": said(shown.reported), "villages": said(shown.villages)},
    }


def said(number: float, places: int = 0) -> str:
    """A number with separators for thousands and a real minus sign.

    >>> said(1234567), said(-12), said(10.96, 1)
    ('1,234,567', '−12', '11.0')
    """
    if isinf(number):
        return "∞"
    return f"{number:,.{places}f}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Telling:
    """How many areas are told as a whole, and of which of them nothing new was told for longest."""

    count: int
    name: str
    at: datetime


def told(wholes: Sequence[Whole]) -> Telling | None:
    """What indicators/_told.html says; None where nothing is told as a whole."""
    return Telling(len(wholes), words(wholes[0].area.name), wholes[0].at) if wholes else None


def words(text: Text) -> str:
    """In the reader's language."""
    return text.in_language(get_language() or "en")


def _label(id_: str) -> str:
    book = queries.book()
    if id_ == STATE:
        return words(book.states[book.board.body.state].label)
    if id_ == NAME:
        return _("Area")
    return words((book.counts.get(id_) or book.differences[id_]).label)


def _state_tile(shown: Figures) -> Tile:
    book = queries.book()
    state = book.states[book.board.body.state]
    day = _("at the end of %(day)s") % {"day": date_format(shown.on, "DATE_FORMAT")}
    return Tile(state.id, words(state.label), said(shown.state), day, words(state.note))


def _count_tile(shown: Figures, id_: str) -> Tile:
    book = queries.book()
    count = book.counts.get(id_)
    if count is not None:
        return Tile(id_, words(count.label), said(shown.counts[id_]), "", words(count.note))
    difference = book.differences[id_]
    sides = (said(shown.counts[side]) for side in (difference.body.plus, difference.body.minus))
    return Tile(id_, words(difference.label), said(shown.counts[id_]), " − ".join(sides), words(difference.note))


def _rate_tile(shown: Figures, id_: str) -> Tile:
    book = queries.book()
    definition = book.rates.get(id_) or book.ratios[id_]
    return Tile(id_, words(definition.label), *_estimate(shown.rates[id_]), note=words(definition.note))


def _estimate(found: Estimate) -> tuple[str, str]:
    """The value with its limits; the bare count where the value cannot be said."""
    if found.value is None or found.low is None or found.high is None:
        return "–", _("Too few to say: %(events)s events") % {"events": said(found.events)}
    limits = {"low": said(found.low, 1), "high": said(found.high, 1)}
    return said(found.value, 1), _("95%% limits: %(low)s to %(high)s") % limits


def _trend(shown: Figures) -> Chart:
    lines = [Series(_label(id_), tuple(map(float, numbers))) for id_, numbers in shown.trend.items()]
    months = [f"{month:%Y-%m}" for month in shown.months]
    place = {"area": words(shown.area.name), "first": months[0], "last": months[-1]}
    return trend(*lines, at=months, label=_("%(area)s, month by month from %(first)s to %(last)s") % place)


def _trend_rows(shown: Figures) -> list[Row]:
    rows = []
    for place, month in reversed(list(enumerate(shown.months))):
        name = f"{month:%Y-%m}"
        numbers = [(f"{name}.{id_}", said(line[place])) for id_, line in shown.trend.items()]
        rows.append(Row(name, name, "", numbers))
    return rows


def _bars(shown: Figures, ids: Sequence[str]) -> Chart | None:
    if not shown.parts:
        return None
    drawn = [Series(_label(id_), tuple(float(part.counts[id_]) for part in shown.parts)) for id_ in ids]
    label = _("%(area)s by area, %(period)s") % {"area": words(shown.area.name), "period": shown.period.label()}
    return bars(*drawn, at=[_name(part) for part in shown.parts], label=label, across=True)


def _sorted(parts: Sequence[Part], sort: str) -> list[Part]:
    """By the column `sort` ("-births": greatest first); by code, as the map lists them, if there is no such column.
    What belongs to no area of today stays last."""
    by = sort.removeprefix("-")
    known = [part for part in parts if part.area is not None]
    if by == NAME:
        known.sort(key=_name, reverse=sort.startswith("-"))
    elif by == STATE:
        known.sort(key=lambda part: part.state, reverse=sort.startswith("-"))
    elif parts and by in parts[0].counts:
        known.sort(key=lambda part: part.counts[by], reverse=sort.startswith("-"))
    return known + [part for part in parts if part.area is None]


def _column(shown: Figures, id_: str, sort: str) -> Column:
    first, then = (id_, f"-{id_}") if id_ == NAME else (f"-{id_}", id_)
    ways = {id_: "ascending", f"-{id_}": "descending"}
    return Column(
        _label(id_), address(shown.area.code, shown.period, then if sort == first else first), ways.get(sort, "")
    )


def _row(shown: Figures, part: Part, columns: Sequence[str]) -> Row:
    code = part.area.code if part.area else ""
    where = address(code, shown.period) if code else ""
    return Row(code, _name(part), where, _numbers(code, columns, part.counts, part.state))


def _numbers(row: str, columns: Sequence[str], counts: Any, state: int) -> list[tuple[str, str]]:
    return [(f"{row}.{id_}", said(state if id_ == STATE else counts[id_])) for id_ in columns]


def _name(part: Part) -> str:
    return words(part.area.name) if part.area else _("Former or unnamed areas")
