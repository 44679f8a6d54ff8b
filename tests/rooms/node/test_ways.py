"""Ways that lead somewhere: no page offers what its reader's post, or a node of this level, does not show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as node_settings
from django.urls import reverse

from tests.rooms.staff.small_office import COUNTY, Office, found_office


@pytest.fixture(name="office")
def _office(db: None, settings: Any) -> Office:
    """The small office."""
    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    return found_office()


def page(office: Office, key: str, address: str) -> str:
    """What is in the page, but for the navigation around it."""
    answer = office.inside(key).get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


@pytest.mark.parametrize(
    ("key", "address", "way"),
    [
        ("manager", reverse("registry:people"), reverse("registry:events")),
        ("worker", reverse("places:areas"), reverse("places:facilities")),
    ],
)
def test_a_way_is_offered_to_those_whose_post_opens_it(office: Office, key: str, address: str, way: str) -> None:
    assert office.inside(key).get(way).status_code == 403
    assert way not in page(office, key, address)
    assert way in page(office, "clerk", address)


def test_a_city_has_no_figures_of_a_window_since_no_case_comes_to_it(office: Office, settings: Any) -> None:
    way = f'href="{reverse("window:board")}"'
    board = reverse("indicators:board", args=[COUNTY])
    assert way in office.inside("manager").get(board).content.decode()
    settings.JIAHE = replace(node_settings.JIAHE, level="city")
    assert way not in office.inside("manager").get(board).content.decode()
