"""Ways over the board: up and down the areas, back and forth in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.areas import lies_in
from jiahe.basis.periods import Grain, Period
from jiahe.places import queries as places


@dataclass(frozen=True, slots=True)
class Choice:
    """The periods one can go to from here; an empty address leads nowhere."""

    label: str
    grains: list[tuple[str, str, bool]]
    previous: str
    next: str
    now: str


def address(area: str, period: Period, sort: str = "") -> str:
    """The board of an area and period."""
    return page_address("board", area, period) + (f"&sort={sort}" if sort else "")


def page_address(page: str, area: str, period: Period) -> str:
    """One of the board's pages, of an area and period."""
    return f"{reverse(f'indicators:{page}', args=[area])}?period={period.label()}"


def pages(page: str, area: str, period: Period) -> list[tuple[str, str, bool]]:
    """The board's pages: name, address, and whether it is this one."""
    names = {"board": _("Overview"), "population": _("Sex and age"), "moves": _("Moves")}
    return [(name, page_address(each, area, period), each == page) for each, name in names.items()]


def trail(page: str, area: str, top: str, period: Period, *, on: date) -> list[tuple[str, str]]:
    """Names and addresses from the reader's own area down to this one; the last has no address."""
    rows = [row for row in places.path(area, on=on) if lies_in(row.code, top)]
    language = get_language() or "en"

    def where(code: str) -> str:
        return "" if code == area else page_address(page, code, period)

    return [(row.name.in_language(language), where(row.code)) for row in rows]


def choice(page: str, area: str, period: Period, *, today: date) -> Choice:
    """The same area in other periods. The future is not offered."""
    day = min(period.last_day, today)

    def where(other: Period) -> str:
        return page_address(page, area, other)

    names = {Grain.MONTH: _("Month"), Grain.QUARTER: _("Quarter"), Grain.YEAR: _("Year")}
    now = Period.of(period.grain, today)
    return Choice(
        label=period_name(period),
        grains=[(name, where(Period.of(grain, day)), grain is period.grain) for grain, name in names.items()],
        previous=where(period.previous()) if period.start > date(1950, 1, 1) else "",
        next=where(period.next()) if period.next().start <= today else "",
        now=where(now) if now != period else "",
    )


def period_name(period: Period) -> str:
    """The period in the reader's language."""
    match period.grain:
        case Grain.DAY:
            return date_format(period.start, "DATE_FORMAT")
        case Grain.MONTH:
            return date_format(period.start, "YEAR_MONTH_FORMAT")
        case Grain.QUARTER:
            quarter = (period.start.month + 2) // 3
            return _("Quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": period.start.year}
        case Grain.YEAR:
            return _("%(year)s") % {"year": period.start.year}
