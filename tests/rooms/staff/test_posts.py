"""Posts change hands, duties stay with them, deputies act on their days, and siblings see nothing."""

from __future__ import annotations

import pytest

from jiahe.journal.problems import NotPermitted
from jiahe.staff import actions, problems, queries
from tests.rooms.staff.small_office import (
    AT,
    COUNTY,
    LONG_AGO,
    NORTH,
    NORTH_VILLAGE,
    SOUTH,
    SOUTH_VILLAGE,
    TODAY,
    Office,
    days,
)


def test_hand_over_moves_the_open_duties(office: Office) -> None:
    admin, clerk, post = office.acting("admin"), office.acting("clerk"), office.posts["worker"]
    waiting = actions.give_duty(post=post, title="Visit the new families", due_on=TODAY + days(7), by=clerk, at=AT)
    over = actions.give_duty(post=post, title="Check the list", due_on=TODAY, by=clerk, at=AT)
    actions.mark_duty_done(duty=over, by=office.acting("worker"), at=AT, note="all there")
    successor = office.officers["successor"] = office.officer("successor")
    actions.hand_over_post(post=post, taker=successor, on=TODAY, by=admin, at=AT)

    assert queries.holdings(office.officers["worker"], on=TODAY) == []
    taken = office.acting("successor")
    assert [duty.id for duty in queries.open_duties(taken.scope, post=post)] == [waiting]
    assert [duty.note for duty in queries.done_duties(taken.scope, post=post)] == ["all there"]
    held = queries.holders(taken.scope, post)
    assert [one.name for one in held] == ["successor", "worker"]
    before = queries.holder(admin.scope, post, on=TODAY - days(1))
    assert before
    assert before.name == "worker"


def test_the_hand_over_says_which_duties_went(office: Office) -> None:
    from jiahe.journal.models import Entry

    post, clerk = office.posts["worker"], office.acting("clerk")
    duty = actions.give_duty(post=post, title="Visit", due_on=TODAY, by=clerk, at=AT)
    actions.hand_over_post(post=post, taker=office.officer("next"), on=TODAY, by=office.acting("admin"), at=AT)
    entry = Entry.objects.filter(kind="staff.PostHandedOver@1").get()
    assert str(duty).encode() in bytes(entry.content)


def test_a_deputy_acts_on_his_days_only(office: Office) -> None:
    manager, post = office.acting("manager"), office.posts["clerk"]
    worker = office.officers["worker"]
    named = actions.name_deputy(
        post=post, officer=worker, starts_on=TODAY + days(1), ends_on=TODAY + days(3), by=manager, at=AT
    )

    def deputises(on: int) -> bool:
        return any(one.post == post and one.deputising for one in queries.holdings(worker, on=TODAY + days(on)))

    assert [deputises(on) for on in range(5)] == [False, True, True, True, False]
    actions.end_deputy(post=post, deputation=named, by=manager, at=AT + days(2))
    assert [deputises(on) for on in range(5)] == [False, True, False, False, False]


def test_the_holder_still_holds_while_a_deputy_acts(office: Office) -> None:
    manager, post = office.acting("manager"), office.posts["clerk"]
    actions.name_deputy(post=post, officer=office.officers["worker"], starts_on=TODAY, ends_on=TODAY, by=manager, at=AT)
    assert [one.deputising for one in queries.holdings(office.officers["clerk"], on=TODAY)] == [False]
    assert [one.name for one in queries.post(manager.scope, post, on=TODAY).deputies] == ["worker"]


def test_posts_of_a_sibling_are_not_there(office: Office) -> None:
    scope = office.acting("clerk").scope
    vacant = office.post("village_worker", SOUTH_VILLAGE)
    assert {post.area for post in queries.posts(scope, on=TODAY)} == {NORTH, NORTH_VILLAGE}
    assert list(queries.posts(scope, on=TODAY, within=SOUTH)) == []
    assert list(queries.posts(scope, on=TODAY, within=COUNTY)) == list(queries.posts(scope, on=TODAY))
    for post in (office.posts["neighbour"], office.posts["manager"], vacant):
        with pytest.raises(problems.NoSuchPost):
            queries.post(scope, post, on=TODAY)
        with pytest.raises(problems.NoSuchPost):
            queries.holders(scope, post)
        with pytest.raises(problems.NoSuchPost):
            actions.give_duty(post=post, title="x", due_on=TODAY, by=office.acting("clerk"), at=AT)
    theirs = actions.give_duty(
        post=office.posts["neighbour"], title="theirs", due_on=TODAY, by=office.acting("manager"), at=AT
    )
    assert list(queries.open_duties(scope)) == []
    with pytest.raises(problems.NoSuchDuty):
        actions.mark_duty_done(duty=theirs, by=office.acting("clerk"), at=AT)


def test_who_leaves_has_nothing_left(office: Office) -> None:
    admin, officer = office.acting("admin"), office.officers["clerk"]
    actions.let_officer_go(officer=officer, on=TODAY, by=admin, at=AT)
    assert queries.holdings(officer, on=TODAY) == []
    assert len(queries.holdings(officer, on=TODAY - days(1))) == 1
    assert queries.post(admin.scope, office.posts["clerk"], on=TODAY).vacant
    with pytest.raises(problems.OfficerGone):
        actions.assign_post(post=office.posts["clerk"], officer=officer, on=TODAY, by=admin, at=AT)


def test_a_closed_post_gives_nothing(office: Office) -> None:
    admin, post = office.acting("admin"), office.posts["clerk"]
    actions.close_post(post=post, on=TODAY, by=admin, at=AT)
    assert queries.holdings(office.officers["clerk"], on=TODAY) == []
    assert post not in {row.id for row in queries.posts(admin.scope, on=TODAY)}
    with pytest.raises(problems.PostClosedThen):
        actions.assign_post(post=post, officer=office.officer("late"), on=TODAY, by=admin, at=AT)


def test_a_post_is_vacated_and_given_again_on_one_day(office: Office) -> None:
    admin, post = office.acting("admin"), office.posts["clerk"]
    actions.vacate_post(post=post, on=TODAY, by=admin, at=AT)
    assert queries.holder(admin.scope, post, on=TODAY) is None
    new = office.officer("new")
    actions.assign_post(post=post, officer=new, on=TODAY, by=admin, at=AT)
    held = queries.holder(admin.scope, post, on=TODAY)
    assert held
    assert held.officer == new


def test_what_is_refused(office: Office) -> None:
    admin, post = office.acting("admin"), office.posts["clerk"]
    worker = office.officers["worker"]
    on = {"on": TODAY, "by": admin, "at": AT}
    with pytest.raises(problems.AlreadyHeld):
        actions.assign_post(post=post, officer=worker, **on)
    with pytest.raises(problems.SamePerson):
        actions.hand_over_post(post=post, taker=office.officers["clerk"], **on)
    with pytest.raises(problems.NotToYourself):
        actions.hand_over_post(post=post, taker=office.officers["admin"], **on)
    with pytest.raises(problems.LaterChangeExists):
        actions.hand_over_post(post=post, taker=worker, on=LONG_AGO, by=admin, at=AT)
    with pytest.raises(problems.TooFarAway):
        actions.hand_over_post(post=post, taker=worker, on=TODAY + days(400), by=admin, at=AT)
    with pytest.raises(problems.RoleNotHere):
        actions.create_post(role=office.roles["village_worker"], area=COUNTY, **on)
    with pytest.raises(problems.OutsideYourArea):
        actions.create_post(role=office.roles["city_supervisor"], area="4117", **on)
    with pytest.raises(problems.DaysReversed):
        actions.name_deputy(post=post, officer=worker, starts_on=TODAY, ends_on=TODAY - days(1), by=admin, at=AT)
    for name in ("  ", "a\x00b", "right\u202eleft"):
        with pytest.raises(problems.NameMissing):
            actions.enrol_officer(name=name, area=COUNTY, **on)
    with pytest.raises(problems.NobodyHolds):
        actions.hand_over_post(post=office.post("window_clerk", NORTH), taker=worker, **on)


def test_only_who_may_gives_posts(office: Office) -> None:
    with pytest.raises(NotPermitted):
        actions.enrol_officer(name="x", area=COUNTY, on=TODAY, by=office.acting("manager"), at=AT)
    with pytest.raises(NotPermitted):
        actions.assign_post(
            post=office.post("window_clerk", NORTH),
            officer=office.officer("friend"),
            on=TODAY,
            by=office.acting("manager"),
            at=AT,
        )


def test_a_duty_is_done_by_its_post_or_who_gives_it(office: Office) -> None:
    clerk, post = office.acting("clerk"), office.posts["clerk"]
    duty = actions.give_duty(post=post, title="x", due_on=TODAY, by=clerk, at=AT)
    office.staff("auditor", "auditor", COUNTY)
    with pytest.raises(problems.NotYourDuty):
        actions.mark_duty_done(duty=duty, by=office.acting("auditor"), at=AT)
    actions.mark_duty_done(duty=duty, by=office.acting("manager"), at=AT)
    with pytest.raises(problems.DutyAlreadyDone):
        actions.mark_duty_done(duty=duty, by=clerk, at=AT)
