"""# When the calendar changes

The State Council tells each November which days of the next year are holidays; a county may close its offices. Open
cases are then counted anew. What was promised stays on record beside the new day. Those that are over are
counted too, so that a replay tells the same.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jiahe.node import upgrading
from jiahe.window import actions
from jiahe.window.definitions import days
from jiahe.window.models import Case
from jiahe.window.projections import cases
from jiahe.window.rules.calendar import Adjustment, Calendar
from tests.lib.counter import MONDAY, Counter, day

FLOOD = Adjustment(off=frozenset({date(2026, 3, 5), date(2026, 3, 6)}))


def test_open_cases_are_due_later_and_both_days_are_kept(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    over, open_ = counter.accepted(), counter.accepted(applicant=counter.people["司徒静"])
    actions.withdraw_case(case=over, by=counter.acting("window"), at=day(MONDAY, 5))
    upgrading.retell_cases(tmp_path, say=said.append)
    assert not said

    def flooded() -> Calendar:
        return days().adjusted(FLOOD)

    monkeypatch.setattr(upgrading, "days", flooded)
    monkeypatch.setattr(cases, "days", flooded)
    upgrading.retell_cases(tmp_path, say=said.append)
    assert said == ["The calendar or a service has changed: 2 cases are due on another day"]
    row = Case.objects.get(id=open_)
    assert (row.promised_on, row.due_on) == (date(2026, 4, 7), date(2026, 4, 9))
    upgrading.retell_cases(tmp_path, say=said.append)
    assert len(said) == 1
