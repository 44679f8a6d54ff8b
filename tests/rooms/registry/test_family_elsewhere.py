"""Family whose records are kept in another area: the page names nobody of it, and never says that there is nobody."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.registry import actions
from jiahe.registry.facts import Sex
from jiahe.registry.models import Person
from tests.rooms.registry.small_county import about
from tests.rooms.registry.test_pages import NOW, enter
from tests.rooms.staff.small_office import NORTH_VILLAGE, SOUTH_VILLAGE, TODAY, Office, send

AWAY = "Only children by birth whose record is kept in your area are shown."


@pytest.fixture
def child(office: Office) -> UUID:
    """罗成, born in the north; his mother 秦莲 has moved to the south since."""
    mother = enter(office, "秦莲", sex=Sex.FEMALE)
    born = {"name": "罗成", "sex": Sex.MALE, "on": date(2024, 1, 1), "area": NORTH_VILLAGE, "mother": mother}
    made = about(actions.register_birth(**born, by=office.by, at=NOW))
    actions.register_move_in(person=mother, on=date(2025, 1, 1), area=SOUTH_VILLAGE, by=office.by, at=NOW)
    return made


def told(client: Client, who: UUID, label: str) -> str:
    """What the page of a record says beside a label."""
    send(client, reverse("registry:open_record", args=[who]), purpose="other", reason="to try")
    html = client.get(reverse("registry:person", args=[who])).content.decode()
    beside = html.partition(f">{label}</dt>")[2].partition("</dd>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", beside)).strip()


def mother_of(child: UUID) -> UUID:
    """Her id."""
    mother = Person.objects.get(id=child).mother
    assert mother is not None
    return mother


def test_a_mother_who_moved_is_not_said_to_have_no_children(office: Office, child: UUID) -> None:
    said = told(office.inside("neighbour"), mother_of(child), "Children")
    assert said.startswith(f"none recorded in your area {AWAY}")
    assert "罗成" not in said


def test_who_covers_both_areas_sees_the_child_and_that_there_may_be_more(office: Office, child: UUID) -> None:
    said = told(office.inside("manager"), mother_of(child), "Children")
    assert said.startswith("罗成 2024-01-01")
    assert AWAY in said


def test_adoptive_parents_and_a_guardian_elsewhere_are_said_to_be(office: Office, child: UUID) -> None:
    by = {"by": office.by, "at": NOW}
    near, far = enter(office, "程知节"), enter(office, "尉迟恭", SOUTH_VILLAGE, sex=Sex.FEMALE)
    assert told(office.inside("clerk"), child, "Guardian") == ""
    actions.register_adoption(person=child, parents=[near, far], on=TODAY, **by)
    actions.name_guardian(person=child, guardian=far, on=TODAY, **by)
    clerk = office.inside("clerk")
    assert told(clerk, child, "Adoptive parents") == "程知节 recorded in another area"
    assert told(clerk, child, "Guardian") == "recorded in another area"
    assert told(clerk, child, "Mother") == "recorded in another area"
