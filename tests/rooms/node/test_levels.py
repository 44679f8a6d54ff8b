"""What a node of a level has no page for says so, however one comes to it: no 0 that looks like a fact."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as node_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiahe.node import levels
from jiahe.node.navigation import navigation
from tests.rooms.staff.small_office import COUNTY, Office, found_office

SOMETHING = {"UUIDConverter": UUID(int=1), "IntConverter": 1}


@pytest.fixture(name="office")
def _office(db: None, settings: Any) -> Office:
    """The small office."""
    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    return found_office()


@pytest.fixture
def city(settings: Any) -> None:
    """This node is a city's."""
    settings.JIAHE = replace(node_settings.JIAHE, level="city")


def views(patterns: Any = None, spaces: tuple[str, ...] = ()) -> list[tuple[str, dict[str, Any]]]:
    """Every address of the house: its name with its namespace, and something to stand in it."""
    found = []
    for each in patterns or get_resolver().url_patterns:
        if isinstance(each, URLResolver):
            found += views(each.url_patterns, (*spaces, *([each.namespace] if each.namespace else [])))
        elif isinstance(each, URLPattern) and each.name:
            parts = {part: SOMETHING.get(type(of).__name__, COUNTY) for part, of in each.pattern.converters.items()}
            found.append((":".join((*spaces, each.name)), parts))
    return found


OF_PEOPLE = [each for each in views() if each[0].partition(":")[0] in levels.OF_PEOPLE]


def said(html: str) -> str:
    """The words of the page itself."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


OF_ALL = {"", "indicators", "node", "places", "staff"}
"""Rooms whose pages every node has."""


def test_of_every_room_somebody_has_said_whether_a_city_has_its_pages() -> None:
    rooms = {name.partition(":")[0] if ":" in name else "" for name, _ in views()}
    assert rooms == levels.OF_PEOPLE | OF_ALL


@pytest.mark.usefixtures("city")
def test_a_city_has_no_page_of_people_or_cases_and_says_why_and_where_to_look(office: Office) -> None:
    assert len(OF_PEOPLE) > 100
    for name, parts in OF_PEOPLE:
        for browser in (office.inside("manager"), Client(HTTP_HOST="127.0.0.1")):
            answer = browser.get(reverse(name, kwargs=parts))
            text = said(answer.content.decode())
            # who may not pass the door anyway is told that, or asked to log in
            stopped = "not part of your post" in text or reverse("account_login") in answer.headers.get("Location", "")
            assert stopped or "A city sees sums only" in text, (name, answer.status_code, text)


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("page", ["window:board", "window:work", "registry:people", "registry:search"])
def test_what_the_city_says_has_its_three_parts(office: Office, page: str) -> None:
    answer = office.inside("manager").get(reverse(page))
    text = said(answer.content.decode())
    assert answer.status_code == 404
    assert "A city&#x27;s node does not have this page" in text
    assert "all would be 0, and wrong" in text
    assert "see the board" in text


@pytest.mark.usefixtures("city")
def test_nor_is_anything_recorded_there_about_anybody(office: Office) -> None:
    assert office.inside("clerk").post(reverse("registry:register_person"), {"name": "王明"}).status_code == 404
    assert Client(HTTP_HOST="127.0.0.1").post(reverse("window:complain"), {"words": "x"}).status_code == 404


@pytest.mark.usefixtures("city")
def test_no_page_of_a_city_leads_to_one(office: Office) -> None:
    offered = {item.url_name for group in navigation("city") for item in group.items}
    assert offered
    assert not {name for name in offered if name.partition(":")[0] in levels.OF_PEOPLE}
    for key in ("manager", "clerk", "admin"):
        browser = office.inside(key)
        answer = browser.get(browser.get("/").headers["Location"])
        assert answer.status_code == 200
        html = answer.content.decode()
        assert not [name for name, parts in OF_PEOPLE if not parts and f'href="{reverse(name)}"' in html]
    assert reverse("window:guide") not in Client(HTTP_HOST="127.0.0.1").get(reverse("account_login")).content.decode()


def test_elsewhere_they_are_there(office: Office) -> None:
    for page in ("window:board", "window:work", "registry:people"):
        assert office.inside("manager").get(reverse(page)).status_code == 200
    assert Client(HTTP_HOST="127.0.0.1").get(reverse("window:guide")).status_code == 200
