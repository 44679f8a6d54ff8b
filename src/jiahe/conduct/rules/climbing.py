"""To whom a stage climbs when it is not done in time. A function of days alone: no scheduler, no fact, nothing to
forget, and the same on every node."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import IntEnum

from jiahe.conduct.rules.limits import HEAD_AFTER, NEXT_AFTER
from jiahe.window.rules.calendar import Calendar

AFTER = (0, NEXT_AFTER, NEXT_AFTER + HEAD_AFTER)
"""Working days after the due day until a stage comes to the first superior, to the next, to the head."""
_DAY = timedelta(days=1)

Leaders = Collection[tuple[str, int]]
"""Roles that lead the office of an area, each with the length of the code of such an area."""


class Reach(IntEnum):
    """How far a stage has climbed."""

    QUIET = 0
    HALF = 1
    """Half of its days are used up: its desk is reminded."""
    RISK = 2
    """Four fifths are."""
    SUPERIOR = 3
    NEXT = 4
    HEAD = 5


def reach(due_on: date, half_on: date, risk_on: date, *, manned: bool, on: date, calendar: Calendar) -> Reach:
    """How far an open stage has climbed on the day. `manned`: somebody sits at its desk; a stage that nobody can do is
    at its superior's at once, late or not.

    Due on Tuesday 10 March 2026: its superior has it on Wednesday, the next one after Friday, the head a week later.

    >>> from jiahe.window.rules.calendar import statutory
    >>> def on(day, manned=True):
    ...     march = date(2026, 3, day)
    ...     half, risk = date(2026, 3, 6), date(2026, 3, 9)
    ...     return reach(date(2026, 3, 10), half, risk, manned=manned, on=march, calendar=statutory()).name
    >>> [on(day) for day in (5, 6, 9, 10, 11, 13, 14, 20, 21)]
    ['QUIET', 'HALF', 'RISK', 'RISK', 'SUPERIOR', 'SUPERIOR', 'NEXT', 'NEXT', 'HEAD']
    >>> on(3, manned=False)
    'SUPERIOR'
    """
    climbed = sum(on > calendar.after(due_on, days) for days in AFTER)
    if climbed or not manned:
        return Reach(Reach.RISK + max(climbed, 1))
    return Reach((on >= half_on) + (on >= risk_on))


def ladder(role: str, area: str, leaders: Leaders) -> tuple[tuple[str, str], ...]:
    """The superiors of a post as (role, area), the nearest first: who leads the office of its area, and of the areas
    above. Nobody is his own superior, nor that of his peers.

    >>> leaders = {("township_clerk", 9), ("county_manager", 6)}
    >>> ladder("village_worker", "411723101201", leaders)
    (('township_clerk', '411723101'), ('county_manager', '411723'))
    >>> ladder("window_clerk", "411723101", leaders) == ladder("village_worker", "411723101201", leaders)
    True
    >>> ladder("township_clerk", "411723101", leaders), ladder("county_manager", "411723", leaders)
    ((('county_manager', '411723'),), ())
    """
    nearest = sorted(leaders, key=lambda leader: (-leader[1], leader[0]))
    return tuple((who, area[:n]) for who, n in nearest if above(who, area[:n], role, area) and n <= len(area))


def above(role: str, area: str, of_role: str, of_area: str) -> bool:
    """Whether a post that leads its area is superior to another post: in an area inside it, or in another role there.

    >>> above("county_manager", "411723", "township_clerk", "411723101")
    True
    >>> above("township_clerk", "411723101", "township_clerk", "411723101")
    False
    """
    return of_area.startswith(area) and (len(area) < len(of_area) or role != of_role)


def days_of_rung(rung: int) -> int:
    """Working days after the due day until a stage comes to that rung of a ladder, counted from 0.

    >>> [days_of_rung(rung) for rung in range(4)]
    [0, 3, 8, 8]
    """
    return AFTER[min(rung, len(AFTER) - 1)]


def due_before(days: int, on: date, calendar: Calendar) -> date:
    """The last due day of what is late by more than so many working days on the day.

    >>> from jiahe.window.rules.calendar import statutory
    >>> [due_before(days, date(2026, 3, 14), statutory()).day for days in (0, 3)]
    [13, 10]
    """
    day = on - _DAY
    while calendar.after(day, days) >= on:
        day -= _DAY
    return day
