"""# A case at the window, from the first contact to the archive

Whoever is asked first receives the applicant, owns the case and may not send him away. All that is missing is told
once. Accepted is what is complete; from the next working day on the promised days run. Each step lies on one desk.
Who received or accepted a case never decides it. The applicant may withdraw at any time and gives no reason.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jiahe.registry import actions as registry
from jiahe.window import actions, problems, queries
from jiahe.window.definitions.shapes import End, PauseReason
from jiahe.window.facts import Channel, Relation
from jiahe.window.models import Case, Stage
from jiahe.window.queries import Which
from jiahe.window.rules.clock import Standing
from jiahe.window.rules.story import DELIVERY, RECEPTION, Phase
from tests.lib.counter import MONDAY, TOWNSHIP, VILLAGE, Counter, day

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))


def test_a_childcare_subsidy_from_the_counter_into_the_hand(counter: Counter) -> None:
    case = counter.open(documents=("identity_card",))
    story = counter.story(case)
    assert (story.phase, story.area, story.owner) == (Phase.RECEIVED, VILLAGE, counter.posts["window"])
    window = counter.acting("window")
    actions.tell_missing(case=case, by=window, at=day(TUESDAY))
    assert counter.story(case).missing == ("bank_account",)
    actions.bring_documents(case=case, documents=("bank_account",), by=window, at=day(THURSDAY))
    actions.accept_case(case=case, by=window, at=day(FRIDAY))
    story = counter.story(case)
    # Friday 6 March: 25 working days later; 6 April is Qingming
    assert story.promised_on == story.due.on == date(2026, 4, 13)
    assert story.stage is not None
    assert story.stage.step == "first_review"
    counter.decide(case, "meets", on=date(2026, 3, 10))
    hung = counter.story(case).stage
    assert hung is not None
    assert hung.step == "public_notice"
    with pytest.raises(problems.NoticeHangs):
        counter.decide(case, "no_objection", on=date(2026, 3, 17))  # it hangs 11 to 17 March
    counter.decide(case, "no_objection", on=date(2026, 3, 18))
    counter.decide(case, "granted", on=date(2026, 3, 20), who="manager")
    story = counter.story(case)
    assert (story.phase, story.end, story.decided_by) == (Phase.DECIDED, End.GRANTED, str(counter.officers["manager"]))
    actions.deliver_result(case=case, channel=Channel.COUNTER, by=window, at=day(date(2026, 3, 23)))
    story = counter.story(case)
    assert story.phase is Phase.CLOSED
    assert story.stage is None
    assert not story.vain
    steps = [stage.step for stage in story.stages]
    assert steps == [RECEPTION, RECEPTION, "first_review", "public_notice", "confirmation", DELIVERY]
    assert not Stage.objects.filter(case=case, late=True).exists()


class TestReception:
    def test_what_is_missing_is_told_once_and_in_full(self, counter: Counter) -> None:
        case, window = counter.open(documents=()), counter.acting("window")
        actions.tell_missing(case=case, missing=["guardianship_proof"], by=window, at=day(MONDAY))
        assert counter.story(case).missing == ("identity_card", "guardianship_proof", "bank_account")
        actions.bring_documents(
            case=case, documents=("identity_card", "guardianship_proof", "bank_account"), by=window, at=day(TUESDAY)
        )
        with pytest.raises(problems.ToldBefore):
            actions.tell_missing(case=case, missing=["guardianship_proof"], by=window, at=day(WEDNESDAY))

    def test_who_is_told_nothing_for_five_working_days_is_accepted(self, counter: Counter) -> None:
        case = counter.open(documents=("identity_card",))
        tuesday = MONDAY + timedelta(days=8)  # the sixth working day after Monday
        assert counter.standing(case, tuesday) is Standing.OVERDUE
        with pytest.raises(problems.CannotNow):
            actions.tell_missing(case=case, by=counter.acting("window"), at=day(tuesday))
        with pytest.raises(problems.CannotNow):
            actions.decline_case(case=case, reason="late", by=counter.acting("window"), at=day(tuesday))
        actions.accept_case(case=case, by=counter.acting("window"), at=day(tuesday))
        story = counter.story(case)
        assert story.silent
        assert story.accepted_on == MONDAY
        assert story.due.on == date(2026, 4, 7)  # 25 working days after Monday 2 March, Qingming on 6 April
        assert Stage.objects.get(case=case, n=0).late

    def test_what_is_not_complete_is_not_accepted(self, counter: Counter) -> None:
        case = counter.open(documents=("identity_card",))
        with pytest.raises(problems.DocumentsMissing):
            actions.accept_case(case=case, by=counter.acting("window"), at=day(MONDAY))

    def test_whoever_was_asked_first_hands_over_and_says_why(self, counter: Counter) -> None:
        case, window = counter.open(), counter.acting("window")
        with pytest.raises(problems.ReasonMissing):
            actions.hand_over_case(case=case, area=TOWNSHIP, reason=" ", by=window, at=day(MONDAY))
        actions.hand_over_case(
            case=case, area=TOWNSHIP, post=counter.posts["clerk"], reason="土地在镇里", by=window, at=day(MONDAY)
        )
        with pytest.raises(problems.NotYourTurn):
            actions.accept_case(case=case, by=window, at=day(MONDAY))
        actions.accept_case(case=case, by=counter.acting("clerk"), at=day(MONDAY))

    def test_declining_needs_a_reason(self, counter: Counter) -> None:
        case, window = counter.open(), counter.acting("window")
        with pytest.raises(problems.ReasonMissing):
            actions.decline_case(case=case, reason="", by=window, at=day(MONDAY))
        actions.decline_case(case=case, reason="不属本县", by=window, at=day(MONDAY))
        assert counter.story(case).phase is Phase.DECLINED

    def test_nobody_asks_for_what_is_not_in_the_guide(self, counter: Counter) -> None:
        with pytest.raises(problems.DocumentUnknown):
            counter.open(documents=("sterilisation_proof",))
        with pytest.raises(problems.DocumentUnknown):  # the county holds it
            counter.open(documents=("birth_record",))


class TestApplicants:
    def test_the_dead_those_who_left_and_children_do_not_apply(self, counter: Counter) -> None:
        child = counter.enter("欧阳小", born=date(2015, 1, 1))
        with pytest.raises(problems.ApplicantUnderAge):
            counter.open(applicant=child)
        registry.register_move_out(
            person=counter.people["司徒静"], on=MONDAY, destination="郑州", by=counter.by, at=day(MONDAY)
        )
        with pytest.raises(problems.ApplicantAway):
            counter.open(applicant=counter.people["司徒静"], on=TUESDAY)
        registry.register_death(person=counter.people["欧阳明"], on=MONDAY, by=counter.by, at=day(MONDAY))
        with pytest.raises(problems.ApplicantDied):
            counter.open(on=TUESDAY)

    def test_on_the_day_of_eighteen_one_may(self, counter: Counter) -> None:
        young = counter.enter("欧阳青", born=date(2008, 3, 2))
        counter.open(applicant=young, on=MONDAY)

    def test_one_application_is_made_once(self, counter: Counter) -> None:
        case = counter.open()
        with pytest.raises(problems.SameCaseOpen):
            counter.open(on=TUESDAY)
        actions.withdraw_case(case=case, by=counter.acting("window"), at=day(TUESDAY))
        counter.open(on=TUESDAY)

    def test_a_double_that_was_merged_is_the_same_applicant(self, counter: Counter) -> None:
        first = counter.people["欧阳明"]
        double = counter.enter("欧阳明")
        counter.open(applicant=first)
        registry.merge_persons(
            kept=first,
            gone=double,
            sure={"registry.maybe_twins"},
            by=counter.by,
            at=day(MONDAY),
        )
        with pytest.raises(problems.SameCaseOpen):
            counter.open(applicant=double, on=TUESDAY)

    def test_contraceptives_are_given_without_a_name(self, counter: Counter) -> None:
        case = counter.open("contraceptive_supplies", who="worker", applicant=None, documents=())
        row = Case.objects.get(id=case)
        assert (row.applicant, row.desk, row.turn_due_on) == (None, counter.posts["worker"], MONDAY)
        counter.decide(case, "handed_out", on=MONDAY)
        assert counter.story(case).phase is Phase.CLOSED


class TestDesks:
    def test_the_step_goes_to_the_desk_with_the_least_to_do(self, counter: Counter) -> None:
        first = counter.accepted()
        second = counter.accepted(applicant=counter.people["司徒静"])
        desks = {stage.desk for case in (first, second) if (stage := counter.story(case).stage)}
        assert desks == {counter.posts["clerk"], counter.posts["other_clerk"]}

    def test_nobody_decides_on_another_desk(self, counter: Counter) -> None:
        case = counter.accepted()
        stage = counter.story(case).stage
        assert stage is not None
        wrong = "clerk" if stage.desk == counter.posts["other_clerk"] else "other_clerk"
        with pytest.raises(problems.NotYourTurn):
            actions.decide_step(case=case, outcome="meets", by=counter.acting(wrong), at=day(MONDAY))

    def test_a_step_without_anybody_is_on_nobodys_list_until_one_takes_it(self, counter: Counter) -> None:
        from jiahe.staff import actions as staff

        for who in ("clerk", "other_clerk"):
            staff.vacate_post(post=counter.posts[who], on=MONDAY, by=counter.by, at=day(MONDAY, 0))
        case = counter.accepted()
        manager = counter.acting("manager")
        listed = queries.work(manager.scope, Which.UNASSIGNED, on=MONDAY)
        assert [row.id for row in listed] == [case]
        staff.assign_post(
            post=counter.posts["clerk"], officer=counter.officers["clerk"], on=TUESDAY, by=counter.by, at=day(TUESDAY)
        )
        clerk = counter.acting("clerk", TUESDAY)
        actions.take_step(case=case, by=clerk, at=day(TUESDAY))
        with pytest.raises(problems.NotYourTurn):  # two clerks, one case: the second is told
            actions.take_step(case=case, by=clerk, at=day(TUESDAY))
        assert not queries.work(manager.scope, Which.UNASSIGNED, on=TUESDAY).exists()

    def test_when_somebody_is_ill_all_his_cases_go_to_others_at_once(self, counter: Counter) -> None:
        cases = [counter.accepted(), counter.accepted(applicant=counter.people["司徒静"])]
        manager = counter.acting("manager")
        actions.give_desks(
            cases=[case for case in cases if _desk(counter, case) == counter.posts["clerk"]],
            post=counter.posts["other_clerk"],
            reason="病假",
            by=manager,
            at=day(TUESDAY),
        )
        assert {_desk(counter, case) for case in cases} == {counter.posts["other_clerk"]}
        with pytest.raises(problems.WrongRole):
            actions.give_desks(cases=cases, post=counter.posts["worker"], reason="病假", by=manager, at=day(TUESDAY))

    def test_who_accepted_never_decides(self, counter: Counter) -> None:
        case = counter.open(who="counter")
        actions.accept_case(case=case, by=counter.acting("counter"), at=day(MONDAY))
        counter.decide(case, "does_not_meet", on=TUESDAY)
        # the clerk of the county window stands in for the manager, and accepted the case
        with pytest.raises(problems.ApproverIsAcceptor):
            counter.decide(case, "refused", on=WEDNESDAY, who="counter", reason="不符")
        counter.decide(case, "refused", on=WEDNESDAY, who="manager", reason="子女已满三周岁")
        assert counter.story(case).reason == "子女已满三周岁"

    def test_special_support_is_decided_by_two_officers(self, counter: Counter) -> None:
        case = counter.open("special_support")
        actions.accept_case(case=case, by=counter.acting("window"), at=day(MONDAY))
        counter.decide(case, "reviewed", on=TUESDAY)
        counter.decide(case, "agreed", on=WEDNESDAY, who="manager")
        with pytest.raises(problems.ApproverIsAcceptor):
            counter.decide(case, "granted", on=THURSDAY, who="manager")
        counter.decide(case, "granted", on=THURSDAY, who="counter")


class TestInterest:
    def test_nobody_sees_or_decides_the_case_of_his_wife(self, counter: Counter) -> None:
        clerk = counter.acting("clerk")
        registry.register_marriage(
            person=counter.people["欧阳明"],
            on=date(2020, 1, 1),
            spouse=counter.people["司徒静"],
            by=counter.by,
            at=day(MONDAY),
        )
        actions.declare_interest(person=counter.people["欧阳明"], relation=Relation.MYSELF, by=clerk, at=day(MONDAY))
        case = counter.accepted(applicant=counter.people["司徒静"])
        assert _desk(counter, case) == counter.posts["other_clerk"]  # it never came to his desk
        with pytest.raises(problems.Recused):
            queries.case(clerk.scope, case, on=MONDAY)
        with pytest.raises(problems.Recused):
            actions.inspect_case(case=case, reason="neugierig", by=clerk, at=day(MONDAY))
        with pytest.raises(problems.Recused):
            counter.open(applicant=counter.people["欧阳明"], who="clerk")

    def test_a_case_on_ones_desk_is_passed_on_unseen(self, counter: Counter) -> None:
        case = counter.accepted()
        desk = "clerk" if _desk(counter, case) == counter.posts["clerk"] else "other_clerk"
        by = counter.acting(desk)
        actions.declare_interest(person=counter.people["欧阳明"], relation=Relation.OTHER, by=by, at=day(MONDAY))
        assert case not in [row.id for row in queries.work(by.scope, Which.OFFICE, on=MONDAY)]
        with pytest.raises(problems.Recused):
            actions.decide_step(case=case, outcome="meets", by=by, at=day(TUESDAY))
        actions.pass_on(case=case, by=by, at=day(TUESDAY))
        assert _desk(counter, case) not in (None, counter.posts[desk])

    def test_nobody_lifts_his_own_recusal(self, counter: Counter) -> None:
        clerk = counter.acting("clerk")
        said = actions.declare_interest(
            person=counter.people["欧阳明"], relation=Relation.KIN, by=clerk, at=day(MONDAY)
        )
        with pytest.raises(problems.NotYourself):
            actions.end_interest(interest=said.id, reason="搬走", by=clerk, at=day(MONDAY))
        actions.end_interest(interest=said.id, reason="搬走", by=counter.acting("manager"), at=day(MONDAY))
        assert not queries.recused(clerk.officer, counter.people["欧阳明"], on=MONDAY)

    def test_who_is_complained_about_does_not_examine(self, counter: Counter) -> None:
        case = counter.open(who="counter")
        actions.accept_case(case=case, by=counter.acting("counter"), at=day(MONDAY))
        complaint = counter.open("complaint", who="counter", documents=(), regarding=None, words="久等")
        assert counter.story(complaint).stage is not None
        with pytest.raises(problems.Recused):
            counter.open("complaint", who="counter", documents=(), regarding=case, words="久等", on=TUESDAY)


class TestTheClock:
    def test_it_stands_still_only_for_what_is_listed_and_not_twice(self, counter: Counter) -> None:
        case = counter.accepted()
        by = counter.acting(_who(counter, case))
        with pytest.raises(problems.PauseUnlawful):
            actions.stop_clock(case=case, reason=PauseReason.HEARING, note="听证", by=by, at=day(TUESDAY))
        actions.stop_clock(case=case, reason=PauseReason.SUPPLEMENT, note="补户口", by=by, at=day(TUESDAY))
        with pytest.raises(problems.PausedAlready):
            actions.stop_clock(case=case, reason=PauseReason.SUPPLEMENT, note="补户口", by=by, at=day(TUESDAY))
        assert counter.standing(case, WEDNESDAY) is Standing.PAUSED
        before = counter.story(case).due.on
        actions.resume_clock(case=case, by=by, at=day(THURSDAY))
        # stopped on Tuesday until Thursday: two working days later than promised, no longer the ten it might have been
        story = counter.story(case)
        assert story.promised_on == date(2026, 4, 7)
        assert story.due.on == date(2026, 4, 9) < before

    def test_the_post_the_service_names_extends_it_once(self, counter: Counter) -> None:
        case = counter.accepted()
        with pytest.raises(problems.CaseUnknown):  # the role may not record it at all
            actions.extend_case(case=case, days=5, reason="x", by=counter.acting("clerk"), at=day(TUESDAY))  # type: ignore[arg-type]
        manager = counter.acting("manager")
        due = counter.story(case).stage
        assert due is not None
        actions.extend_case(case=case, days=5, reason="需核实", by=manager, at=day(TUESDAY))
        later = counter.story(case).stage
        assert later is not None
        assert later.due.on > due.due.on
        with pytest.raises(problems.ExtendedAlready):
            actions.extend_case(case=case, days=5, reason="需核实", by=manager, at=day(WEDNESDAY))

    def test_an_overdue_step_names_the_post_that_held_it_when_it_fell_due(self, counter: Counter) -> None:
        case = counter.accepted()
        held = _desk(counter, case)
        late = date(2026, 3, 13)  # due on Tuesday 10 March
        manager = counter.acting("manager")
        assert [row.answers for row in queries.late_stages(manager.scope, on=late)] == [held]
        other = next(post for post in (counter.posts["clerk"], counter.posts["other_clerk"]) if post != held)
        actions.give_desks(cases=[case], post=other, reason="拖延", by=manager, at=day(late))
        assert [row.answers for row in queries.late_stages(manager.scope, on=late)] == [held]


class TestEnds:
    def test_what_is_over_is_over(self, counter: Counter) -> None:
        case = counter.accepted()
        by = counter.acting(_who(counter, case))
        actions.withdraw_case(case=case, by=counter.acting("window"), at=day(TUESDAY))
        with pytest.raises(problems.NotYourTurn):
            actions.decide_step(case=case, outcome="meets", by=by, at=day(TUESDAY))
        with pytest.raises(problems.CannotNow):
            actions.withdraw_case(case=case, by=counter.acting("window"), at=day(TUESDAY))

    def test_a_refusal_says_why(self, counter: Counter) -> None:
        case = counter.accepted()
        counter.decide(case, "does_not_meet", on=TUESDAY)
        with pytest.raises(problems.ReasonMissing):
            counter.decide(case, "refused", on=WEDNESDAY, who="manager")

    def test_an_outcome_that_is_used_up_is_closed(self, counter: Counter) -> None:
        case = counter.accepted()
        counter.decide(case, "does_not_meet", on=TUESDAY)
        counter.decide(case, "sent_back", on=WEDNESDAY, who="manager", reason="何时迁入？")
        counter.decide(case, "answered", on=THURSDAY)
        with pytest.raises(problems.OutcomeClosed):
            counter.decide(case, "sent_back", on=FRIDAY, who="manager", reason="再问")


def test_another_township_knows_nothing_of_it(counter: Counter) -> None:
    case = counter.open()
    number = counter.story(case).opening.number
    south = counter.acting("south")
    with pytest.raises(problems.CaseUnknown):
        queries.case(south.scope, case, on=MONDAY)
    with pytest.raises(problems.CaseUnknown):
        actions.withdraw_case(case=case, by=south, at=day(MONDAY))
    assert queries.case_numbered(south.scope, number) is None
    assert queries.case_numbered(counter.acting("manager").scope, number) == case


def _desk(counter: Counter, case: object) -> object:
    stage = counter.story(case).stage  # type: ignore[arg-type]
    return stage.desk if stage else None


def _who(counter: Counter, case: object) -> str:
    return next(name for name, post in counter.posts.items() if post == _desk(counter, case))
