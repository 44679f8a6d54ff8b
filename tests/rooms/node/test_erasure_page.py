"""Whoever had himself erased sees where that stands: on which nodes the same is erased, and nothing of anybody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.journal import redacting, storage
from jiahe.journal.values import Recorded
from jiahe.network.models import Link
from jiahe.node.clock import now
from tests.lib.authors import Anyone
from tests.rooms.node.test_network_page import COUNTY, NORTHERN, SOUTHERN, above, neighbour
from tests.rooms.staff.small_office import Office, found_office


@pytest.fixture(name="office")
def _office(db: None, settings: Any) -> Office:
    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    return found_office()


@pytest.fixture(name="erased")
def _erased(office: Office) -> Recorded:
    """Something that never was is erased, at a county between a city and two townships."""
    neighbour(NORTHERN)
    neighbour(SOUTHERN)
    above()
    return redacting.redact([uuid4()], ground="PIPL 47", by=Anyone(), at=now(), area=COUNTY)


def page(entry: object) -> Any:
    """What a stranger gets."""
    return Client(HTTP_HOST="127.0.0.1").get(reverse("node:erasure", args=[entry]))


def test_it_says_of_each_node_that_keeps_people_whether_it_has_erased_the_same(erased: Recorded) -> None:
    Link.objects.filter(peer=NORTHERN).update(delivered=storage.end().size)
    html = page(erased.id).content.decode()
    assert html.count("erased there too") == 1
    assert html.count("not reached yet") == 1, "a city keeps no people, and is not named"
    Link.objects.filter(peer=SOUTHERN).update(delivered=storage.end().size)
    assert page(erased.id).content.decode().count("erased there too") == 2


def test_it_says_neither_why_nor_by_whom(erased: Recorded) -> None:
    html = page(erased.id).content.decode()
    assert "PIPL" not in html
    assert erased.officer not in html


def test_the_address_of_something_else_leads_nowhere(erased: Recorded) -> None:
    with_another = storage.rows_after(0, 1)[0].entry_id
    assert [page(entry).status_code for entry in (with_another, uuid4(), erased.id)] == [404, 404, 200]
