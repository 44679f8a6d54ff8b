"""# What waits, and for whom

Every open case waits in one place: it is overdue, due today, due within five working days or later, or it waits for the
applicant. What the board counts, what the work lists are headed with and what they contain is the same.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from jiahe.window import actions, queries
from jiahe.window.definitions.shapes import PauseReason
from jiahe.window.models import Case
from jiahe.window.queries import Which
from jiahe.window.rules.story import OVER
from tests.lib.counter import COUNTY, MONDAY, Counter, day
from tests.lib.lateness import DUE, late_one

APART = (Which.OVERDUE, Which.TODAY, Which.SOON, Which.LATER, Which.APPLICANT)


@pytest.fixture
def busy(counter: Counter) -> Counter:
    """One case of each kind: received, incomplete, on a desk, stopped in time, stopped on its last day, decided,
    withdrawn, nobody's."""
    window = counter.acting("window")
    people = iter([counter.enter(f"诸葛{given}") for given in "甲乙丙丁戊己庚辛"])
    counter.open(applicant=next(people))
    incomplete = counter.open(applicant=next(people), documents=())
    actions.tell_missing(case=incomplete, by=window, at=day(MONDAY, 3))
    counter.accepted(applicant=next(people))
    for on in (MONDAY, DUE):
        stopped = counter.accepted(applicant=next(people))
        by = counter.acting(late_one(counter, stopped), on)
        actions.stop_clock(case=stopped, reason=PauseReason.SUPPLEMENT, note="x", by=by, at=day(on, 4))
    decided = counter.accepted(applicant=next(people))
    counter.decide(decided, "does_not_meet", on=MONDAY)
    counter.decide(decided, "refused", on=MONDAY, who="manager", reason="x")
    withdrawn = counter.accepted(applicant=next(people))
    actions.withdraw_case(case=withdrawn, by=window, at=day(MONDAY, 4))
    handed = counter.open(applicant=next(people))
    actions.hand_over_case(case=handed, area="411723102", reason="x", by=window, at=day(MONDAY, 4))
    return counter


@pytest.mark.parametrize("after", [0, 1, 2, 5, 7, 8, 9, 10, 15, 20, 23, 30, 60, 120])
def test_every_open_case_waits_in_one_place_and_is_counted_there(busy: Counter, after: int) -> None:
    on = MONDAY + timedelta(days=after)
    scope = busy.acting("manager", on).scope
    found = {which: set(queries.work(scope, which, on=on).values_list("id", flat=True)) for which in Which}
    assert sum(len(found[which]) for which in APART) == len(set().union(*(found[which] for which in APART)))
    assert set().union(*(found[which] for which in APART)) == set(
        Case.objects.exclude(phase__in=OVER).values_list("id", flat=True)
    )
    for which, count in queries.counts(scope, on=on).items():
        assert count == len(found[which]), which
    board = queries.board(scope, area=COUNTY, since=date(2026, 1, 1), on=on)
    for name, count in asdict(board.backlog).items():
        assert count == len(found[Which(name)]), name
