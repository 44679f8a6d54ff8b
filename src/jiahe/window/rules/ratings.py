"""What ratings say, and how surely; until when a bad one is to be called back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jiahe.window.rules.calendar import Calendar

RATED_WITHIN = timedelta(days=30)
"""So long after the end a case can be rated, and a rating be changed."""
BAD = 2
"""A rating up to this is followed up."""
FEWEST = 10
"""Fewer ratings than this are not broken down: who gave them could be told, and they say little."""
BEGIN_WITHIN, ANSWER_WITHIN = 1, 5
"""Working days after a bad rating within which somebody opens it, and calls back (國辦發〔2019〕51號)."""
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Shares:
    """Ratings of a group: how many cases `ended`, how many were `rated`; how many of each score, and the share of bad
    ones with its exact 95 % limits, unless they are too few (`by_score` is None)."""

    ended: int
    rated: int
    by_score: tuple[int, ...] | None = None
    bad: float = 0.0
    low: float = 0.0
    high: float = 1.0

    @property
    def silent(self) -> int:
        """How many did not rate. That they were satisfied, nobody knows."""
        return self.ended - self.rated


def shares(ended: int, scores: Mapping[int, int]) -> Shares:
    """What `scores` (how many of each, 1 to 5) say of `ended` cases.

    >>> shares(40, {1: 1, 2: 2, 5: 17})
    Shares(ended=40, rated=20, by_score=(1, 2, 0, 0, 17), bad=0.15, low=0.03207..., high=0.37892...)
    >>> shares(40, {1: 9}).by_score is None, shares(40, {1: 9}).silent
    (True, 31)
    """
    rated = sum(scores.values())
    if rated < FEWEST:
        return Shares(ended, rated)
    counts = tuple(scores.get(score, 0) for score in range(1, 6))
    part = sum(counts[:BAD])
    return Shares(ended, rated, counts, part / rated, *_limits(part, rated))


def begin_by(rated_on: date, calendar: Calendar) -> date:
    """The last day on which somebody opens a bad rating."""
    return calendar.after(rated_on, BEGIN_WITHIN)


def answer_by(rated_on: date, calendar: Calendar) -> date:
    """The last day on which who rated badly is called back.

    >>> from jiahe.window.rules.calendar import statutory
    >>> answer_by(date(2026, 9, 30), statutory())  # National Day until the seventh; Saturday the tenth is worked
    datetime.date(2026, 10, 13)
    """
    return calendar.after(rated_on, ANSWER_WITHIN)


def _limits(part: int, whole: int) -> tuple[float, float]:
    """Exact limits of a proportion (Clopper and Pearson, 1934)."""
    from scipy.special import betaincinv  # late: takes a third of a second, and only this page needs it

    low = float(betaincinv(part, whole - part + 1, _TAIL)) if part else 0.0
    high = float(betaincinv(part + 1, whole - part, 1 - _TAIL)) if part < whole else 1.0
    return low, high
