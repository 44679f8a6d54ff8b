"""The pages: who may open which, what they show, and that a form loses nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from jiahe.basis.ids import new_id
from jiahe.journal.models import Entry
from jiahe.registry import actions, queries
from jiahe.registry.actions import Document
from jiahe.registry.facts import IdentityKind, Purpose, Sex
from jiahe.registry.models import LifeEvent, Person
from jiahe.registry.urls import urlpatterns
from jiahe.staff.doors import Door
from tests.rooms.registry.small_county import about, scope_of
from tests.rooms.staff.small_office import NORTH_VILLAGE, SOUTH_VILLAGE, Office, send

NOW = datetime.now(UTC)
ID = "411723199001010018"
WANG = {
    "name": "王明",
    "sex": "male",
    "birth_on": "1990-01-01",
    "document": "resident_id",
    "identity_number": ID,
    "area": NORTH_VILLAGE,
    "since": "2020-01-01",
    "phone": "13800000001",
}


def enter(office: Office, name: str = "王明", area: str = NORTH_VILLAGE, **more: Any) -> UUID:
    """Somebody in the register."""
    said = {"sex": Sex.MALE, "birth_on": date(1990, 1, 1), "since": date(2020, 1, 1), "area": area, **more}
    return about(actions.register_person(name=name, **said, by=office.by, at=NOW))


def opened(client: Client, who: UUID) -> Client:
    """The browser after saying why."""
    send(client, reverse("registry:open_record", args=[who]), purpose="service")
    return client


def test_every_page_of_the_room_has_a_door() -> None:
    pages: list[URLPattern] = list(urlpatterns)
    assert all(isinstance(getattr(page.callback, "door", None), Door) for page in pages)


@pytest.mark.parametrize(
    ("key", "page", "status"),
    [
        ("worker", "people", 200),
        ("worker", "register_person", 200),
        ("worker", "register_birth", 200),
        ("worker", "events", 200),
        ("clerk", "reassign", 200),
        ("clerk", "conflicts", 200),
        ("clerk", "register_arrival", 200),
        ("manager", "people", 200),
        ("manager", "register_person", 403),
        ("admin", "people", 403),
    ],
)
def test_who_may_open_which_page(office: Office, key: str, page: str, status: int) -> None:
    assert office.inside(key).get(reverse(f"registry:{page}")).status_code == status


def test_somebody_outside_the_scope_does_not_exist_on_any_page(office: Office) -> None:
    who = enter(office, "单雄信", SOUTH_VILLAGE)
    worker = office.inside("worker")
    for page in ("person", "open_record", "correct", "register_death", "register_move_in", "register_move_out"):
        answer = worker.get(reverse(f"registry:{page}", args=[who]))
        assert answer.status_code == 404, page
        assert "单雄信" not in answer.content.decode(), page
    for answer in (worker.post(reverse("registry:search"), {"text": "单"}), worker.get(reverse("registry:people"))):
        assert str(who) not in answer.content.decode()


def test_a_record_opens_after_saying_why_and_a_get_writes_nothing(office: Office) -> None:
    who = enter(office, document=Document(IdentityKind.RESIDENT_ID, ID), phone="13800000001")
    worker, address = office.inside("worker"), reverse("registry:person", args=[who])
    before = Entry.objects.count()
    assert "13800000001" not in worker.get(address).content.decode()
    assert Entry.objects.count() == before
    page = opened(worker, who).get(address).content.decode()
    assert "13800000001" in page
    assert "41**************18" in page
    assert ID not in page
    assert [each.purpose for each in queries.opened_by(scope_of(), who)] == [Purpose.SERVICE]
    assert "13800000001" not in office.inside("clerk").get(address).content.decode()


def test_a_person_is_registered_and_the_same_form_again_does_nothing(office: Office) -> None:
    worker, address = office.inside("worker"), reverse("registry:register_person")
    form = {**WANG, "_once": str(new_id(NOW))}
    first, second = worker.post(address, form), worker.post(address, form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("identity_number", "411723199001010010"),
        ("name", "王" * 200),
        ("birth_on", "2990-01-01"),
        ("phone", "ask her son"),
        ("since", "1980-01-01"),
    ],
)
def test_what_was_typed_comes_back_with_the_problem(office: Office, field: str, typed: str) -> None:
    answer = send(office.inside("worker"), reverse("registry:register_person"), **{**WANG, field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (typed in page and "1990-01-01" in page) or field == "birth_on"
    assert not Person.objects.exists()


def test_a_birth_is_registered_with_the_mother_found_and_chosen(office: Office) -> None:
    mother = enter(office, "李芳", sex=Sex.FEMALE)
    worker, address = office.inside("worker"), reverse("registry:register_birth")
    form = {"name": "王小明", "sex": "male", "on": "2026-11-01", "area": NORTH_VILLAGE, "mother_text": "lifang"}
    asked = send(worker, address, **form)
    assert asked.status_code == 422
    assert str(mother) in asked.content.decode()
    done = send(worker, address, **form, mother=str(mother))
    assert done.status_code == 303
    assert LifeEvent.objects.get().kind == "born"
    assert Person.objects.get(full="王小明").mother == mother
    page = worker.get(done["Location"]).content.decode()
    assert "王小明" in page
    assert "李芳" in page


def test_two_correct_the_same_field_and_the_second_sees_both_values(office: Office) -> None:
    who = enter(office, phone="13800000001")
    clerk, address = opened(office.inside("clerk"), who), reverse("registry:correct", args=[who])
    form = {key: value for key, value in {**WANG, "surname": "王", "identity_number": "", "why": ""}.items()}
    form["seen"] = queries.editable(scope_of(), who).seen
    assert send(clerk, address, **{**form, "phone": "13900000002"}).status_code == 303
    late = send(clerk, address, **{**form, "phone": "13700000003"})
    page = late.content.decode()
    assert late.status_code == 422
    assert all(phone in page for phone in ("13800000001", "13900000002", "13700000003"))
    seen = queries.editable(scope_of(), who).seen
    assert seen in page
    assert send(clerk, address, **{**form, "seen": seen, "phone": "13700000003"}).status_code == 303
    assert queries.person(scope_of(), who).phone == "13700000003"


def test_another_field_can_be_corrected_meanwhile(office: Office) -> None:
    who = enter(office, phone="13800000001")
    clerk, address = office.inside("clerk"), reverse("registry:correct", args=[who])
    assert clerk.get(address).status_code == 303
    opened(clerk, who)
    form = {**WANG, "surname": "王", "identity_number": "", "why": "", "seen": queries.editable(scope_of(), who).seen}
    assert send(clerk, address, **{**form, "phone": "13900000002"}).status_code == 303
    assert send(clerk, address, **{**form, "name": "王小明"}).status_code == 303
    row = queries.person(scope_of(), who)
    assert (row.name, row.phone) == ("王小明", "13900000002")


def test_a_death_is_recorded_and_cancelled_with_a_reason(office: Office) -> None:
    who = enter(office)
    clerk = opened(office.inside("clerk"), who)
    assert send(clerk, reverse("registry:register_death", args=[who]), on="2026-06-01").status_code == 303
    entry = LifeEvent.objects.get().entry
    cancel = reverse("registry:cancel_event", args=[entry])
    assert cancel in clerk.get(reverse("registry:person", args=[who])).content.decode()
    assert send(clerk, cancel, reason="").status_code == 422
    assert send(clerk, cancel, reason="another man").status_code == 303
    page = clerk.get(reverse("registry:person", args=[who])).content.decode()
    assert "another man" in page
    assert queries.person(scope_of(), who).lives_here


def test_nothing_personal_stands_in_an_address(office: Office) -> None:
    worker = office.inside("worker")
    send(worker, reverse("registry:register_person"), **WANG)
    found = worker.post(reverse("registry:search"), {"text": ID})
    assert found.status_code == 200
    assert "王明" in found.content.decode()
    who = Person.objects.get().id
    assert found.request["PATH_INFO"] == "/people/search/"
    assert f'href="/people/{who}/"' in found.content.decode()


def test_a_reason_that_jiahe_gives_is_recorded_once_and_told_in_any_language(office: Office) -> None:
    worker = office.inside("worker")
    worker.cookies["django_language"] = "zh-hant"
    said = send(worker, reverse("registry:register_person"), **WANG)
    (who,) = Person.objects.values_list("id", flat=True)
    assert [each.reason for each in queries.opened_by(scope_of("41"), who)] == ["Registered just now"]
    assert "剛剛登記" in worker.get(said["Location"]).content.decode()
    worker.cookies["django_language"] = "en"
    assert "Registered just now" in worker.get(said["Location"]).content.decode()
