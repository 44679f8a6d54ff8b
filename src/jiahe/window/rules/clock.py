"""The clock of a case, or of one step: by when, how long so far, and how it stands. Everything in working days.

One rule carries all others: a span begins on the day after its event and ends with the day of its last one (Civil Code,
article 201: the day on which a term begins is not counted). So

- the limit's first day is the first working day after acceptance;
- a stop on Monday that ends on Thursday takes out Tuesday, Wednesday and Thursday;
- a case that is due on a day is overdue from the next on.

A stop lasts at most as long as the service says of its reason, in one case all in all; then the clock goes on by
itself. A reason the service does not list stops nothing, an extension beyond what it allows adds nothing: the clock is
right whatever was recorded. Where the clock stood still or was extended lawfully, the day by which something is due
moves (Administrative Licensing Law, articles 42 and 45).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import dropwhile, takewhile

from jiahe.window.definitions.shapes import Service, Step
from jiahe.window.rules.calendar import Calendar

TELL_WITHIN = 5
"""Working days in which all that is missing must be told, once (Administrative Licensing Law, article 32(1)(4))."""


class Standing(StrEnum):
    """How a running case stands on a day; of a finished one, how it stood when it ended."""

    DUE = "due"
    AT_RISK = "at_risk"
    """Four fifths of the limit are used up."""
    PAUSED = "paused"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a service grants its clock, in working days: the limit, stops by reason, one extension.

    A limit of 0 is for what is done on the spot: due on the day of acceptance.
    """

    days: int
    stops: Mapping[str, int]
    extension: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock was stopped on a day for a reason, and set going again on another; not yet, if that is None."""

    reason: str
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What happened to a case: when it was accepted, every stop, by how many days it was extended, when it ended.

    For the clock of one step, `since` is the day on which the step before it ended. Stops are counted from acceptance
    on all the same: no step gives back what another used up, and the accounts of all steps add up to the case's.
    """

    accepted_on: date
    stops: tuple[Stop, ...] = ()
    extended: int = 0
    ended_on: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """By which day. `guessed`: the years on the way of which only the weekends are known; a page must say so."""

    on: date
    guessed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """The working days since a clock began: those used by the office, and those on which the clock stood still."""

    used: int
    paused: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day that changed with the calendar."""

    was: Due
    now: Due


def terms(service: Service, step: Step | None = None) -> Terms:
    """The terms of a whole service, or of one of its steps; a step has the same stops, and the extension if the limit
    was extended while the case stood there."""
    stops = {pause.reason.value: pause.days for pause in service.pauses}
    extension = service.extension.days if service.extension else 0
    if step is not None:
        return Terms(step.promised or 0, stops, extension)
    return Terms(service.limit.promised if service.limit else 0, stops, extension)


def silently_accepted_on(received_on: date, told_on: date | None, on: date, calendar: Calendar) -> date | None:
    """The day from which a case counts as accepted because nobody told in time what is missing, or None.

    Who is not told within five working days of receipt is accepted as from the day of receipt (Administrative Licensing
    Law, article 32(1)(4)); what is told later changes nothing.

    >>> from jiahe.window.rules.calendar import statutory
    >>> received = date(2026, 3, 2)  # a Monday; the fifth working day after it is Monday the 9th
    >>> [silently_accepted_on(received, None, date(2026, 3, day), statutory()) for day in (9, 10)]
    [None, datetime.date(2026, 3, 2)]
    """
    last = calendar.after(received_on, TELL_WITHIN)
    told = told_on is not None and told_on <= last
    return None if told or on <= last else received_on


def due(terms: Terms, run: Run, calendar: Calendar) -> Due:
    """By which day. While the clock stands still: at the latest, as if the stop lasted as long as it may.

    >>> from jiahe.window.rules.calendar import statutory
    >>> due(Terms(5, {}), Run(date(2026, 9, 28)), statutory())  # 29 and 30 September, 8, 9 and 10 October
    Due(on=datetime.date(2026, 10, 10), guessed=())
    """
    begun = run.since or run.accepted_on
    left, last = _limit(terms, run), begun
    for day, paused in _days(terms, run, calendar):
        if not left:
            break
        left -= not paused
        last = day
    return Due(last, calendar.guessed(begun, last))


def reached(terms: Terms, run: Run, calendar: Calendar, share: Fraction) -> date:
    """The first day on which that share of the limit is used up, with stops as for `due`; for a limit of 0 the first.

    >>> from jiahe.window.rules.calendar import statutory
    >>> reached(Terms(5, {}), Run(date(2026, 9, 28)), statutory(), Fraction(4, 5))
    datetime.date(2026, 10, 9)
    """
    last = run.since or run.accepted_on
    wanted, used = _limit(terms, run) * share.numerator, 0
    for day, paused in _days(terms, run, calendar):
        if used * share.denominator >= wanted:
            break
        used += not paused
        last = day
    return last


def still_until(terms: Terms, run: Run, calendar: Calendar) -> date | None:
    """The last day on which the clock stands still by a stop that nobody ended; None if there is none."""
    begun = max((stop.on for stop in run.stops if stop.until is None), default=None)
    if begun is None:
        return None
    standing_still = takewhile(
        lambda each: each[1], dropwhile(lambda each: each[0] <= begun, _days(terms, run, calendar))
    )
    return max((day for day, _ in standing_still), default=None)


def account(terms: Terms, run: Run, calendar: Calendar, on: date) -> Account:
    """How the working days since it began were spent, up to and with `on` or the day it ended.

    Used and paused days together are always all working days that passed.
    """
    last = on if run.ended_on is None else min(on, run.ended_on)
    spent = [paused for day, paused in takewhile(lambda each: each[0] <= last, _days(terms, run, calendar))]
    return Account(used=spent.count(False), paused=spent.count(True))


def standing(terms: Terms, run: Run, calendar: Calendar, on: date) -> Standing:
    """How it stands on a day. At risk from the working day on with which 80 % of the limit are used.

    Done on the spot is due on the day of acceptance and overdue on the next, never at risk. A clock that stands still
    is neither at risk nor overdue.
    """
    last = on if run.ended_on is None else min(on, run.ended_on)
    if last > due(terms, run, calendar).on:
        return Standing.OVERDUE
    if run.ended_on is None and _still(terms, run, calendar, last):
        return Standing.PAUSED
    used, limit = account(terms, run, calendar, last).used, _limit(terms, run)
    return Standing.AT_RISK if limit and used * 5 >= limit * 4 else Standing.DUE


def moved(terms: Terms, run: Run, before: Calendar, after: Calendar) -> Moved | None:
    """How the due day changes with the calendar; None if it stays, guessed or known."""
    was, now = due(terms, run, before), due(terms, run, after)
    return None if was == now else Moved(was, now)


def _still(terms: Terms, run: Run, calendar: Calendar, on: date) -> bool:
    """Whether the clock stands still after `on`: on the next working day it would, as things are on `on`."""
    known = tuple(stop for stop in run.stops if stop.on <= on)
    coming = dropwhile(lambda each: each[0] <= on, _days(terms, replace(run, stops=known), calendar))
    return next(coming)[1]


def _limit(terms: Terms, run: Run) -> int:
    return terms.days + min(run.extended, terms.extension) if terms.days else 0


def _days(terms: Terms, run: Run, calendar: Calendar) -> Iterator[tuple[date, bool]]:
    """The working days of a clock, each with whether it stood still."""
    left = dict(terms.stops)
    stops = sorted(run.stops, key=lambda stop: (stop.on, stop.reason, stop.until or date.max))
    for day in calendar.days_after(run.accepted_on):
        standing_still = [s.reason for s in stops if s.on < day <= (s.until or date.max) and left.get(s.reason, 0) > 0]
        if standing_still:
            left[standing_still[0]] -= 1
        if run.since is None or day > run.since:
            yield day, bool(standing_still)
