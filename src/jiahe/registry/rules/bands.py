"""Age bands by which a roster may be narrowed: by what services are offered at an age, never by bearing children."""

from datetime import date

from jiahe.registry.rules.keeping import years_after

BANDS = {"0-2": (0, 3), "3-6": (3, 7), "7-17": (7, 18), "18-59": (18, 60), "60-79": (60, 80), "80+": (80, 200)}
"""Completed years, from and up to (not including)."""


def born_between(band: str, today: date) -> tuple[date, date] | None:
    """The days of birth, both included, of those who are in the band today; None for no band.

    >>> born_between("0-2", date(2026, 11, 25)) == (date(2023, 11, 26), date(2026, 11, 25))
    True
    """
    if band not in BANDS:
        return None
    youngest, beyond = BANDS[band]
    return _after(years_after(today, -beyond)), years_after(today, -youngest)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
