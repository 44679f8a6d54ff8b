"""Working days: the statutory calendar with its make-up days, what a county adds, and what is not known yet.

A limit "is counted in working days, statutory holidays not included" (Administrative Licensing Law, article 82). Which
days these are, the State Council tells each year in November for the next. Of a year not told yet only the weekends are
known: a day counted in it is a guess, and whoever shows it must say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count, islice

import chinese_calendar

_DAY, _SATURDAY = timedelta(days=1), 5


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Days on which a county does not work (`off`), or does (`worked`), and years of which all days are known now."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: Monday to Friday without those `off`, and the `worked` days of weekends.

    `years` are those whose holidays are known. Two calendars that say the same are equal.
    """

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Whether `day` is a working day.

        >>> national = statutory()
        >>> national.works(date(2026, 2, 14)), national.works(date(2026, 2, 16))  # a made-up Saturday; New Year's eve
        (True, False)
        """
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def days_after(self, day: date) -> Iterator[date]:
        """The working days after `day`, without end."""
        return filter(self.works, (day + _DAY * n for n in count(1)))

    def after(self, day: date, days: int) -> date:
        """The `days`-th working day after `day`; `day` itself for 0.

        >>> statutory().after(date(2026, 2, 13), 1), statutory().after(date(2026, 2, 14), 1)
        (datetime.date(2026, 2, 14), datetime.date(2026, 2, 24))
        """
        return next(islice(self.days_after(day), days - 1, None)) if days else day

    def between(self, day: date, last: date) -> int:
        """How many working days come after `day`, up to and with `last`."""
        return sum(self.works(day + _DAY * n) for n in range(1, (last - day).days + 1))

    def numbered(self, first: date, last: date) -> dict[date, int]:
        """For each day from `first` to `last`, how many working days there were since, that day included."""
        found, count_ = {}, 0
        for n in range((last - first).days + 1):
            day = first + _DAY * n
            count_ += self.works(day)
            found[day] = count_
        return found

    def guessed(self, first: date, last: date) -> tuple[int, ...]:
        """The years from `first` to `last` of which only the weekends are known; empty when all is known.

        >>> statutory().guessed(date(2026, 12, 30), date(2027, 1, 8))
        (2027,)
        """
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)

    def adjusted(self, *adjustments: Adjustment) -> Calendar:
        """This calendar with what is added to it, in this order; a later one prevails."""
        off, worked, years = self.off, self.worked, self.years
        for each in adjustments:
            off = (off - each.worked) | {day for day in each.off if day.weekday() < _SATURDAY}
            worked = (worked - each.off) | {day for day in each.worked if day.weekday() >= _SATURDAY}
            years |= each.years
        return Calendar(off, worked, years)


@cache
def statutory() -> Calendar:
    """The calendar of the State Council's yearly notices as the package chinesecalendar tells it (from 2004 on)."""
    told = {day.year for day in chinese_calendar.holidays}
    worked = frozenset(day for day in chinese_calendar.workdays if day.weekday() >= _SATURDAY)
    off = (day for day in chinese_calendar.holidays if day.weekday() < _SATURDAY)
    return Calendar(frozenset(off) - chinese_calendar.workdays.keys(), worked, frozenset(told))
