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
    return f"{reverse('indicators:board', args=[area])}?period={period.label()}" + (f"&sort={sort}" if sort else "")


def trail(area: str, top: str, period: Period, *, on: date) -> list[tuple[str, str]]:
    """Names and addresses from the reader's own area down to this one; the last has no address."""
    rows = [row for row in places.path(area, on=on) if lies_in(row.code, top)]
    language = get_language() or "en"
    return [(row.name.in_language(language), "" if row.code == area else address(row.code, period)) for row in rows]


def choice(area: str, period: Period, *, today: date) -> Choice:
    """The same area in other periods. The future is not offered."""
    day = min(period.last_day, today)
    names = {Grain.MONTH: _("Month"), Grain.QUARTER: _("Quarter"), Grain.YEAR: _("Year")}
    now = Period.of(period.grain, today)
    return Choice(
        label=period_name(period),
        grains=[(name, address(area, Period.of(grain, day)), grain is period.grain) for grain, name in names.items()],
        previous=address(area, period.previous()) if period.start > date(1950, 1, 1) else "",
        next=address(area, period.next()) if period.next().start <= today else "",
        now=address(area, now) if now != period else "",
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
