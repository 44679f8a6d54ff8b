"""The pages: who may open which, and the main paths through them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.urls import URLPattern, get_resolver, reverse

from jiahe.staff import actions, queries
from jiahe.staff.doors import Door, Doorless, door, stopped
from jiahe.staff.models import Credential
from jiahe.staff.session import civil_day
from jiahe.staff.urls import account_urls, staff_urls
from tests.rooms.staff.small_office import COUNTY, NORTH, SOUTH, Office, send

NOW = datetime.now(UTC)


def test_every_page_of_the_room_has_a_door() -> None:
    pages: list[URLPattern] = [*account_urls, *staff_urls]
    assert all(isinstance(getattr(page.callback, "door", None), Door) for page in pages)
    public = {page.name for page in pages if page.callback.door.public}
    assert public == {"account_login", "mfa_authenticate", "account_logout"}


def test_sign_up_and_password_by_mail_do_not_exist() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not names & {"account_signup", "account_reset_password", "account_email", "mfa_add_webauthn"}


def test_a_door_says_one_thing() -> None:
    for wrong in ({}, {"page": "board", "public": True}, {"public": True, "signed_in": True}):
        with pytest.raises(ValueError, match="a door is for"):
            door(**wrong)  # type: ignore[arg-type]


def test_a_view_without_a_door_lets_nobody_through(rf: object) -> None:
    def view(request: object) -> None:
        raise AssertionError

    with pytest.raises(Doorless):
        stopped(rf.get("/"), view)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("key", "page", "status"),
    [
        ("worker", "staff:posts", 403),
        ("worker", "staff:officers", 403),
        ("worker", "staff:duties", 200),
        ("clerk", "staff:posts", 200),
        ("clerk", "staff:create_post", 403),
        ("manager", "staff:officers", 403),
        ("admin", "staff:officers", 200),
        ("admin", "staff:create_post", 200),
        ("admin", "staff:enrol_officer", 200),
        ("admin", "staff:area_duties", 200),
    ],
)
def test_a_role_opens_its_pages(office: Office, key: str, page: str, status: int) -> None:
    client = office.inside(key)
    assert client.get(reverse(page)).status_code == status
    assert client.head(reverse(page)).status_code == status
    if status == 403:
        assert client.post(reverse(page), {"_once": "x"}).status_code == 403


def test_a_sibling_township_is_not_found(office: Office) -> None:
    client, theirs = office.inside("clerk"), office.posts["neighbour"]
    body = client.get(reverse("staff:posts")).content.decode()
    assert "neighbour" not in body
    assert "南" not in body
    for page in ("staff:post", "staff:give_duty"):
        assert client.get(reverse(page, args=[theirs])).status_code == 404
    assert "neighbour" not in client.get(reverse("staff:posts") + f"?area={SOUTH}").content.decode()


def test_create_assign_hand_over_and_close(office: Office) -> None:
    client, today = office.inside("admin"), civil_day(NOW)
    made = send(client, reverse("staff:create_post"), role="window_clerk", area=NORTH, facility="", on=str(today))
    page = made.headers["Location"]
    post = UUID(page.rstrip("/").rpartition("/")[2])
    one, other = office.officer("first"), office.officer("second")
    assert send(client, f"{page}assign/", officer=str(one), on=str(today - timedelta(days=3))).status_code == 422
    assert send(client, f"{page}assign/", officer=str(one), on=str(today)).status_code == 303
    assert "first" in client.get(page).content.decode()
    assert send(client, f"{page}assign/", officer=str(other), on=str(today)).status_code == 422
    after = today + timedelta(days=1)
    assert send(client, f"{page}hand-over/", taker=str(other), on=str(after)).status_code == 303
    assert "(to come)" in client.get(page).content.decode()
    held = queries.holder(office.by.scope, post, on=after)
    assert held is not None
    assert held.officer == other
    later = today + timedelta(days=2)
    assert send(client, f"{page}close/", on=str(later)).status_code == 303
    assert queries.holdings(other, on=later) == []


def test_deputy_by_page(office: Office) -> None:
    client, today = office.inside("manager"), civil_day(NOW)
    page = reverse("staff:post", args=[office.posts["clerk"]])
    fields = {"officer": str(office.officers["worker"]), "starts_on": str(today), "ends_on": str(today)}
    assert send(client, f"{page}deputy/", **fields).status_code == 303
    deputy = queries.post(office.by.scope, office.posts["clerk"], on=today).deputies[0]
    assert deputy.name == "worker"
    end = reverse("staff:end_deputy", args=[office.posts["clerk"], deputy.id])
    assert client.get(end).status_code == 405
    assert send(client, end).status_code == 303
    assert queries.post(office.by.scope, office.posts["clerk"], on=today).deputies == ()


def test_one_officer_with_two_posts_chooses_and_switches(office: Office) -> None:
    today = civil_day(NOW)
    second = office.post("window_clerk", COUNTY)
    actions.assign_post(post=second, officer=office.officers["worker"], on=today, by=office.by, at=NOW)
    client = office.inside("worker")
    answer = client.get(reverse("staff:duties"))
    assert answer.headers["Location"] == reverse("staff:choose_post")
    assert "window" in client.get(reverse("staff:choose_post")).content.decode().lower()
    for post in (second, office.posts["worker"]):
        assert client.post(reverse("staff:choose_post"), {"post": str(post)}).status_code == 303
        assert client.get(reverse("staff:duties")).context["request"].acting.post == str(post)
    for wrong in (str(office.posts["manager"]), "x", ""):
        assert client.post(reverse("staff:choose_post"), {"post": wrong}).status_code == 404


def test_without_a_post_nothing_opens(office: Office) -> None:
    actions.vacate_post(post=office.posts["clerk"], on=civil_day(NOW), by=office.by, at=NOW)
    client = office.inside("clerk")
    answer = client.get(reverse("staff:posts"))
    assert answer.status_code == 403
    assert "You hold no post" in answer.content.decode()
    assert client.get(reverse("staff:account")).status_code == 200


def test_a_one_time_password_is_shown_once(office: Office) -> None:
    client, officer = office.inside("admin"), office.officers["worker"]
    page = reverse("staff:officer", args=[officer])
    answer = send(client, reverse("staff:open_account", args=[officer]), username="Wang.Fang")
    assert answer.headers["Location"] == page
    assert "shown only now" in client.get(page).content.decode()
    assert "shown only now" not in client.get(page).content.decode()
    assert Credential.objects.get(officer=officer).username == "wang.fang"
    again = send(client, reverse("staff:open_account", args=[office.officers["clerk"]]), username="wang.fang")
    assert "This user name is taken" in again.content.decode()
    assert send(client, reverse("staff:reset_account", args=[officer])).status_code == 303
    assert "shown only now" in client.get(page).content.decode()


def test_a_duty_is_given_seen_and_done(office: Office) -> None:
    clerk, worker = office.inside("clerk"), office.inside("worker")
    due = str(civil_day(NOW) - timedelta(days=1))
    give = reverse("staff:give_duty", args=[office.posts["worker"]])
    assert send(clerk, give, title="Visit the new families", about_area="411723101201", due_on=due).status_code == 303
    assert "Visit the new families" in clerk.get(reverse("staff:area_duties")).content.decode()
    mine = worker.get(reverse("staff:duties")).content.decode()
    assert "Visit the new families" in mine
    assert "late" in mine
    duty = queries.open_duties(office.acting("worker").scope).get()
    assert send(worker, reverse("staff:mark_duty_done", args=[duty.id]), note="all of them").status_code == 303
    mine = worker.get(reverse("staff:duties")).content.decode()
    assert "all of them" in mine
    assert "Nothing is waiting" in mine
