"""# What was not done in time, who answers for it, and to whom it climbs

A stage of a case that is not done by its due day is a record for the post on whose desk it lay then, from the next day
on. Nobody opens that record and nobody can leave it out: it follows from the facts of the case. Open stages climb from
superior to superior as the working days pass.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jiahe.conduct import actions, problems, queries
from jiahe.conduct.rules.record import State
from jiahe.registry import actions as registry
from jiahe.staff import actions as staff
from jiahe.window import actions as window
from jiahe.window.facts import Relation
from tests.lib.counter import MONDAY, Counter, day
from tests.lib.lateness import (
    DUE,
    FRIDAY,
    HEARD,
    REVIEW,
    THURSDAY,
    WEDNESDAY,
    climbed_to,
    explain,
    judge,
    late_one,
    own,
    peer_of,
)


class TestTheRecord:
    def test_it_is_there_on_the_day_after_the_due_day_without_anybody_opening_it(self, counter: Counter) -> None:
        case = counter.accepted()
        late = late_one(counter, case)
        assert not own(counter, late, DUE)
        (record,) = own(counter, late, WEDNESDAY)
        assert (record.case, record.n, record.step) == (case, REVIEW, "first_review")
        assert (record.post, record.due_on, record.ended_on) == (counter.posts[late], DUE, None)
        assert (record.state, record.late_by) == (State.OPEN, 1)
        assert not own(counter, peer_of(late), WEDNESDAY)

    def test_it_stays_with_the_post_that_let_it_fall_due_whoever_finishes_it(self, counter: Counter) -> None:
        case = counter.accepted()
        late = late_one(counter, case)
        peer, manager = counter.posts[peer_of(late)], counter.acting("manager", THURSDAY)
        window.give_desks(cases=[case], post=peer, reason="已逾期", by=manager, at=day(THURSDAY))
        counter.decide(case, "meets", on=FRIDAY)
        assert not own(counter, peer_of(late), HEARD)
        (record,) = own(counter, late, HEARD)
        assert (record.ended_on, record.late_by) == (FRIDAY, 3)

    def test_what_was_given_away_in_time_is_no_longer_ones_own(self, counter: Counter) -> None:
        case = counter.accepted()
        first = late_one(counter, case)
        peer, manager = counter.posts[peer_of(first)], counter.acting("manager", DUE)
        window.give_desks(cases=[case], post=peer, reason="病假", by=manager, at=day(DUE))
        assert not own(counter, first, WEDNESDAY)
        assert [each.post for each in own(counter, peer_of(first), WEDNESDAY)] == [peer]

    def test_who_has_no_part_in_a_case_sees_no_record_of_it(self, counter: Counter) -> None:
        case = counter.accepted()
        late, manager = late_one(counter, case), counter.acting("manager", THURSDAY)
        person = counter.people["欧阳明"]
        window.declare_interest(person=person, relation=Relation.KIN, by=manager, at=day(THURSDAY))
        assert not queries.records(manager.scope, on=THURSDAY, whole=True).exists()
        assert not queries.climbed(manager.scope, "county_manager", on=HEARD).exists()
        with pytest.raises(problems.RecordUnknown):
            judge(counter, "manager", case, HEARD)
        assert own(counter, late, THURSDAY)

    def test_who_is_married_to_the_applicant_has_no_part_in_it_though_his_own_post_is_late(
        self, counter: Counter
    ) -> None:
        case = counter.accepted()
        clerk, spouse = counter.acting(late_one(counter, case), THURSDAY), counter.people["司徒静"]
        usual = {"by": counter.by, "at": day(THURSDAY)}
        registry.register_marriage(
            person=counter.people["欧阳明"], on=date(2020, 1, 1), spouse=counter.people["司徒静"], **usual
        )
        window.declare_interest(person=spouse, relation=Relation.MYSELF, by=clerk, at=day(THURSDAY))
        assert not own(counter, late_one(counter, case), THURSDAY)
        with pytest.raises(problems.RecordUnknown):
            explain(counter, late_one(counter, case), case, THURSDAY)

    def test_another_township_knows_nothing_of_it(self, counter: Counter) -> None:
        case = counter.accepted()
        south = counter.acting("south", THURSDAY)
        assert not queries.records(south.scope, on=THURSDAY, whole=True).exists()
        with pytest.raises(problems.RecordUnknown):
            actions.explain_lateness(case=case, n=REVIEW, words="x", by=south, at=day(THURSDAY))


class TestClimbing:
    def test_it_comes_to_the_superior_at_once_and_to_nobody_before(self, counter: Counter) -> None:
        case = counter.accepted()
        assert not climbed_to(counter, "manager", DUE)
        assert climbed_to(counter, "manager", WEDNESDAY) == [case]
        # the clerks of the township are peers of the one who is late, not superiors
        assert not climbed_to(counter, "clerk", WEDNESDAY) + climbed_to(counter, "other_clerk", WEDNESDAY)

    def test_what_is_late_in_a_village_comes_to_the_township_first_and_to_the_county_after_three_days(
        self, counter: Counter
    ) -> None:
        case = counter.open("contraceptive_supplies", who="worker", applicant=None, documents=())
        tuesday, thursday, friday = (MONDAY + timedelta(days=n) for n in (1, 3, 4))
        assert climbed_to(counter, "clerk", tuesday) == [case]
        assert not climbed_to(counter, "manager", thursday)
        assert climbed_to(counter, "manager", friday) == [case]

    def test_a_desk_at_which_nobody_sits_does_not_wait_for_the_due_day(self, counter: Counter) -> None:
        case = counter.accepted()
        late = late_one(counter, case)
        usual = {"by": counter.by, "at": day(MONDAY, 4)}
        staff.vacate_post(post=counter.posts[late], on=MONDAY, **usual)
        (row,) = queries.risen(
            counter.acting("manager").scope,
            queries.climbed(counter.acting("manager").scope, "county_manager", on=MONDAY),
            on=MONDAY,
        )
        assert (row.row.id, row.reach.name, row.late_by) == (case, "SUPERIOR", 0)

    def test_what_lies_on_nobodys_desk_is_at_the_superiors_at_once(self, counter: Counter) -> None:
        for who in ("clerk", "other_clerk"):
            staff.vacate_post(post=counter.posts[who], on=MONDAY, by=counter.by, at=day(MONDAY, 1))
        case = counter.accepted()
        assert counter.story(case).stage is not None
        assert climbed_to(counter, "manager", MONDAY) == [case]


def test_open_stages_are_counted_and_no_post_is_blamed_for_chance(counter: Counter) -> None:
    """One case was reviewed in two days, one lies there: half are done in time, which says nothing of anybody."""
    done, lying = counter.accepted(), counter.accepted(applicant=counter.people["司徒静"])
    counter.decide(done, "meets", on=date(2026, 3, 4))
    found = queries.patterns(counter.acting("manager", THURSDAY).scope, on=THURSDAY)
    post = found.posts[counter.posts[late_one(counter, lying)]]
    assert (post.n, post.open, post.late, post.median) == (1, 1, 1, None)
    assert post.in_time is not None
    assert (post.in_time.value, post.in_time.low) == (0.0, 0.0)
    assert post.in_time.high > 0.97
    assert all(each.chance for each in found.posts.values())
    subsidy = found.services["childcare_subsidy"]
    assert (subsidy.n, subsidy.late) == (5, 1)  # two receptions, two reviews, one public notice that hangs
