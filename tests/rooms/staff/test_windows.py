"""Two windows, two posts: a form is taken only as the post it was filled in as."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.staff import actions
from jiahe.staff.models import Draft, Officer
from jiahe.staff.session import civil_day
from tests.rooms.staff.small_office import COUNTY, NORTH, Office, send

NOW = datetime.now(UTC)
PAGE = "staff:enrol_officer"
TYPED = {"name": "赵勇", "area": NORTH, "on": str(civil_day(NOW))}


@pytest.fixture
def two_posts(office: Office) -> Office:
    """The administrator holds a second administrator's post, for the northern township's clerks."""
    second = office.posts["second"] = office.post("administrator", COUNTY)
    actions.assign_post(post=second, officer=office.officers["admin"], on=civil_day(NOW), by=office.by, at=NOW)
    return office


def act_as(client: Client, office: Office, key: str, **more: str) -> str:
    """Choose a post, in any window; where that leads."""
    answer = send(client, reverse("staff:choose_post"), post=str(office.posts[key]), **more)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def post_of(client: Client) -> str:
    """The post the form is rendered for."""
    page = client.get(reverse(PAGE)).content.decode()
    found = set(re.findall(r'name="_post" value="([^"]+)"', page))
    assert len(found) == 1
    return str(found.pop())


def test_a_form_carries_its_post_and_is_taken_as_it(two_posts: Office) -> None:
    client = two_posts.inside("admin")
    act_as(client, two_posts, "second")
    post = post_of(client)
    assert post == str(two_posts.posts["second"])
    assert send(client, reverse(PAGE), **TYPED, _post=post).status_code == 303


def test_after_a_switch_elsewhere_nothing_is_recorded_and_nothing_is_lost(two_posts: Office) -> None:
    client = two_posts.inside("admin")
    act_as(client, two_posts, "admin")
    post = post_of(client)
    act_as(client, two_posts, "second")
    answer = send(client, reverse(PAGE), **TYPED, _post=post)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "as another post" in said
    assert all(str(two_posts.posts[key]) in said for key in ("admin", "second"))
    assert not Officer.objects.filter(name="赵勇").exists()

    assert act_as(client, two_posts, "admin", next=reverse(PAGE)) == reverse(PAGE)
    page = client.get(reverse(PAGE)).content.decode()
    assert 'value="赵勇"' in page
    assert "_post" not in Draft.objects.get().typed
    assert send(client, reverse(PAGE), **TYPED, _post=post).status_code == 303
    assert not Draft.objects.exists()


def test_a_post_that_ended_meanwhile_is_not_offered(two_posts: Office) -> None:
    client = two_posts.inside("admin")
    answer = send(client, reverse(PAGE), **TYPED, _post="00000000-0000-0000-0000-000000000001")
    assert answer.status_code == 303  # he has not chosen between his two posts yet
    act_as(client, two_posts, "second")
    answer = send(client, reverse(PAGE), **TYPED, _post="00000000-0000-0000-0000-000000000001")
    assert answer.status_code == 409
    assert "0000-000000000001" not in answer.content.decode()


def test_choosing_never_leads_to_another_site(two_posts: Office) -> None:
    client = two_posts.inside("admin")
    for wrong in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:x", ""):
        assert act_as(client, two_posts, "admin", next=wrong) == "/"


def test_a_part_of_a_page_gets_a_part(two_posts: Office) -> None:
    client = two_posts.inside("admin")
    act_as(client, two_posts, "admin")
    fields = {**TYPED, "_once": "x", "_post": str(two_posts.posts["second"])}
    answer = client.post(reverse(PAGE), fields, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()


def test_a_form_that_was_taken_leads_on_even_after_a_switch(two_posts: Office) -> None:
    client = two_posts.inside("admin")
    act_as(client, two_posts, "admin")
    form = {**TYPED, "_post": post_of(client), "_once": str(uuid4())}
    first = client.post(reverse(PAGE), form)
    act_as(client, two_posts, "second")
    again = client.post(reverse(PAGE), form)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"]
    assert Officer.objects.filter(name="赵勇").count() == 1
    assert client.post(reverse(PAGE), {**form, "_once": "nonsense"}).status_code == 409
