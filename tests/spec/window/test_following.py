"""# Following one's case, without an account

The number on the receipt and its code open the case; so do the number and the last four of the applicant's identity
number, while nobody guesses. What opens it is told to nobody who has only half. Whoever has shown his receipt may do
three things as a *visitor*: withdraw, rate, complain.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from jiahe.basis.languages import Text
from jiahe.journal.problems import NotPermitted
from jiahe.journal.recording import record
from jiahe.staff.rules import WINDOW, Tries, try_again_at
from jiahe.staff.scope import VISITOR, visitor
from jiahe.window import actions, facts, problems, queries
from jiahe.window.facts import Channel
from jiahe.window.models import Case
from jiahe.window.queries import Which
from jiahe.window.rules.story import Phase
from tests.lib.counter import COUNTY, MONDAY, NUMBER, TOWNSHIP, Counter, day

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def received(counter: Counter) -> tuple[Case, str]:
    """A case received, and the code on its receipt."""
    case, code = actions.open_case(
        service="childcare_subsidy",
        applicant=counter.people["欧阳明"],
        documents=("identity_card", "bank_account"),
        by=counter.acting("window"),
        at=day(MONDAY),
    )
    return Case.objects.get(id=case), code


class TestProof:
    def test_number_and_code_open_it_and_so_do_number_and_last_four(self, counter: Counter) -> None:
        case, code = received(counter)
        assert queries.prove_receipt(case.number, code) == case.id
        assert queries.prove_receipt(case.number, f" {code[:4]} {code[4:]} ") == case.id
        assert queries.prove_receipt(case.number, NUMBER[-4:]) == case.id

    def test_half_of_it_opens_nothing(self, counter: Counter) -> None:
        case, code = received(counter)
        other = "26" + "0" * 12
        for number, proof in ((case.number, "0000"), (case.number, ""), (other, code), (other, NUMBER[-4:]), ("", "")):
            assert queries.prove_receipt(number, proof) is None
        assert queries.prove_receipt(case.number, NUMBER[-5:]) is None  # four are asked for, no more and no less
        assert queries.prove_receipt(case.number, NUMBER) is None

    def test_a_new_code_ends_the_one_before(self, counter: Counter) -> None:
        case, code = received(counter)
        new = actions.give_code(case=case.id, by=counter.acting("window"), at=day(TUESDAY))
        assert queries.prove_receipt(case.number, code) is None
        assert queries.prove_receipt(case.number, new) == case.id

    def test_where_somebody_guesses_the_digits_open_it_no_more_but_the_code_does(self, counter: Counter) -> None:
        case, code = received(counter)
        assert queries.prove_receipt(case.number, NUMBER[-4:], digits=False) is None
        assert queries.prove_receipt(case.number, code, digits=False) == case.id

    def test_a_case_without_an_applicant_is_opened_by_its_code_alone(self, counter: Counter) -> None:
        case, code = actions.open_case(service="complaint", words="久等", by=counter.acting("window"), at=day(MONDAY))
        number = Case.objects.get(id=case).number
        assert queries.prove_receipt(number, code) == case
        assert queries.prove_receipt(number, "0000") is None

    def test_both_kinds_of_wrong_ask_the_database_the_same(
        self, counter: Counter, django_assert_num_queries: object
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        case, _code = received(counter)
        asked = []
        for number, proof in ((case.number, "9999"), ("26" + "0" * 12, "9999")):
            with CaptureQueriesContext(connection) as seen:
                assert queries.prove_receipt(number, proof) is None
            asked.append(len(seen))
        assert asked[0] == asked[1]


def guessed(times: int, *, every: timedelta) -> list[datetime]:
    """When somebody who guesses without pause from one place is looked at, by the rule of `staff`."""
    at, failed = day(MONDAY), list[datetime]()
    for _ in range(times):
        recent = [instant for instant in failed[-50:] if at - instant < WINDOW]
        if try_again_at(Tries(recent, len(recent), len(recent), known=False), at=at) == at:
            failed.append(at)
        at += every
    return failed


class TestGuessing:
    def test_of_ten_thousand_guesses_of_one_number_few_are_looked_at(self) -> None:
        looked_at = guessed(10_000, every=timedelta(seconds=1))  # in under three hours
        assert len(looked_at) == 60
        assert all(later - sooner >= WINDOW for sooner, later in zip(looked_at, looked_at[5:], strict=False))
        assert all(later > sooner for sooner, later in pairwise(looked_at))

    def test_meanwhile_who_holds_the_receipt_is_looked_at_at_once(self) -> None:
        crowd = Tries([], 10_000, 0, known=False)  # ten thousand failed for this number; none of them from his place
        assert try_again_at(crowd, at=day(MONDAY)) == day(MONDAY)
        neighbour = Tries([], 10_000, 10_000, known=False)  # even where they guess from his own village's address
        assert try_again_at(neighbour, at=day(MONDAY)) == day(MONDAY)


class TestVisitors:
    def test_a_visitor_records_three_kinds_of_facts_and_reads_nothing(self, counter: Counter) -> None:
        by = visitor(COUNTY, day(MONDAY))
        assert all(by.may(f"window.{kind}", TOWNSHIP) for kind in ("CaseOpened", "CaseWithdrawn", "ServiceRated"))
        assert not by.may("window.CaseWithdrawn", "411724")  # of another county
        assert (by.pages, by.fields, by.title) == (frozenset(), frozenset(), Text("Visitor", "來訪者", "来访者"))
        with pytest.raises(NotPermitted):
            record(facts.CaseAccepted(uuid4(), None), by=by, at=day(MONDAY), area=TOWNSHIP)

    def test_the_applicant_withdraws_his_case_himself(self, counter: Counter) -> None:
        case = counter.accepted()
        actions.withdraw_case(case=case, by=visitor(COUNTY, day(TUESDAY)), at=day(TUESDAY))
        story = counter.story(case)
        assert (story.phase, story.ended_on) == (Phase.WITHDRAWN, TUESDAY)
        with pytest.raises(problems.CannotNow):
            actions.withdraw_case(case=case, by=visitor(COUNTY, day(WEDNESDAY)), at=day(WEDNESDAY))

    def test_a_visitor_asks_for_nothing_but_that_somebody_looks(self, counter: Counter) -> None:
        by = visitor(COUNTY, day(MONDAY))
        with pytest.raises(problems.OnlyAtTheWindow):
            actions.open_case(service="contraceptive_supplies", by=by, at=day(MONDAY))
        with pytest.raises(problems.OnlyAtTheWindow):
            actions.open_case(service="complaint", applicant=counter.people["司徒静"], words="x", by=by, at=day(MONDAY))


class TestComplaints:
    def test_it_has_its_own_clock_and_waits_for_whoever_takes_it(self, counter: Counter) -> None:
        case, _code = actions.open_case(
            service="complaint",
            channel=Channel.ONLINE,
            words="窗口久等",
            by=visitor(COUNTY, day(MONDAY)),
            at=day(MONDAY),
        )
        story, counters = counter.story(case), counter.acting("counter")
        assert (story.opened_by, story.owner, story.area) == (VISITOR, None, COUNTY)
        assert story.tell_by == MONDAY + timedelta(days=7)
        assert case in [row.id for row in queries.work(counters.scope, Which.UNASSIGNED, on=MONDAY)]
        actions.accept_case(case=case, by=counters, at=day(TUESDAY))
        stage = counter.story(case).stage
        assert stage is not None
        assert (stage.step, stage.due.on) == ("contact", WEDNESDAY)

    def test_an_appeal_never_comes_to_whoever_decided(self, counter: Counter) -> None:
        refused = counter.accepted()
        counter.decide(refused, "does_not_meet", on=TUESDAY)
        counter.decide(refused, "refused", on=WEDNESDAY, who="manager", reason="不符")
        appeal, _code = actions.open_case(
            service="complaint",
            channel=Channel.ONLINE,
            regarding=refused,
            words="符合条件",
            by=visitor(COUNTY, day(WEDNESDAY)),
            at=day(WEDNESDAY),
        )
        assert counter.story(appeal).opening.regarding == refused
        with pytest.raises(problems.Recused):
            queries.case(counter.acting("manager").scope, appeal, on=WEDNESDAY)
        queries.case(counter.acting("counter").scope, appeal, on=WEDNESDAY)

    def test_who_complains_about_a_complaint_may_withdraw_that_too(self, counter: Counter) -> None:
        by = visitor(COUNTY, day(MONDAY))
        first, _ = actions.open_case(service="complaint", words="a", by=by, at=day(MONDAY))
        second, _ = actions.open_case(service="complaint", words="b", regarding=first, by=by, at=day(MONDAY))
        actions.withdraw_case(case=second, by=by, at=day(MONDAY))
        assert counter.story(second).phase is Phase.WITHDRAWN
