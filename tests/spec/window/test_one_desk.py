"""# One case, one desk, one node

A county and its townships may each have a node of their own, and go on working while the line between them is cut. So
that nobody decides what another decides at the same time, a case is decided at one node only: where the desk is on
which it lies. Handing it over, or ending a step whose next one is the county's, moves it with that one fact: from then
on the township is refused, and the county may as soon as it has heard. On its way nobody can decide it.

What the applicant does is possible at every node that has the case, always: to bring, to withdraw, to rate, to be
answered; and to complain, anywhere. Another township's node has not got it, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from jiahe.journal.problems import HeldElsewhere
from jiahe.staff.scope import visitor
from jiahe.window import actions, queries
from jiahe.window.definitions.shapes import End, PauseReason
from jiahe.window.facts import Channel
from jiahe.window.models import Case, Rating
from jiahe.window.problems import CaseUnknown
from jiahe.window.rules.story import Phase
from tests.lib.counter import MONDAY, day
from tests.lib.links import COUNTY, NORTH, SOUTH
from tests.spec.window.offices import THURSDAY, TUESDAY, WEDNESDAY, Offices


def test_a_step_goes_from_the_township_to_the_county_and_is_decided_once(offices: Offices) -> None:
    case = offices.accepted()
    offices.cut(NORTH)
    offices.to_the_county(case)  # the township decides its step, though the line is cut
    with offices.at(NORTH), pytest.raises(HeldElsewhere):
        offices.refuse(case)  # from its own fact on, the township decides nothing more
    with offices.at(COUNTY), pytest.raises(HeldElsewhere):
        offices.refuse(case)  # the county has not heard yet: for it the case is still in the township
    assert offices.deciding(case) == set()
    offices.mend(NORTH)
    assert offices.deciding(case) == {COUNTY}
    with offices.at(COUNTY):
        offices.refuse(case)
    offices.agree(case)
    with offices.at(NORTH):
        story = offices.counter.story(case)
        assert (story.phase, story.end, story.vain) == (Phase.DECIDED, End.REFUSED, [])
        # the result is handed over by whoever answers to the applicant: the case is back in the township
        actions.deliver_result(
            case=case, channel=Channel.COUNTER, by=offices.counter.acting("window", THURSDAY), at=day(THURSDAY)
        )
    offices.agree(case)


def test_a_question_of_the_county_brings_the_case_back_to_the_township(offices: Offices) -> None:
    case = offices.accepted()
    offices.to_the_county(case)
    offices.net.settle()
    with offices.at(COUNTY):
        offices.counter.decide(case, "sent_back", on=WEDNESDAY, who="manager", reason="户籍?")
        with pytest.raises(HeldElsewhere):
            actions.give_desks(
                cases=[case], post=None, reason="x", by=offices.counter.acting("manager"), at=day(WEDNESDAY)
            )
    offices.net.settle()
    with offices.at(NORTH):
        offices.counter.decide(case, "answered", on=WEDNESDAY)
    offices.agree(case)
    assert offices.deciding(case) == {COUNTY}


def test_a_case_that_is_handed_over_is_accepted_by_the_county_alone(offices: Offices) -> None:
    case, counter = offices.received(), offices.counter
    offices.cut(NORTH)
    with offices.at(NORTH):
        window = counter.acting("window", TUESDAY)
        actions.hand_over_case(case=case, area=COUNTY, reason="属县级", by=window, at=day(TUESDAY))
        with pytest.raises(HeldElsewhere):
            actions.accept_case(case=case, by=window, at=day(TUESDAY))
        with pytest.raises(HeldElsewhere):
            actions.hand_over_case(case=case, area=SOUTH, reason="x", by=window, at=day(TUESDAY))
    with offices.at(COUNTY), pytest.raises(HeldElsewhere):
        actions.accept_case(case=case, by=counter.acting("counter", TUESDAY), at=day(TUESDAY))
    offices.mend(NORTH)
    with offices.at(COUNTY):
        actions.accept_case(case=case, by=counter.acting("counter", TUESDAY), at=day(TUESDAY, 3))
    offices.agree(case)
    assert offices.deciding(case) == {NORTH}  # its first step is the township's


def test_a_case_that_is_handed_to_another_township_is_decided_there(offices: Offices) -> None:
    case = offices.received()
    with offices.at(NORTH):
        window = offices.counter.acting("window", TUESDAY)
        actions.hand_over_case(case=case, area=SOUTH, reason="搬家", by=window, at=day(TUESDAY))
    offices.net.settle()
    assert offices.deciding(case) == {SOUTH}
    with offices.at(SOUTH):
        actions.accept_case(case=case, by=offices.counter.acting("south", WEDNESDAY), at=day(WEDNESDAY))
    offices.agree(case)
    assert offices.tables(case, SOUTH) == offices.tables(case, COUNTY)


def test_a_case_the_county_received_is_the_countys_until_it_is_accepted(offices: Offices) -> None:
    case = offices.received(where=COUNTY, who="counter", documents=("identity_card",))
    counter = offices.counter
    assert offices.deciding(case) == {COUNTY}
    with offices.at(COUNTY):
        actions.tell_missing(case=case, by=counter.acting("counter"), at=day(MONDAY, 3))
    offices.net.settle()
    assert offices.deciding(case) == {COUNTY}  # the applicant's turn; whoever told him what is missing waits for it
    with offices.at(NORTH):  # he brings it where he lives
        actions.bring_documents(
            case=case, documents=("bank_account",), by=counter.acting("window", TUESDAY), at=day(TUESDAY)
        )
        assert counter.story(case).phase is Phase.RECEIVED
        with pytest.raises(HeldElsewhere):
            actions.accept_case(case=case, by=counter.acting("window", TUESDAY), at=day(TUESDAY))
    assert offices.deciding(case) == {COUNTY}
    offices.net.settle()
    with offices.at(COUNTY):
        actions.accept_case(case=case, by=counter.acting("counter", WEDNESDAY), at=day(WEDNESDAY))
    offices.agree(case)
    assert offices.deciding(case) == {NORTH}


REFUSED: dict[str, Callable[[Offices, UUID], object]] = {
    "take a step": lambda o, case: actions.take_step(case=case, by=o.counter.acting("clerk"), at=day(TUESDAY)),
    "give a desk": lambda o, case: actions.give_desks(
        cases=[case], post=None, reason="x", by=o.counter.acting("manager"), at=day(TUESDAY)
    ),
    "pass on": lambda o, case: actions.pass_on(case=case, by=o.counter.acting("clerk"), at=day(TUESDAY)),
    "decide": lambda o, case: o.counter.decide(case, "meets", on=TUESDAY),
    "stop the clock": lambda o, case: actions.stop_clock(
        case=case, reason=PauseReason.SUPPLEMENT, note="x", by=o.counter.acting("clerk"), at=day(TUESDAY)
    ),
    "set it going": lambda o, case: actions.resume_clock(case=case, by=o.counter.acting("clerk"), at=day(TUESDAY)),
    "extend": lambda o, case: actions.extend_case(
        case=case, days=5, reason="x", by=o.counter.acting("manager"), at=day(TUESDAY)
    ),
    "tell what is missing": lambda o, case: actions.tell_missing(
        case=case, by=o.counter.acting("window"), at=day(TUESDAY)
    ),
    "accept": lambda o, case: actions.accept_case(case=case, by=o.counter.acting("window"), at=day(TUESDAY)),
    "not accept": lambda o, case: actions.decline_case(
        case=case, reason="x", by=o.counter.acting("window"), at=day(TUESDAY)
    ),
    "hand over": lambda o, case: actions.hand_over_case(
        case=case, area=COUNTY, reason="x", by=o.counter.acting("window"), at=day(TUESDAY)
    ),
    "deliver": lambda o, case: actions.deliver_result(
        case=case, channel=Channel.COUNTER, by=o.counter.acting("window"), at=day(TUESDAY)
    ),
}
"""Whatever decides a case, moves it, or touches its clock."""


@pytest.mark.parametrize("what", REFUSED)
def test_whatever_decides_or_moves_a_case_is_refused_elsewhere(offices: Offices, what: str) -> None:
    case = offices.accepted()
    with offices.at(COUNTY):
        before = offices.counter.story(case)
        with pytest.raises(HeldElsewhere):
            REFUSED[what](offices, case)
        assert offices.counter.story(case) == before


def test_what_the_applicant_does_is_possible_everywhere(offices: Offices) -> None:
    counter = offices.counter
    case = offices.received(documents=("identity_card",))
    offices.cut(NORTH)
    with offices.at(COUNTY):
        by = counter.acting("counter", TUESDAY)
        actions.bring_documents(case=case, documents=("bank_account",), by=by, at=day(TUESDAY))
        actions.give_code(case=case, by=by, at=day(TUESDAY))
        assert queries.case(by.scope, case, on=TUESDAY).elsewhere == NORTH
        actions.withdraw_case(case=case, by=visitor(COUNTY, day(TUESDAY, 3)), at=day(TUESDAY, 3))
        complaint, _code = actions.open_case(
            service="complaint",
            channel=Channel.ONLINE,
            regarding=case,
            words="久等",
            by=visitor(COUNTY, day(TUESDAY)),
            at=day(TUESDAY),
        )
        actions.rate_service(case=case, score=2, by=visitor(COUNTY, day(TUESDAY)), at=day(TUESDAY, 4))
    offices.mend(NORTH)
    offices.agree(case)
    with offices.at(NORTH):
        assert counter.story(case).phase is Phase.WITHDRAWN
        assert Rating.objects.get(case=case).score == 2
    assert offices.deciding(complaint) == {COUNTY}


def test_another_township_has_never_heard_of_a_case_and_says_who_takes_what_is_brought(offices: Offices) -> None:
    counter, papers = offices.counter, {"documents": ("bank_account",), "at": day(TUESDAY)}
    case = offices.received(documents=("identity_card",))
    with offices.at(SOUTH):
        assert not Case.objects.filter(id=case).exists()
        with pytest.raises(CaseUnknown) as refused:
            actions.bring_documents(case=case, by=counter.acting("south", TUESDAY), **papers)
        assert "the window that has his case; his receipt names it" in refused.value.now
    with offices.at(COUNTY):
        actions.bring_documents(case=case, by=counter.acting("counter", TUESDAY), **papers)
    offices.agree(case)


def test_who_withdrew_first_has_withdrawn_whatever_was_decided_meanwhile(offices: Offices) -> None:
    case = offices.accepted()
    offices.cut(NORTH)
    with offices.at(COUNTY):
        actions.withdraw_case(case=case, by=visitor(COUNTY, day(TUESDAY, 1)), at=day(TUESDAY, 1))
    offices.to_the_county(case)  # an hour later, and has not heard of it
    offices.mend(NORTH)
    offices.agree(case)
    with offices.at(COUNTY):
        story = offices.counter.story(case)
        assert story.phase is Phase.WITHDRAWN
        assert len(story.vain) == 2  # the outcome and the desk: the page says that they had no effect
