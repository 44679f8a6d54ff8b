"""# Lateness is explained, judged, appealed, decided

The post says how it came about; nobody is found responsible unheard. A superior judges, who has no part in it himself.
The post may appeal within fifteen days, and another officer than who judged decides.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jiahe.conduct import actions, problems, queries
from jiahe.conduct.facts import Finding, LatenessJudged, Ruling
from jiahe.conduct.models import Remark
from jiahe.conduct.queries import Which
from jiahe.conduct.rules.record import State
from jiahe.journal import replay
from jiahe.journal.recording import record_all
from jiahe.journal.redacting import redact
from jiahe.journal.values import Draft
from jiahe.staff import actions as staff
from jiahe.staff.scope import founding
from tests.lib.counter import COUNTY, TOWNSHIP, Counter, day
from tests.lib.lateness import (
    HEARD,
    REVIEW,
    THURSDAY,
    WEDNESDAY,
    appeal,
    decide,
    explain,
    judge,
    late_one,
    peer_of,
    record_of,
)


class TestHearing:
    def test_the_post_explains_a_superior_judges_and_it_is_final_after_fifteen_days(self, counter: Counter) -> None:
        case = counter.accepted()
        late = late_one(counter, case)
        explain(counter, late, case, WEDNESDAY)
        assert record_of(counter, case, WEDNESDAY).state is State.EXPLAINED
        judge(counter, "manager", case, THURSDAY)
        record = record_of(counter, case, THURSDAY)
        assert (record.state, record.upshot.finding, record.appeal_until) == (
            State.JUDGED,
            Finding.UPHELD,
            date(2026, 3, 27),
        )
        assert [each.words for each in record.said] == ["系统停机两天", "可以交给同事"]
        assert record_of(counter, case, date(2026, 3, 28)).state is State.FINAL
        with pytest.raises(problems.AppealTooLate):
            appeal(counter, late, case, date(2026, 3, 28))

    def test_nobody_is_found_responsible_unheard(self, counter: Counter) -> None:
        case = counter.accepted()
        with pytest.raises(problems.NotHeardYet):
            judge(counter, "manager", case, HEARD - timedelta(days=1))
        judge(counter, "manager", case, HEARD)

    def test_to_excuse_it_nobody_need_be_heard_and_it_is_final_at_once(self, counter: Counter) -> None:
        case = counter.accepted()
        judge(counter, "manager", case, WEDNESDAY, Finding.EXCUSED)
        assert record_of(counter, case, WEDNESDAY).state is State.FINAL
        with pytest.raises(problems.CannotNow):
            appeal(counter, late_one(counter, case), case, WEDNESDAY)

    def test_only_the_post_that_answers_explains(self, counter: Counter) -> None:
        case = counter.accepted()
        for who in ("manager", peer_of(late_one(counter, case))):
            with pytest.raises(problems.NotYourPost):
                explain(counter, who, case, WEDNESDAY)

    def test_reasons_are_asked_for_every_time(self, counter: Counter) -> None:
        case = counter.accepted()
        late = counter.acting(late_one(counter, case), WEDNESDAY)
        with pytest.raises(problems.WordsMissing):
            actions.explain_lateness(case=case, n=REVIEW, words=" ", by=late, at=day(WEDNESDAY))

    def test_what_is_judged_is_explained_and_judged_no_more(self, counter: Counter) -> None:
        case = counter.accepted()
        judge(counter, "manager", case, HEARD)
        for again in (
            lambda: judge(counter, "manager", case, HEARD),
            lambda: explain(counter, late_one(counter, case), case, HEARD),
            lambda: decide(counter, "auditor", case, HEARD),
        ):
            with pytest.raises(problems.CannotNow):
                again()


class TestNobodyJudgesInHisOwnCause:
    def test_not_the_post_itself_nor_its_peers(self, counter: Counter) -> None:
        case = counter.accepted()
        late = late_one(counter, case)
        for who in (late, peer_of(late)):
            with pytest.raises(problems.NotYoursToJudge):
                judge(counter, who, case, HEARD)

    def test_not_the_officer_concerned_in_a_higher_post(self, counter: Counter) -> None:
        """The clerk at the county's counter stands in for the manager, and is late at his own."""
        case = counter.open(who="counter")
        late = date(2026, 3, 10)  # nobody told the applicant anything in five working days
        with pytest.raises(problems.NotYoursToJudge):
            judge(counter, "counter", case, late + timedelta(days=8), post="manager", n=0)
        judge(counter, "manager", case, late + timedelta(days=8), n=0)

    def test_the_county_manager_is_judged_by_the_auditor_since_nobody_stands_above_him(self, counter: Counter) -> None:
        case = counter.accepted()
        counter.decide(case, "does_not_meet", on=WEDNESDAY)  # the confirmation is the county manager's
        later, confirmation = HEARD + timedelta(days=30), REVIEW + 1
        with pytest.raises(problems.NotYoursToJudge):
            judge(counter, "manager", case, later, n=confirmation)
        with pytest.raises(problems.RecordUnknown):  # nobody looks over the shoulder of his superior
            judge(counter, "clerk", case, later, n=confirmation)
        judge(counter, "auditor", case, later, n=confirmation)
        with pytest.raises(problems.NotYoursToJudge):  # and of nobody else
            judge(counter, "auditor", case, later)

    def test_not_who_held_the_post_when_it_fell_due_and_has_risen_since(self, counter: Counter) -> None:
        case = counter.accepted()
        late = late_one(counter, case)
        usual = {"by": counter.by, "at": day(THURSDAY)}
        staff.vacate_post(post=counter.posts[late], on=THURSDAY, **usual)
        staff.vacate_post(post=counter.posts["manager"], on=THURSDAY, **usual)
        staff.assign_post(post=counter.posts["manager"], officer=counter.officers[late], on=THURSDAY, **usual)
        with pytest.raises(problems.NotYoursToJudge):
            judge(counter, late, case, HEARD, post="manager")


class TestAppeal:
    def test_what_the_township_judged_the_county_decides(self, counter: Counter) -> None:
        case = counter.open("contraceptive_supplies", who="worker", applicant=None, documents=())
        judge(counter, "clerk", case, HEARD)
        assert queries.counts(counter.acting("manager", HEARD).scope, on=HEARD, whole=True)[Which.APPEALED] == 0
        appeal(counter, "worker", case, HEARD)
        assert queries.counts(counter.acting("manager", HEARD).scope, on=HEARD, whole=True)[Which.APPEALED] == 1
        for who in ("clerk", "other_clerk", "auditor"):
            with pytest.raises(problems.NotYoursToDecide):
                decide(counter, who, case, HEARD)
        decide(counter, "manager", case, HEARD)
        record = record_of(counter, case, HEARD)
        assert (record.state, record.upshot.finding) == (State.FINAL, Finding.EXCUSED)

    def test_above_the_county_manager_stands_nobody_so_the_auditor_decides(self, counter: Counter) -> None:
        case = counter.accepted()
        judge(counter, "manager", case, HEARD)
        appeal(counter, late_one(counter, case), case, HEARD)
        with pytest.raises(problems.NotYoursToDecide):
            decide(counter, "manager", case, HEARD)
        with pytest.raises(problems.NotYoursToDecide):  # his deputy sits in the post that judged
            decide(counter, "counter", case, HEARD, post="manager")
        decide(counter, "auditor", case, HEARD, Ruling.CONFIRMED)
        record = record_of(counter, case, HEARD)
        assert (record.state, record.upshot.finding) == (State.FINAL, Finding.UPHELD)


class TestFacts:
    def test_their_order_does_not_matter_and_two_judgements_are_one(self, counter: Counter) -> None:
        case = counter.accepted()
        late = late_one(counter, case)
        explain(counter, late, case, WEDNESDAY)
        judge(counter, "manager", case, HEARD)
        by, at = founding(COUNTY, day(HEARD)), day(HEARD, 5)
        fact = LatenessJudged(case, REVIEW, counter.posts[late], Finding.EXCUSED)
        (second,) = record_all([Draft(fact, by, at, TOWNSHIP)])  # a node that had not heard of the first
        before, record = list(Remark.objects.order_by("entry").values()), record_of(counter, case, HEARD)
        assert record.upshot.finding is Finding.UPHELD
        assert record.upshot.vain == (second.id,)
        replay.rebuild()
        assert list(Remark.objects.order_by("entry").values()) == before

    def test_what_is_erased_was_never_said(self, counter: Counter) -> None:
        case = counter.accepted()
        said = explain(counter, late_one(counter, case), case, WEDNESDAY)
        redact([said], ground="PIPL 47", by=counter.by, at=day(THURSDAY), area=TOWNSHIP)
        assert record_of(counter, case, THURSDAY).state is State.OPEN
