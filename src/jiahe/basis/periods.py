"""Calendar periods: a day, month, quarter or year, and their neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class Grain(StrEnum):
    """The length of a period."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One calendar period from `start` (its first day) up to `end` (the first day after it).

    >>> Period.of(Grain.QUARTER, date(2026, 11, 23))
    Period(start=datetime.date(2026, 10, 1), grain=<Grain.QUARTER: 'quarter'>)
    """

    start: date
    grain: Grain

    def __post_init__(self) -> None:
        if self.start != _first_day(self.grain, self.start):
            raise ValueError(f"{self.start} does not begin a {self.grain}")

    @classmethod
    def of(cls, grain: Grain, day: date) -> Self:
        """The period of that grain in which `day` lies."""
        return cls(_first_day(grain, day), grain)

    @property
    def end(self) -> date:
        """The first day after the period."""
        if self.grain is Grain.DAY:
            return self.start + timedelta(days=1)
        return _add_months(self.start, _MONTHS[self.grain])

    @property
    def last_day(self) -> date:
        """The last day in the period."""
        return self.end - timedelta(days=1)

    def next(self) -> Self:
        """The period that follows."""
        return type(self)(self.end, self.grain)

    def previous(self) -> Self:
        """The period before."""
        return type(self).of(self.grain, self.start - timedelta(days=1))

    def until(self, last: Self) -> Iterator[Self]:
        """This period and those after it, up to and with `last`."""
        period = self
        while period.start <= last.start:
            yield period
            period = period.next()

    def label(self) -> str:
        """A short sign, the same in every language (ISO 8601 where there is one).

        >>> [Period.of(grain, date(2026, 11, 23)).label() for grain in Grain]
        ['2026-11-23', '2026-11', '2026-Q4', '2026']
        """
        match self.grain:
            case Grain.DAY:
                return self.start.isoformat()
            case Grain.MONTH:
                return f"{self.start:%Y-%m}"
            case Grain.QUARTER:
                return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
            case Grain.YEAR:
                return f"{self.start.year}"


def _first_day(grain: Grain, day: date) -> date:
    if grain is Grain.DAY:
        return day
    span = _MONTHS[grain]
    return day.replace(month=(day.month - 1) // span * span + 1, day=1)


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return day.replace(year=index // 12, month=index % 12 + 1)
