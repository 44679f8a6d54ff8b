"""# Which node decides, when nodes come and go and nobody sits at a desk

A case lies where the desk is that has its turn, whether or not somebody sits there; on nobody's desk it lies where its
step belongs. The node of the smallest area around it decides; a node that was revoked decides nothing any more.
"""

from __future__ import annotations

from jiahe.places import actions as places
from jiahe.staff import actions as staff
from jiahe.window import queries
from jiahe.window.models import Case
from jiahe.window.queries import Which
from jiahe.window.queries.holding import elsewhere, lying
from jiahe.window.rules.story import Phase
from tests.lib.counter import VILLAGE, day
from tests.lib.links import COUNTY, NORTH, SOUTH
from tests.spec.window.offices import THURSDAY, TUESDAY, WEDNESDAY, Offices


def test_the_cases_of_a_stolen_computer_are_the_countys_again(offices: Offices) -> None:
    case = offices.accepted()
    offices.cut(NORTH)
    assert offices.deciding(case) == {NORTH}
    offices.revoke(NORTH)
    with offices.at(COUNTY):
        assert not elsewhere(Case.objects.filter(id=case), on=TUESDAY)
        # whoever has the desk decides at the county's node, or its leader gives the step to another desk
        offices.counter.decide(case, "does_not_meet", on=WEDNESDAY)
        offices.refuse(case)
    offices.to_the_county(case)  # nobody can keep the stolen one from deciding
    offices.mend(NORTH)
    with offices.at(COUNTY):  # but nobody takes it from there
        assert offices.counter.story(case).vain == []
    assert offices.net.findings() == []


def test_an_absence_does_not_change_who_decides(offices: Offices) -> None:
    case = offices.accepted()
    with offices.at(COUNTY):
        for post in ("clerk", "other_clerk"):
            staff.vacate_post(post=offices.counter.posts[post], on=TUESDAY, by=offices.counter.by, at=day(TUESDAY))
    assert offices.deciding(case) == {NORTH}
    offices.net.settle()
    assert offices.deciding(case) == {NORTH}


def test_a_step_on_nobodys_desk_lies_where_its_role_is(offices: Offices) -> None:
    case = offices.accepted()
    with offices.at(NORTH):
        row = Case.objects.get(id=case)
        row.desk = None
        assert lying([row], on=TUESDAY) == {case: NORTH}
        row.stage = "confirmation"
        assert lying([row], on=TUESDAY) == {case: COUNTY}
        row.phase, row.stage, row.owner = Phase.INCOMPLETE, "", None
        assert lying([row], on=TUESDAY) == {case: VILLAGE}
        row.phase = Phase.WITHDRAWN
        assert lying([row], on=TUESDAY) == {}


def test_a_village_that_goes_to_another_township_takes_its_cases_along(offices: Offices) -> None:
    case = offices.accepted()
    with offices.at(COUNTY):
        places.move_area(code=VILLAGE, to=SOUTH, on=THURSDAY, order="x", by=offices.counter.by, at=day(TUESDAY))
    offices.net.settle()
    assert offices.deciding(case) == {NORTH}  # until that day
    for area in (COUNTY, NORTH, SOUTH):
        with offices.at(area):
            rows = Case.objects.filter(id=case)
            assert lying(list(rows), on=THURSDAY) == {case: SOUTH}


def test_lists_say_which_cases_are_decided_elsewhere(offices: Offices) -> None:
    here, there = offices.accepted(), offices.accepted("司徒静")
    offices.to_the_county(there)
    offices.net.settle()
    with offices.at(NORTH):
        scope = offices.counter.acting("clerk", WEDNESDAY).scope
        rows = queries.described(scope, queries.work(scope, Which.OFFICE, on=WEDNESDAY), on=WEDNESDAY)
        assert {row.id: row.elsewhere for row in rows} == {here: "", there: COUNTY}
