"""Pure answers about staff: who may try again when, which sessions have run out, what a user name is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from jiahe.basis.languages import Text

IDLE = timedelta(minutes=30)
"""A session nobody uses for so long ends (ASVS 5.0 section 7.3.1)."""
LONGEST = timedelta(hours=12)
"""A session ends so long after log-in in any case (ASVS 5.0 section 7.3.2)."""
WINDOW = timedelta(minutes=15)
"""Failed tries count for so long."""
PAIR_LIMIT = 5
"""Failed tries of one user from one source within WINDOW; then that source waits."""
CROWD_LIMIT = 20
"""Failed tries of one user, or from one address, within WINDOW; then unknown sources slow down."""
SLOW = timedelta(minutes=1)
"""Between two tries of a slowed source."""
ONE_TIME = timedelta(days=7)
"""A one-time password is good for so long."""
DRAFT_KEPT = timedelta(hours=24)
"""What was typed when a session ended is kept for so long."""
DRAFT_LIMIT = 64_000
"""Characters of typed text kept at most."""
NEAR = 80
"""From so many per cent of a day's budget on, its officer is told."""
RAISED_AT_MOST = 10
"""A budget may be raised to so many times what the role has; whoever needs more needs another role."""
UNUSUAL = 3
"""More than so many times the usual rows are told to the supervisor."""
_WORKED = 5
"""Days an officer must have worked before his own usual day is known."""
_QUIET = 100
"""Rows a day that are nobody's concern, whatever is usual."""


@dataclass(frozen=True, slots=True)
class Holding:
    """That an officer holds a post on the day `on`, or deputises in it; `area` is the code of its area on that day."""

    officer: UUID
    name: str
    post: UUID
    role: str
    area: str
    title: Text
    deputising: bool
    on: date = field(default=date.max, kw_only=True)


@dataclass(frozen=True, slots=True)
class Daily:
    """Rows of people in a day: how many may be, or were, seen (lists, searches, records) and exported."""

    seen: int
    exported: int


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed tries within WINDOW: of this user from this source (when), of this user, from this address (how many)."""

    pair: Sequence[datetime]
    subject: int
    address: int
    known: bool


def try_again_at(tries: Tries, *, at: datetime) -> datetime:
    """The first instant at which a try is looked at; `at` itself if that is now.

    One source that fails PAIR_LIMIT times waits until the oldest of those is WINDOW old. When a whole crowd fails, each
    *unknown* source may try once per SLOW. A source that never failed is always looked at, so nobody can lock a clerk
    out: not from elsewhere, and not from the same office once his browser is known.

    >>> noon = datetime(2026, 1, 1, 12)
    >>> five = [noon - timedelta(minutes=m) for m in (1, 2, 3, 4, 5)]
    >>> try_again_at(Tries(five, 5, 5, known=True), at=noon) - noon
    datetime.timedelta(seconds=600)
    >>> try_again_at(Tries([], 4000, 4000, known=False), at=noon) - noon
    datetime.timedelta(0)
    >>> try_again_at(Tries([noon], 4000, 4000, known=False), at=noon) - noon
    datetime.timedelta(seconds=60)
    """
    recent = sorted((instant for instant in tries.pair if at - instant < WINDOW), reverse=True)
    again = at
    if len(recent) >= PAIR_LIMIT:
        again = max(again, recent[PAIR_LIMIT - 1] + WINDOW)
    crowded = tries.subject >= CROWD_LIMIT or tries.address >= CROWD_LIMIT
    if crowded and recent and not tries.known:
        again = max(again, recent[0] + SLOW)
    return again


def run_out(*, began: datetime, seen: datetime, at: datetime) -> bool:
    """Whether a session that began and was last seen then has run out at `at`.

    >>> noon = datetime(2026, 1, 1, 12)
    >>> run_out(began=noon, seen=noon, at=noon + timedelta(minutes=29))
    False
    >>> run_out(began=noon, seen=noon, at=noon + timedelta(minutes=31))
    True
    >>> run_out(began=noon, seen=noon + timedelta(hours=12), at=noon + timedelta(hours=12, seconds=1))
    True
    """
    return at - seen > IDLE or at - began > LONGEST


def username_of(typed: str) -> str:
    """The user name somebody meant: compatibility forms, case and surrounding spaces do not matter.

    >>> username_of(" Ｗang.LI ")
    'wang.li'
    """
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def overdue(due_on: date, *, on: date) -> bool:
    """Whether something due on a day is late on another.

    >>> overdue(date(2026, 1, 1), on=date(2026, 1, 1)), overdue(date(2026, 1, 1), on=date(2026, 1, 2))
    (False, True)
    """
    return on > due_on


def at_least(limit: Daily, raised: Daily | None) -> Daily:
    """A role's limit, or what it was raised to where that is more.

    >>> at_least(Daily(3000, 50), Daily(9000, 0)), at_least(Daily(3000, 50), None)
    (Daily(seen=9000, exported=50), Daily(seen=3000, exported=50))
    """
    return Daily(max(limit.seen, raised.seen), max(limit.exported, raised.exported)) if raised else limit


def fits(more: Daily, spent: Daily, limit: Daily) -> bool:
    """Whether `spent`, in which `more` is counted, stays within the limit; who exports nothing is not held up by what
    was exported.

    >>> fits(Daily(5, 0), Daily(10, 99), Daily(10, 9)), fits(Daily(5, 1), Daily(10, 10), Daily(10, 9))
    (True, False)
    """
    return not (more.seen and spent.seen > limit.seen) and not (more.exported and spent.exported > limit.exported)


def near(spent: Daily, limits: Daily) -> bool:
    """Whether a budget is nearly spent.

    >>> [near(spent, Daily(100, 10)) for spent in (Daily(79, 0), Daily(80, 0), Daily(0, 9))]
    [False, True, True]
    >>> near(Daily(0, 0), Daily(0, 0))
    False
    """
    pairs = ((spent.seen, limits.seen), (spent.exported, limits.exported))
    return any(used and used * 100 >= limit * NEAR for used, limit in pairs)


def usual(days: Sequence[int]) -> float:
    """The rows of an officer's usual day: the median of the days he worked; 0 while they are too few to tell.

    >>> usual([10, 20, 30, 40, 4000]), usual([10, 20])
    (30, 0.0)
    """
    return median(days) if len(days) >= _WORKED else 0.0


def times_usual(day: int, own: float, colleagues: float) -> float:
    """How many times the usual a day's rows are; usual is one's own usual day, or while that is not known the middle of
    those of colleagues in the same role, and never less than what is nobody's concern. 0 while neither is known.

    >>> times_usual(1050, own=300, colleagues=250), times_usual(90, own=5, colleagues=0)
    (3.5, 0.9)
    >>> times_usual(1050, own=0, colleagues=0)
    0.0
    """
    return day / max(own or colleagues, _QUIET) if own or colleagues else 0.0


def times_colleagues(own: float, colleagues: float) -> float:
    """How many times the middle of colleagues' usual days one's own is: whoever takes a little every day has made that
    his usual. 0 without colleagues to compare with.

    >>> times_colleagues(950, colleagues=200), times_colleagues(950, colleagues=0)
    (4.75, 0.0)
    """
    return own / max(colleagues, _QUIET) if colleagues else 0.0
