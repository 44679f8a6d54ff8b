"""# Public notices

A step with a notice is shown to everybody from the day after it began, for its working days; then it is gone by
itself. It shows what the service says and nothing more: never a full name, a number, or why. Of a confidential service
nothing ever hangs.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from jiahe.staff.scope import visitor
from jiahe.window import actions, queries
from jiahe.window.definitions import services
from jiahe.window.models import Case
from tests.lib.counter import COUNTY, MONDAY, NUMBER, VILLAGE, Counter, day

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
LAST = date(2026, 3, 10)
"""Five working days after Tuesday, 3 March."""


def put_up(counter: Counter) -> object:
    """A childcare subsidy that stands at its public notice since Tuesday."""
    case = counter.accepted()
    counter.decide(case, "meets", on=TUESDAY)
    return case


def test_it_hangs_from_the_next_day_to_its_last_and_is_gone(counter: Counter) -> None:
    put_up(counter)
    assert not queries.hanging(TUESDAY)
    for on in (WEDNESDAY, date(2026, 3, 7), LAST):  # a Saturday too: nobody comes to take it down
        assert [line.until for line in queries.hanging(on)] == [LAST]
    assert not queries.hanging(LAST + timedelta(days=1))  # although nobody has decided the step


def test_it_shows_a_masked_name_a_village_and_a_year(counter: Counter) -> None:
    case = put_up(counter)
    (line,) = queries.hanging(WEDNESDAY)
    assert (line.service.id, line.name, line.area, line.year) == ("childcare_subsidy", "欧阳*", VILLAGE, 2026)
    told = str({name: value for name, value in asdict(line).items() if name != "service"})
    row = Case.objects.get(id=case)
    for hidden in ("欧阳明", NUMBER, str(case), row.number, str(row.applicant)):
        assert hidden not in told


def test_who_withdraws_is_taken_down_at_once(counter: Counter) -> None:
    case = put_up(counter)
    actions.withdraw_case(case=case, by=visitor(COUNTY, day(WEDNESDAY)), at=day(WEDNESDAY))  # type: ignore[arg-type]
    assert not queries.hanging(WEDNESDAY)


def test_what_has_no_notice_is_never_shown(counter: Counter) -> None:
    counter.accepted()
    special = counter.open("special_support", applicant=counter.people["司徒静"])
    actions.accept_case(case=special, by=counter.acting("window"), at=day(MONDAY))
    assert not queries.hanging(WEDNESDAY)
    confidential = [service for service in services().versions if service.confidential]
    assert confidential
    assert not [step for service in confidential for step in service.steps if step.notice]
