"""# Ways round the rules, and why none of them leads anywhere

A clock that has run out is not stopped to hide it, nor are days added after it has. What is recorded late does not fall
on who came after. A desk nobody sits at, a post that was closed and a county that was divided anew leave no case
behind. Nobody gives away what lies on his own desk, and a case is opened only by those who may have it.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from jiahe.places import actions as places
from jiahe.staff import actions as staff
from jiahe.window import actions, problems, queries
from jiahe.window.definitions.shapes import PauseReason
from jiahe.window.facts import Channel, Relation
from jiahe.window.models import Stage
from jiahe.window.queries import Which
from jiahe.window.rules.clock import Standing
from jiahe.window.rules.story import Phase
from tests.lib.counter import COUNTY, MONDAY, OTHER_TOWNSHIP, VILLAGE, Counter, day
from tests.lib.lateness import DUE, WEDNESDAY, climbed_to, late_one, peer_of, record_of

TUESDAY = MONDAY + timedelta(days=1)


def listed(counter: Counter, who: str, case: UUID, on: date) -> set[Which]:
    """The work lists of somebody in which a case stands."""
    scope = counter.acting(who, on).scope
    return {which for which in Which if queries.work(scope, which, on=on, since=MONDAY).filter(id=case).exists()}


def stop(counter: Counter, case: UUID, on: date) -> None:
    """Who has the review asks for more papers."""
    by = counter.acting(late_one(counter, case), on)
    actions.stop_clock(case=case, reason=PauseReason.SUPPLEMENT, note="x", by=by, at=day(on))


class TestTheClock:
    def test_one_that_ran_out_is_not_stopped(self, counter: Counter) -> None:
        case = counter.accepted()
        with pytest.raises(problems.CannotNow):
            stop(counter, case, WEDNESDAY)
        assert Which.OVERDUE in listed(counter, "manager", case, WEDNESDAY)

    def test_a_step_that_ran_out_while_the_case_stands_still_is_late_all_the_same(self, counter: Counter) -> None:
        case = counter.accepted()
        stop(counter, case, DUE)  # which leaves the step no more than the day it was stopped on
        assert counter.standing(case, WEDNESDAY + timedelta(days=1)) is Standing.OVERDUE

    def test_days_are_given_only_to_what_is_not_late_yet(self, counter: Counter) -> None:
        case = counter.accepted()
        by = counter.acting("manager", WEDNESDAY)
        actions.extend_case(case=case, days=5, reason="x", by=by, at=day(WEDNESDAY))
        assert record_of(counter, case, WEDNESDAY).due_on == DUE

    def test_an_overdue_case_gets_none_at_all(self, counter: Counter) -> None:
        case, on = counter.accepted(), date(2026, 4, 10)  # promised for 7 April
        with pytest.raises(problems.ExtendedAlready):
            actions.extend_case(case=case, days=5, reason="x", by=counter.acting("manager", on), at=day(on))

    def test_a_fresh_step_of_a_case_past_its_promise_is_overdue(self, counter: Counter) -> None:
        case, on = counter.accepted(), date(2026, 4, 20)
        counter.decide(case, "meets", on=on)
        assert counter.standing(case, on) is Standing.OVERDUE
        assert Which.OVERDUE in listed(counter, "manager", case, on)

    def test_what_was_accepted_by_silence_is_late_at_reception_and_nowhere_else(self, counter: Counter) -> None:
        case, on = counter.open(), date(2026, 3, 20)  # to be told by 9 March
        assert Which.OVERDUE in listed(counter, "manager", case, on)
        actions.accept_case(case=case, by=counter.acting("window", on), at=day(on))
        reception, review = counter.story(case).stages
        assert (reception.answers, review.since) == (counter.posts["window"], on)
        assert review.due.on > on

    def test_what_was_accepted_by_silence_is_counted(self, counter: Counter) -> None:
        counter.open()
        on = date(2026, 6, 1)
        board = queries.board(counter.acting("manager", on).scope, area=COUNTY, since=MONDAY, on=on)
        assert (board.whole.accepted, board.whole.overdue) == (1, 1)


class TestDesks:
    def test_nobody_gives_away_what_lies_on_his_own(self, counter: Counter) -> None:
        case = counter.accepted()
        clerk = late_one(counter, case)
        post, by = counter.posts[peer_of(clerk)], counter.acting(clerk, DUE)
        with pytest.raises(problems.NotYourself):
            actions.give_desks(cases=[case], post=post, reason="x", by=by, at=day(DUE))

    def test_it_is_passed_on_only_by_who_may_not_have_it(self, counter: Counter) -> None:
        case = counter.accepted()
        clerk = late_one(counter, case)
        with pytest.raises(problems.NotYourTurn):
            actions.pass_on(case=case, by=counter.acting(clerk, DUE), at=day(DUE))
        relative = {"person": counter.people["欧阳明"], "relation": Relation.KIN}
        actions.declare_interest(**relative, by=counter.acting(clerk), at=day(MONDAY, 5))
        actions.pass_on(case=case, by=counter.acting(clerk, TUESDAY), at=day(TUESDAY))
        stage = counter.story(case).stage
        assert stage is not None
        assert stage.desk == counter.posts[peer_of(clerk)]

    def test_one_at_which_nobody_sits_is_nobodys_and_a_peer_takes_it(self, counter: Counter) -> None:
        case = counter.accepted()
        clerk = late_one(counter, case)
        staff.vacate_post(post=counter.posts[clerk], on=TUESDAY, by=counter.by, at=day(TUESDAY))
        assert Which.UNASSIGNED in listed(counter, "manager", case, WEDNESDAY)
        actions.take_step(case=case, by=counter.acting(peer_of(clerk), TUESDAY), at=day(TUESDAY, 4))
        assert Which.UNASSIGNED not in listed(counter, "manager", case, WEDNESDAY)

    def test_another_who_receives_goes_on_where_the_owner_is_gone(self, counter: Counter) -> None:
        received = counter.open()
        decided = counter.accepted(applicant=counter.people["司徒静"])
        counter.decide(decided, "does_not_meet", on=TUESDAY)
        counter.decide(decided, "refused", on=TUESDAY, who="manager", reason="x")
        on = TUESDAY + timedelta(days=1)
        worker = counter.acting("worker", on)
        with pytest.raises((problems.NotYourTurn, problems.CannotNow)):
            actions.accept_case(case=received, by=worker, at=day(on))
        staff.close_post(post=counter.posts["window"], on=on, by=counter.by, at=day(TUESDAY))
        actions.accept_case(case=received, by=worker, at=day(on))
        actions.deliver_result(case=decided, channel=Channel.COUNTER, by=worker, at=day(on))
        assert (counter.story(received).phase, counter.story(decided).phase) == (Phase.RUNNING, Phase.CLOSED)

    def test_handed_up_it_comes_to_who_receives_there_and_its_steps_stay_where_the_applicant_lives(
        self, counter: Counter
    ) -> None:
        case = counter.open()
        window = counter.acting("window")
        actions.hand_over_case(case=case, area=COUNTY, reason="x", by=window, at=day(MONDAY, 3))
        story = counter.story(case)
        assert (story.owner, story.area) == (counter.posts["counter"], VILLAGE)
        actions.accept_case(case=case, by=counter.acting("counter"), at=day(MONDAY, 4))
        assert counter.story(case).stages[-1].desk in {counter.posts["clerk"], counter.posts["other_clerk"]}

    def test_what_is_told_of_reception_later_moves_no_record_of_lateness(self, counter: Counter) -> None:
        case = counter.open()
        actions.hand_over_case(
            case=case,
            area=VILLAGE,
            post=counter.posts["worker"],
            reason="x",
            by=counter.acting("window"),
            at=day(MONDAY),
        )
        actions.accept_case(case=case, by=counter.acting("worker"), at=day(MONDAY, 3))
        assert record_of(counter, case, WEDNESDAY).step == "first_review"  # as without the hand-over
        assert list(Stage.objects.filter(case=case).order_by("n").values_list("n", flat=True)) == [0, 1, 1_000]


class TestWhoLooks:
    def test_what_nobody_has_begun_is_opened_by_those_who_receive(self, counter: Counter) -> None:
        case = counter.open(who="worker")
        staff.vacate_post(post=counter.posts["worker"], on=TUESDAY, by=counter.by, at=day(TUESDAY))
        at, looks = day(TUESDAY, 5), {}
        for who in ("window", "clerk", "manager"):
            looks[who] = queries.may_look(counter.acting(who, TUESDAY).scope, case, at=at, on=TUESDAY)
        assert looks == {"window": True, "clerk": True, "manager": False}

    def test_a_kinsmans_case_stands_in_no_list(self, counter: Counter) -> None:
        case = counter.accepted()
        assert listed(counter, "manager", case, TUESDAY)
        relative = {"person": counter.people["欧阳明"], "relation": Relation.KIN}
        actions.declare_interest(**relative, by=counter.acting("manager"), at=day(MONDAY, 5))
        assert not listed(counter, "manager", case, TUESDAY)


def test_a_village_that_moves_to_another_township_takes_its_cases_along(counter: Counter) -> None:
    case = counter.open()
    assert listed(counter, "clerk", case, MONDAY)
    assert not listed(counter, "south", case, MONDAY)
    places.move_area(code=VILLAGE, to=OTHER_TOWNSHIP, on=TUESDAY, by=counter.by, at=day(TUESDAY))
    assert listed(counter, "south", case, TUESDAY)
    assert not listed(counter, "clerk", case, TUESDAY)
    assert Which.UNASSIGNED in listed(counter, "manager", case, TUESDAY)  # who owns it has no say there any more
    actions.accept_case(case=case, by=counter.acting("south", TUESDAY), at=day(TUESDAY, 3))
    assert counter.story(case).stages[-1].desk is None  # nobody reviews there yet


def test_what_lies_on_a_desk_left_behind_is_with_whoever_leads_at_once(counter: Counter) -> None:
    case = counter.accepted()
    assert not climbed_to(counter, "manager", TUESDAY)
    places.move_area(code=VILLAGE, to=OTHER_TOWNSHIP, on=TUESDAY, by=counter.by, at=day(TUESDAY))
    assert climbed_to(counter, "manager", TUESDAY) == [case]
