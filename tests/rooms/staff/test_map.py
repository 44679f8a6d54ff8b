"""When the map is redrawn, posts, officers and duties are where their area is on the day; rights follow."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from jiahe.basis.languages import Text
from jiahe.journal import fsck
from jiahe.places import actions as places
from jiahe.places.facts import NamedArea
from jiahe.staff import actions, problems, queries
from tests.rooms.staff.small_office import (
    AT,
    COUNTY,
    NORTH,
    NORTH_VILLAGE,
    SOUTH,
    SOUTH_VILLAGE,
    TODAY,
    Office,
    days,
)

MOVED = SOUTH + "001"
"""What the northern village is called once it lies in the southern township."""
EVE, AFTER = TODAY - days(1), TODAY + days(1)


def redraw(office: Office, on: date = TODAY, to: str = SOUTH) -> list[Any]:
    """The northern village goes to the southern township."""
    return places.move_area(code=NORTH_VILLAGE, to=to, new_code=MOVED, on=on, by=office.by, at=AT)


def named(code: str) -> NamedArea:
    """An area called by its code."""
    return NamedArea(code, code, Text(code, code, code))


def listed(office: Office, key: str, on: date = TODAY) -> dict[UUID, str]:
    """The posts that officer sees on the day, with their areas."""
    scope = office.acting(key, on).scope
    return {row.id: row.area for row in queries.described(queries.posts(scope, on=on), on=on)}


def test_a_post_lies_where_its_area_is_on_the_day(office: Office) -> None:
    worker = office.officers["worker"]
    redraw(office, AFTER)
    for on, area in ((EVE, NORTH_VILLAGE), (TODAY, NORTH_VILLAGE), (AFTER, MOVED), (AFTER + days(9), MOVED)):
        assert [one.area for one in queries.holdings(worker, on=on)] == [area]
        acting = office.acting("worker", on)
        assert acting.scope.area == area
        assert acting.may("registry.Born", area)
        assert acting.may("registry.Born", MOVED) is (area == MOVED)


def test_lists_go_by_where_the_post_is(office: Office) -> None:
    post = office.posts["worker"]
    redraw(office, AFTER)
    assert (post in listed(office, "clerk"), post in listed(office, "neighbour")) == (True, False)
    assert post not in listed(office, "clerk", AFTER)
    assert listed(office, "neighbour", AFTER) == {office.posts["neighbour"]: SOUTH, post: MOVED}
    scope = office.acting("manager", AFTER).scope
    in_order = [row.here for row in queries.posts(scope, on=AFTER)]
    assert in_order == sorted(in_order)
    assert {row.id for row in queries.posts(scope, on=AFTER, within=SOUTH)} == {post, office.posts["neighbour"]}
    assert [row.id for row in queries.posts(scope, on=AFTER, within=NORTH)] == [office.posts["clerk"]]
    with pytest.raises(problems.NoSuchPost):
        queries.post(office.acting("clerk", AFTER).scope, post, on=AFTER)


def test_duties_and_officers_go_along(office: Office) -> None:
    admin, clerk, post = office.acting("admin"), office.acting("clerk"), office.posts["worker"]
    duty = actions.give_duty(post=post, title="Visit", due_on=TODAY, by=clerk, at=AT)
    villager = actions.enrol_officer(name="villager", area=NORTH_VILLAGE, on=EVE, by=admin, at=AT)
    redraw(office, AFTER)
    then = office.acting("neighbour", AFTER)
    assert [row.id for row in queries.open_duties(then.scope)] == [duty]
    assert list(queries.open_duties(office.acting("clerk", AFTER).scope)) == []
    assert queries.officer(then.scope, villager).here == MOVED
    assert [row.here for row in queries.officers(then.scope, on=AFTER)] == [MOVED]
    assert queries.officer_names(clerk.scope, [str(villager)]) == {str(villager): "villager"}
    actions.mark_duty_done(duty=duty, by=then, at=AT + days(1))
    assert [row.here for row in queries.done_duties(then.scope, post=post)] == [MOVED]


def test_a_post_can_be_handed_over_where_it_is_now(office: Office) -> None:
    redraw(office)
    office.staff("other_admin", "administrator", COUNTY)
    admin, post = office.acting("other_admin"), office.posts["worker"]
    taker = office.officers["taker"] = office.officer("taker")
    actions.hand_over_post(post=post, taker=taker, on=TODAY, by=admin, at=AT)
    assert office.acting("taker").area == MOVED
    actions.let_officer_go(officer=taker, on=AFTER, by=admin, at=AT)
    assert queries.holdings(taker, on=AFTER) == []
    actions.close_post(post=post, on=AFTER, by=admin, at=AT)
    assert post not in listed(office, "manager", AFTER)


def test_an_officer_leaves_after_a_move_that_is_to_come(office: Office) -> None:
    """He who records it has the rights of today, on the map of today."""
    redraw(office, AFTER, to=SOUTH)
    actions.let_officer_go(officer=office.officers["worker"], on=AFTER, by=office.acting("admin"), at=AT)
    assert queries.holdings(office.officers["worker"], on=AFTER) == []


def test_a_township_moves_with_its_villages(office: Office) -> None:
    places.open_area(area=named("411724"), on=EVE, by=office.by, at=AT)
    places.move_area(code=NORTH, to="411724", new_code="411724001", on=TODAY, by=office.by, at=AT)
    assert office.acting("clerk").area == "411724001"
    assert office.acting("worker").area == "411724001201"
    assert listed(office, "clerk") == {office.posts["clerk"]: "411724001", office.posts["worker"]: "411724001201"}
    assert listed(office, "manager").keys() == {office.posts[key] for key in ("manager", "admin", "neighbour")}


def test_a_merger_and_a_move_after_it(office: Office) -> None:
    places.merge_areas(codes=[NORTH_VILLAGE], into=SOUTH_VILLAGE, on=TODAY, by=office.by, at=AT)
    assert office.acting("worker").area == SOUTH_VILLAGE
    places.move_area(code=SOUTH_VILLAGE, to=NORTH, new_code=NORTH + "777", on=AFTER, by=office.by, at=AT)
    assert [office.acting("worker", on).area for on in (EVE, TODAY, AFTER)] == [
        NORTH_VILLAGE,
        SOUTH_VILLAGE,
        NORTH + "777",
    ]


def test_a_cancelled_order_leaves_nothing(office: Office) -> None:
    (moved,) = redraw(office)
    assert office.acting("worker").area == MOVED
    places.cancel_change(entry=moved.id, why="a mistake", by=office.by, at=AT)
    assert office.acting("worker").area == NORTH_VILLAGE
    assert office.posts["worker"] in listed(office, "clerk")
    assert list(fsck.findings()) == []


def test_after_a_split_somebody_must_say(office: Office) -> None:
    post, parts = office.posts["worker"], [NORTH + "301", NORTH + "302"]
    places.split_area(
        code=NORTH_VILLAGE, into=[named(code) for code in parts], keep=False, on=TODAY, by=office.by, at=AT
    )
    assert office.acting("worker").area == NORTH_VILLAGE
    clerk = office.acting("clerk").scope
    assert [row.id for row in queries.to_reassign(clerk, on=TODAY)] == [post]
    assert queries.to_reassign(clerk, on=EVE) == []
    assert queries.to_reassign(office.acting("neighbour").scope, on=TODAY) == []
    actions.close_post(post=post, on=AFTER, by=office.acting("admin"), at=AT)
    assert queries.to_reassign(clerk, on=AFTER) == []


def test_an_area_that_stays_keeps_its_posts(office: Office) -> None:
    places.split_area(code=NORTH_VILLAGE, into=[named(NORTH + "301")], keep=True, on=TODAY, by=office.by, at=AT)
    assert office.acting("worker").area == NORTH_VILLAGE
    assert queries.to_reassign(office.acting("clerk").scope, on=TODAY) == []


def test_the_pages_say_so(office: Office) -> None:
    client = office.inside("clerk")
    assert "no more" not in client.get(reverse("staff:posts")).content.decode()
    parts = [named(NORTH + "301"), named(NORTH + "302")]
    places.split_area(code=NORTH_VILLAGE, into=parts, keep=False, on=TODAY, by=office.by, at=AT)
    assert "1 post belongs to an area that is no more" in client.get(reverse("staff:posts")).content.decode()
    page = client.get(reverse("staff:post", args=[office.posts["worker"]])).content.decode()
    assert NORTH + "301" in page
    assert "In its place are now" in page


def test_the_pages_follow(office: Office) -> None:
    redraw(office)
    for page in ("staff:posts", "staff:duties", "staff:area_duties"):
        assert office.inside("neighbour").get(reverse(page)).status_code == 200
    assert "北村" in office.inside("neighbour").get(reverse("staff:posts")).content.decode()
    assert "北村" not in office.inside("clerk").get(reverse("staff:posts")).content.decode()
