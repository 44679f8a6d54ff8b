"""What numbers may be said, and how surely: exact limits, rates, ratios, and the periods a board may ask for.

All limits are two-sided at 95 %. Counts are exact; the limits say how far chance alone could have moved them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot, inf

from jiahe.basis.periods import Grain, Period

TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rate or ratio with its limits; `value` is None when the `events`, or those they befell, are too few."""

    events: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


def poisson_limits(events: int) -> tuple[float, float]:
    """Exact limits of a Poisson mean of which `events` were seen (Garwood, 1936).

    >>> [round(limit, 3) for limit in poisson_limits(10)], [round(limit, 3) for limit in poisson_limits(0)]
    ([4.795, 18.39], [0.0, 3.689])
    """
    from scipy.special import gammaincinv  # late: takes a third of a second, and only boards need it

    low = float(gammaincinv(events, TAIL)) if events else 0.0
    return low, float(gammaincinv(events + 1, 1 - TAIL))


def binomial_limits(part: int, whole: int) -> tuple[float, float]:
    """Exact limits of a proportion of which `part` of `whole` were seen (Clopper and Pearson, 1934).

    >>> [round(limit, 4) for limit in binomial_limits(8, 20)], binomial_limits(0, 0)
    ([0.1912, 0.6395], (0.0, 1.0))
    """
    from scipy.special import betaincinv

    low = float(betaincinv(part, whole - part + 1, TAIL)) if part else 0.0
    high = float(betaincinv(part + 1, whole - part, 1 - TAIL)) if part < whole else 1.0
    return low, high


def rate(events: int, *, less: int | None = None, years: float, per: int, minimum: int) -> Estimate:
    """`events` (less others) for `per` person-years; each must be at least `minimum`. Limits of a difference are
    recovered from the exact limits of both sides (Zou and Donner, 2008).

    >>> rate(120, years=10_000.0, per=1000, minimum=20)
    Estimate(events=120, value=12.0, low=9.949..., high=14.349...)
    >>> rate(19, years=10_000.0, per=1000, minimum=20).value is None
    True
    >>> rate(120, less=100, years=10_000.0, per=1000, minimum=20)
    Estimate(events=220, value=2.0, low=-0.98..., high=4.99...)
    """
    seen = events + (less or 0)
    if min(events, events if less is None else less) < minimum or years <= 0:
        return Estimate(seen)
    low, high = poisson_limits(events)
    if less is not None:
        other_low, other_high = poisson_limits(less)
        middle = events - less
        low, high = middle - hypot(events - low, other_high - less), middle + hypot(high - events, less - other_low)
        return Estimate(seen, middle / years * per, low / years * per, high / years * per)
    return Estimate(seen, events / years * per, low / years * per, high / years * per)


def ratio(part: int, other: int, *, per: int, minimum: int) -> Estimate:
    """`per` times `part` over `other`, as of boys to girls.

    >>> ratio(105, 100, per=100, minimum=100)
    Estimate(events=205, value=105.0, low=79.07..., high=139.4...)
    >>> ratio(9, 8, per=100, minimum=100)
    Estimate(events=17, value=None, low=None, high=None)
    """
    events = part + other
    if events < minimum or not other:
        return Estimate(events)
    low, high = binomial_limits(part, events)
    return Estimate(events, part / other * per, low / (1 - low) * per, high / (1 - high) * per if high < 1 else inf)


def years_in(start: date, end: date) -> float:
    """The share of years from `start` up to `end`, each year as long as it is: a full year is exactly 1.

    >>> years_in(date(2024, 1, 1), date(2025, 1, 1)), years_in(date(2023, 12, 1), date(2024, 1, 1)) * 365
    (1.0, 31.0)
    """
    if end <= start:
        return 0.0
    year_end = date(start.year + 1, 1, 1)
    here = (min(end, year_end) - start).days / (year_end - date(start.year, 1, 1)).days
    return here + years_in(year_end, end)


def period_from(label: str) -> Period | None:
    """The period that `Period.label()` wrote so; None for anything else.

    >>> period_from("2026-Q4"), period_from("2026-13"), period_from("2026-11-23").grain.value
    (Period(start=datetime.date(2026, 10, 1), grain=<Grain.QUARTER: 'quarter'>), None, 'day')
    """
    found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?", label, re.ASCII)
    if found is None:
        return None
    year, quarter, month, day = found.groups()
    grain = Grain.DAY if day else Grain.QUARTER if quarter else Grain.MONTH if month else Grain.YEAR
    try:
        return Period(date(int(year), int(month or int(quarter or 1) * 3 - 2), int(day or 1)), grain)
    except ValueError:
        return None


def months_of(period: Period) -> list[date]:
    """The first days of the months in a month, quarter or year."""
    first, last = Period.of(Grain.MONTH, period.start), Period.of(Grain.MONTH, period.last_day)
    return [month.start for month in first.until(last)]


def last_months(day: date, count: int) -> list[date]:
    """The first days of the `count` months that end with the month of `day`, oldest first.

    >>> [month.isoformat() for month in last_months(date(2026, 1, 31), 3)]
    ['2025-11-01', '2025-12-01', '2026-01-01']
    """
    month, months = Period.of(Grain.MONTH, day), list[date]()
    for _ in range(count):
        months.insert(0, month.start)
        month = month.previous()
    return months


def lived_through(period: Period, today: date) -> date:
    """The first day of the period that has not yet passed, or its end: rates are taken over days that were lived."""
    return max(period.start, min(period.end, today + timedelta(days=1)))


def container(code: str, children: Iterable[str | None]) -> str | None:
    """Which of `children` the area `code` is or lies in; None if in none of them.

    >>> container("411723101001", ["411723100", "411723101"]), container("411723", ["411723101"])
    ('411723101', None)
    """
    return next((child for child in children if child and code.startswith(child)), None)
