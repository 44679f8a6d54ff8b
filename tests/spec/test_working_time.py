"""# By which day a case must be decided

Limits are counted in working days, statutory holidays not included (Administrative Licensing Law, article 82). The day
of acceptance is not counted, the next working day is the first (Civil Code, article 201). Which days are worked, the
State Council's notice tells each year; every case below names the days it counts, so that it can be followed by hand.
"""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.window.definitions.days import FOLDER, calendar
from jiahe.window.rules.calendar import Adjustment
from jiahe.window.rules.clock import (
    Account,
    Due,
    Moved,
    Run,
    Standing,
    Stop,
    Terms,
    account,
    due,
    moved,
    silently_accepted_on,
    standing,
)

CALENDAR = calendar(FOLDER)

# accepted on | limit in working days | due on
LIMITS = {
    "Spring Festival 2026 (15 to 23 February; Saturdays 14 and 28 made up): "
    "Thu 12, Fri 13, Sat 14, then Tue 24, Wed 25": ("2026-02-11", 5, "2026-02-25"),
    "accepted on the made-up Saturday before it: the first day is Tuesday 24": ("2026-02-14", 1, "2026-02-24"),
    "accepted in the middle of it, by an officer on stand-by: Tue 24, Wed 25, Thu 26": ("2026-02-18", 3, "2026-02-26"),
    "due on a made-up Saturday, which is a working day as any other: Fri 27, Sat 28": ("2026-02-26", 2, "2026-02-28"),
    "Spring Festival 2020, prolonged to 2 February by the notice of 26 January 2020: "
    "Wed 22, Thu 23 January, Mon 3, Tue 4, Wed 5 February": ("2020-01-21", 5, "2020-02-05"),
    "National Day 2026 (1 to 7 October; Saturday 10 made up): "
    "Tue 29, Wed 30 September, Thu 8, Fri 9, Sat 10 October": ("2026-09-28", 5, "2026-10-10"),
    "the Sunday made up before Mid-Autumn 2026: Sun 20, Mon 21, Tue 22 September": ("2026-09-18", 3, "2026-09-22"),
    "the twenty days of article 42 over National Day and Mid-Autumn 2025 (1 to 8 October; Sun 28 September and Sat 11 "
    "October made up): 28, 29, 30 September are 3; 9, 10, 11 are 6; 13 to 17 are 11; 20 to 24 are 16; 27, 28, 29, 30 "
    "October are 20": ("2025-09-26", 20, "2025-10-30"),
    "the turn of the year 2025 (1 to 3 January; Sunday 4 made up): "
    "Tue 30, Wed 31 December, Sun 4, Mon 5, Tue 6 January": ("2025-12-29", 5, "2026-01-06"),
    "the Saturday made up for New Year 2006 (國辦發明電〔2005〕35號)": ("2005-12-30", 1, "2005-12-31"),
    "the one day off for the Qingming of 2023, a Wednesday, between two working days: "
    "Tue 4, Thu 6 April": ("2023-04-03", 2, "2023-04-06"),
    "the holiday of 2015 that was decreed once, Thursday 3 to Saturday 5 September (Sunday 6 made up): "
    "Wed 2, Sun 6, Mon 7": ("2015-09-01", 3, "2015-09-07"),
    "what is done on the spot is due on the day it is accepted, a made-up Saturday as well": (
        "2026-02-14", 0, "2026-02-14"),
}  # fmt: skip


def day(written: str) -> date:
    """A day as written in the tables."""
    return date.fromisoformat(written)


@pytest.mark.parametrize("case", LIMITS)
def test_due(case: str) -> None:
    accepted, limit, expected = LIMITS[case]
    assert due(Terms(limit, {}), Run(day(accepted)), CALENDAR) == Due(day(expected))


def test_a_year_the_state_council_has_not_told_yet() -> None:
    """Wed 30, Thu 31 December 2026, then Fri 1, Mon 4, Tue 5 January 2027, by the weekends alone; a guess, and said so.

    Once the notice for 2027 says that 1 January is off, the day moves to Wednesday, and the change is told.
    """
    run, terms = Run(date(2026, 12, 29)), Terms(5, {})
    guess = Due(date(2027, 1, 5), guessed=(2027,))
    assert due(terms, run, CALENDAR) == guess
    told = CALENDAR.adjusted(Adjustment(off=frozenset({date(2027, 1, 1)}), years=frozenset({2027})))
    assert moved(terms, run, CALENDAR, told) == Moved(was=guess, now=Due(date(2027, 1, 6)))


def test_a_guess_that_comes_true_is_told_as_well() -> None:
    """Tue 5, Wed 6, Thu 7 January 2027: the day stays, but it is no guess any more."""
    run, terms = Run(date(2027, 1, 4)), Terms(3, {})
    told = CALENDAR.adjusted(Adjustment(off=frozenset({date(2027, 1, 1)}), years=frozenset({2027})))
    change = moved(terms, run, CALENDAR, told)
    assert change == Moved(was=Due(date(2027, 1, 7), guessed=(2027,)), now=Due(date(2027, 1, 7)))
    assert moved(terms, run, told, told) is None


def test_the_calendar_changes_while_a_case_runs() -> None:
    """Before the notice of 26 January 2020, Fri 31 January and Sat 1 February were worked: 22, 23, 31, 1, 3."""
    before = CALENDAR.adjusted(Adjustment(worked=frozenset({date(2020, 1, 31), date(2020, 2, 1)})))
    change = moved(Terms(5, {}), Run(date(2020, 1, 21)), before, CALENDAR)
    assert change == Moved(was=Due(date(2020, 2, 3)), now=Due(date(2020, 2, 5)))


def test_a_county_closes_its_offices() -> None:
    """Flood on Tuesday 21 July 2026: Mon 20, Wed 22, Thu 23 instead of Mon 20, Tue 21, Wed 22."""
    flood = CALENDAR.adjusted(Adjustment(off=frozenset({date(2026, 7, 21)})))
    change = moved(Terms(3, {}), Run(date(2026, 7, 17)), CALENDAR, flood)
    assert change == Moved(was=Due(date(2026, 7, 22)), now=Due(date(2026, 7, 23)))


# received on | told what is missing on | seen on | accepted from
SILENCE = {
    "the five days over Spring Festival 2026 are 12, 13, 14, 24 and 25 February: on the fifth it is not too late": (
        "2026-02-11", None, "2026-02-25", None),
    "on the sixth it is, and the case counts as accepted from the day of receipt": (
        "2026-02-11", None, "2026-02-26", "2026-02-11"),
    "told on the fifth day": ("2026-02-11", "2026-02-25", "2026-03-31", None),
    "told on the sixth day changes nothing": ("2026-02-11", "2026-02-26", "2026-03-31", "2026-02-11"),
    "told at once": ("2026-03-02", "2026-03-02", "2026-03-31", None),
    "received on a holiday, 1 October 2026: 8, 9, 10, 12, 13 October": ("2026-10-01", None, "2026-10-13", None),
    "and the day after": ("2026-10-01", None, "2026-10-14", "2026-10-01"),
}  # fmt: skip


@pytest.mark.parametrize("case", SILENCE)
def test_silence_accepts(case: str) -> None:
    """Administrative Licensing Law, article 32(1)(4)."""
    received, told, seen, accepted = SILENCE[case]
    found = silently_accepted_on(day(received), told and day(told), day(seen), CALENDAR)
    assert found == (accepted and day(accepted))


def test_after_silence_the_limit_runs_from_receipt() -> None:
    """12, 13, 14, 24, 25 February are the five lost days; 26 to 28 are 8; 2 to 6 March 13; 9 to 13: 18; 16, 17: 20."""
    accepted = silently_accepted_on(date(2026, 2, 11), None, date(2026, 2, 26), CALENDAR)
    assert accepted is not None
    assert due(Terms(20, {}), Run(accepted), CALENDAR) == Due(date(2026, 3, 17))


# Accepted on Monday, 2 March 2026; ten working days, without a stop until Monday the 16th. The service lets the clock
# stand still for a supplement and for a hearing, ten working days each (Administrative Licensing Law, article 45).
TERMS = Terms(10, {"supplement": 10, "hearing": 10}, extension=10)
MARCH = date(2026, 3, 2)

# stops: reason, on, until | due on | working days on which the clock stood still until then
STOPS = {
    "none": ([], "2026-03-16", 0),
    "asked on Wed 4, brought on Tue 10: 5, 6, 9, 10 are not counted": (
        ["supplement 03-04 03-10"], "2026-03-20", 4),
    "asked and brought on one day: nothing was lost": (["supplement 03-04 03-04"], "2026-03-16", 0),
    "brought on Sunday 8: 5 and 6 are not counted": (["supplement 03-04 03-08"], "2026-03-18", 2),
    "never brought: after ten working days (5 to 18 March) it goes on by itself; 19 and 20 are 4, 23 to 27 are 9, "
    "30 is the tenth": (["supplement 03-04 -"], "2026-03-30", 10),
    "brought too late, after twenty: as if after ten": (["supplement 03-04 04-10"], "2026-03-30", 10),
    "asked twice: 4 days at first, then only the 6 that are left": (
        ["supplement 03-04 03-10", "supplement 03-12 -"], "2026-03-30", 10),
    "two reasons at once: each day is lost once; 5, 6, 9, 10 for the hearing, 11 and 12 for the supplement": (
        ["hearing 03-04 03-10", "supplement 03-06 03-12"], "2026-03-24", 6),
    "a reason the service does not list stops nothing": (["holiday_of_the_officer 03-04 03-10"], "2026-03-16", 0),
    "stopped after it was due: too late to save it": (["supplement 03-16 03-20"], "2026-03-16", 0),
    "a stop before acceptance": (["supplement 02-25 03-03"], "2026-03-17", 1),
}  # fmt: skip


def stop(written: str) -> Stop:
    """A stop as written in the table."""
    reason, on, until = written.split()
    return Stop(reason, day(f"2026-{on}"), None if until == "-" else day(f"2026-{until}"))


@pytest.mark.parametrize("case", STOPS)
def test_stopped(case: str) -> None:
    written, expected, paused = STOPS[case]
    run = Run(MARCH, tuple(map(stop, written)))
    assert due(TERMS, run, CALENDAR) == Due(day(expected))
    assert account(TERMS, run, CALENDAR, day(expected)) == Account(used=10, paused=paused)
    backwards = Run(MARCH, tuple(map(stop, written[::-1])))
    assert due(TERMS, backwards, CALENDAR) == Due(day(expected)), "in whatever order it was recorded"


def test_an_extension_and_its_bound() -> None:
    """Article 42: by ten working days. 16 March is the 10th day; 17 to 20: 14; 23 to 27: 19; 30 March: 20."""
    assert due(TERMS, Run(MARCH, extended=10), CALENDAR) == Due(date(2026, 3, 30))
    assert due(TERMS, Run(MARCH, extended=15), CALENDAR) == Due(date(2026, 3, 30)), "no more than the service allows"
    assert due(Terms(10, {}), Run(MARCH, extended=5), CALENDAR) == Due(date(2026, 3, 16)), (
        "nothing where it allows none"
    )


def test_twenty_days_extended_by_ten_over_qingming() -> None:
    """30 March is the 20th; 31: 21; 1, 2, 3 April: 24; 4 to 6 are off; 7 to 10: 28; 13, 14 April: 30."""
    assert due(Terms(20, {}, 10), Run(MARCH, extended=10), CALENDAR) == Due(date(2026, 4, 14))


# on | how a case of ten days from 2 March stands
STANDINGS = {
    "2026-03-02": Standing.DUE,
    "2026-03-11": Standing.DUE,  # 3, 4, 5, 6, 9, 10, 11: the 7th day
    "2026-03-12": Standing.AT_RISK,  # the 8th: 80 %
    "2026-03-14": Standing.AT_RISK,  # a Saturday
    "2026-03-16": Standing.AT_RISK,  # the day it is due
    "2026-03-17": Standing.OVERDUE,
}


@pytest.mark.parametrize("on", STANDINGS)
def test_standing(on: str) -> None:
    assert standing(TERMS, Run(MARCH), CALENDAR, day(on)) is STANDINGS[on]


def test_a_case_that_is_done_stands_as_it_was_done() -> None:
    later = date(2026, 6, 1)
    assert standing(TERMS, Run(MARCH, ended_on=date(2026, 3, 16)), CALENDAR, later) is Standing.AT_RISK
    assert standing(TERMS, Run(MARCH, ended_on=date(2026, 3, 9)), CALENDAR, later) is Standing.DUE
    assert standing(TERMS, Run(MARCH, ended_on=date(2026, 3, 17)), CALENDAR, later) is Standing.OVERDUE
    assert account(TERMS, Run(MARCH, ended_on=date(2026, 3, 9)), CALENDAR, later) == Account(used=5, paused=0)


def test_a_case_that_stands_still_is_neither_at_risk_nor_overdue() -> None:
    """Stopped on Thursday 12, its 8th day: paused until it goes on by itself after the 26th; then at risk again."""
    run = Run(MARCH, (stop("supplement 03-12 -"),))
    found = [standing(TERMS, run, CALENDAR, date(2026, 3, on)) for on in (11, 12, 25, 26, 27, 30, 31)]
    paused, risk = Standing.PAUSED, Standing.AT_RISK
    assert found == [Standing.DUE, paused, paused, risk, risk, risk, Standing.OVERDUE]
    saturday = Run(MARCH, (stop("supplement 03-14 -"),))
    assert standing(TERMS, saturday, CALENDAR, date(2026, 3, 13)) is risk, "on Friday nobody had stopped it yet"
    assert standing(TERMS, saturday, CALENDAR, date(2026, 3, 14)) is paused


def test_on_the_spot() -> None:
    spot = Terms(0, {})
    assert standing(spot, Run(MARCH), CALENDAR, MARCH) is Standing.DUE
    assert standing(spot, Run(MARCH), CALENDAR, date(2026, 3, 3)) is Standing.OVERDUE


def test_the_steps_of_a_case_share_its_stops_and_add_up_to_it() -> None:
    """First step from 2 to 12 March, stopped on the 4th for 7 days; the second has 3 days of the stop left."""
    stops = (stop("supplement 03-04 03-13"), stop("supplement 03-17 -"))
    first = Run(MARCH, stops, ended_on=date(2026, 3, 16))
    second = Run(MARCH, stops, since=date(2026, 3, 16))
    five = Terms(5, {"supplement": 10})
    assert account(five, first, CALENDAR, date(2026, 3, 31)) == Account(used=3, paused=7)
    assert due(five, second, CALENDAR) == Due(date(2026, 3, 26)), "17; 18, 19, 20 stopped; 23, 24, 25, 26"
    whole = account(TERMS, Run(MARCH, stops), CALENDAR, date(2026, 3, 26))
    assert whole == Account(used=3 + 5, paused=7 + 3)
