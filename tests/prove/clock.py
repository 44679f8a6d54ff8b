"""Every due day of the clock, counted a second time: all working days 2004 to 2026 with limits of 1 to 60 working days.

The clock goes from day to day and asks the calendar of each. Here the working days stand in one list, made from another
writing of the State Council's notices, and a due day is found by its place in it. Then the same for a stop of five days
in the middle. As a control the package's calendar is taken without what content/calendar/ adds: it must differ.
"""

from __future__ import annotations

import argparse
import time
from bisect import bisect_right
from datetime import date, timedelta

from jiahe.window.definitions.days import FOLDER, calendar
from jiahe.window.rules.calendar import Calendar, statutory
from jiahe.window.rules.clock import Due, Run, Stop, Terms, account, due
from tests.prove.lib.notices import FIRST, LAST, working_days

summary = "every due day from 2004 to 2026 is the one that a second count finds"
needs_home = False
LONGEST, REACH = 60, timedelta(days=200)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--each", type=int, default=1, help="only every so many working days (default 1: all)")


def run(args: argparse.Namespace) -> int:
    """Count twice; 0 if no day differs and the control does."""
    began, days = time.monotonic(), working_days(LAST + REACH)
    begins = [day for day in days if day <= LAST][:: args.each]
    told = calendar(FOLDER)
    known = set(days)
    wrong = [day for day in _all(FIRST, LAST) if told.works(day) is not (day in known)]
    counted = differing = 0
    for begin in begins:
        place = bisect_right(days, begin)
        for limit in range(1, LONGEST + 1):
            counted += 1
            differing += due(Terms(limit, {}), Run(begin), told) != _due(begin, days[place + limit - 1])
        differing += not _stopped(begin, days[place : place + 25], told)
    control = sum(
        due(Terms(5, {}), Run(begin), statutory()) != due(Terms(5, {}), Run(begin), told) for begin in days[:900]
    )
    spent = time.monotonic() - began
    print(
        f"{(LAST - FIRST).days + 1} days of the calendar, {len(wrong)} differ; {counted} due days, {differing} differ"
    )
    print(f"control without content/calendar: {control} differ; {spent:.0f} s")
    held = counted > 0 and not wrong and not differing and control > 0
    print("holds" if held else "DOES NOT HOLD")
    return 0 if held else 1


def _due(begin: date, on: date) -> Due:
    return Due(on, tuple(year for year in range(begin.year, on.year + 1) if year > LAST.year))


def _stopped(begin: date, coming: list[date], told: Calendar) -> bool:
    """Ten days with a stop from the third to the eighth, of a reason that may last five: due on the fifteenth."""
    terms = Terms(10, {"hearing": 5})
    run_ = Run(begin, (Stop("hearing", coming[2], coming[7]),))
    spent = account(terms, run_, told, coming[14])
    return due(terms, run_, told).on == coming[14] and (spent.used, spent.paused) == (10, 5)


def _all(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
