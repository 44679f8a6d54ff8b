"""Registrations that were taken back: who erases them, how many at once, and that nothing of them is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from jiahe.basis.privacy import Privacy
from jiahe.journal import queries as journal
from jiahe.journal.fsck import findings
from jiahe.journal.models import Entry
from jiahe.journal.recording import record
from jiahe.registry import actions, problems, queries
from jiahe.registry.actions import NewHousehold
from jiahe.registry.definitions import FOLDER, Rule, rules
from jiahe.registry.facts import Member, PersonRegistered, Purpose, Relation, Sex
from jiahe.registry.models import Person, TakenBack
from tests.rooms.registry.small_county import AT, CLERK, DALU, HEBEI, LONGWANG, TODAY, Clerk, days, enter, scope_of
from tests.rooms.registry.test_pages import NOW
from tests.rooms.registry.test_pages import enter as settle
from tests.rooms.staff.small_office import NORTH_VILLAGE, SOUTH_VILLAGE, Office, send

BY = {"by": CLERK, "at": AT}
ERASE = {"ground": "PIPL 47", "rules": rules(FOLDER), **BY}


def take_back(*people: UUID, reason: str = "never lived here", **said: Any) -> None:
    """Their registrations are cancelled as one act."""
    entries = list(Person.objects.filter(id__in=people).values_list("entry", flat=True))
    actions.cancel_registrations(entries=entries, reason=reason, **{**BY, **said})


def listed(area: str = "411723", *fields: Privacy) -> list[queries.TakenBackRow]:
    """What somebody sees in the list."""
    scope = scope_of(area, *fields)
    return queries.described_taken_back(scope, queries.taken_back(scope).order_by("-at_ms", "entry"))


def written() -> Iterator[str]:
    """Every text in every table."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name the database gave
            for value in (value for row in cursor.fetchall() for value in row):
                yield bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def left(*texts: str) -> set[str]:
    """Those of the texts that stand in any table."""
    everything = "\n".join(written())
    return {text for text in texts if text in everything}


@pytest.mark.usefixtures("county")
def test_it_is_listed_where_the_record_was_kept_with_who_when_and_why() -> None:
    who = enter("王错", area=LONGWANG)
    assert listed() == []
    take_back(who)
    (row,) = listed()
    assert (row.person, row.name, row.birth_on, row.home) == (who, "王错", date(1990, 1, 1), LONGWANG)
    assert (row.at, row.officer, row.post, row.why) == (AT, "officer", "post", "never lived here")
    assert listed(HEBEI) == []
    (masked,) = listed("411723", Privacy.OPEN)
    assert (masked.name, masked.birth_on, masked.why) == ("王*", None, "***")


@pytest.mark.usefixtures("county")
def test_it_is_erased_with_all_that_was_said_but_who_looked() -> None:
    who = enter("王错", phone="13800000009")
    actions.open_record(person=who, purpose=Purpose.SERVICE, **BY)
    take_back(who, reason="错误登记九号")
    texts = ("王错", "13800000009", "错误登记九号")
    assert left(*texts) == set(texts)
    held = queries.held_on_taken_back(scope_of(), who, rules(FOLDER), on=TODAY)
    assert [each.rule.id if each.rule else "" for each in held] == ["", "access_log", ""]
    actions.erase_taken_back(people=[who], **ERASE)
    assert left(*texts) == set()
    assert (listed(), TakenBack.objects.count(), list(findings())) == ([], 0, [])
    assert [entry.kind for entry in journal.history(about=who) if entry.fact] == ["registry.RecordOpened@2"]
    with pytest.raises(problems.PersonUnknown):
        actions.erase_taken_back(people=[who], **ERASE)


@pytest.mark.usefixtures("county")
def test_a_birth_that_was_none_is_erased_and_its_mother_stays() -> None:
    mother = enter("李芳", sex=Sex.FEMALE)
    born = actions.register_birth(name="王错", sex=Sex.MALE, on=TODAY, area=HEBEI, mother=mother, **BY)
    actions.cancel_life_event(entry=born.id, reason="no such child", **BY)
    (row,) = listed()
    actions.erase_taken_back(people=[row.person], **ERASE)
    assert left("王错", "李芳") == {"李芳"}


@pytest.mark.usefixtures("county")
def test_what_one_act_took_back_is_erased_by_one_act_in_each_area_with_the_households() -> None:
    homes = {"甲": HEBEI, "乙": HEBEI, "丙": DALU, "丁": HEBEI}
    here, too, there, other = (enter(f"王{sign}", area=area) for sign, area in homes.items())
    members = (Member(here, Relation.HEAD), Member(too, Relation.SPOUSE))
    actions.form_households(households=[NewHousehold(TODAY, HEBEI, "东关九十九号", members)], **BY)
    take_back(here, too, there)
    take_back(other, at=AT + days(1))
    together = queries.taken_back_with(scope_of(), too)
    assert set(together) == {here, there}
    assert queries.taken_back_with(scope_of(HEBEI), too) == [here]
    assert left("东关九十九号") == {"东关九十九号"}
    done = actions.erase_taken_back(people=[too, *together], **ERASE)
    assert {entry.area for entry in done} == {HEBEI, DALU}
    assert left("王甲", "王乙", "王丙", "王丁", "东关九十九号") == {"王丁"}
    assert (len(listed()), list(findings())) == (1, [])


@pytest.mark.usefixtures("county")
def test_with_the_first_of_a_household_its_address_goes() -> None:
    here, too = enter("王甲"), enter("王乙")
    members = (Member(here, Relation.HEAD), Member(too, Relation.SPOUSE))
    house = actions.form_household(on=date(2021, 1, 1), area=HEBEI, address="东关九十九号", members=members, **BY)
    actions.move_household(
        household=house.fact.household, on=date(2022, 1, 1), area=HEBEI, address="西关八十八号", **BY
    )
    take_back(here, too)
    actions.erase_taken_back(people=[too], **ERASE)
    assert left("王甲", "王乙", "东关九十九号", "西关八十八号") == {"王甲"}


@pytest.mark.usefixtures("county")
def test_nobody_else_is_erased_this_way() -> None:
    who, stays = enter("王错"), enter("王明")
    take_back(who)
    for people in ([who, stays], [stays], []):
        with pytest.raises(problems.PersonUnknown if people else problems.NothingToErase):
            actions.erase_taken_back(people=people, **ERASE)
    with pytest.raises(problems.PersonUnknown):
        actions.erase_taken_back(people=[who], **{**ERASE, "by": Clerk(LONGWANG)})
    with pytest.raises(problems.ReasonMissing):
        actions.erase_taken_back(people=[who], **{**ERASE, "ground": " "})
    with pytest.raises(problems.PersonUnknown):
        queries.taken_back_one(scope_of(LONGWANG), who)
    assert left("王错") == {"王错"}


@pytest.mark.usefixtures("county")
def test_a_rule_that_keeps_taken_back_registrations_is_kept_to() -> None:
    who = enter("王错")
    take_back(who)
    access = next(each for each in rules(FOLDER) if each.id == "access_log")
    kinds = ("registry.PersonRegistered", "registry.RegistrationCancelled")
    ten = Rule("ten", kinds, access.until, 10, access.reason, access.basis, access.reviewed_on, access.review_by)
    with pytest.raises(problems.NothingToErase):
        actions.erase_taken_back(people=[who], **{**ERASE, "rules": [ten]})


@pytest.mark.usefixtures("county")
def test_of_whom_another_registration_stands_nothing_is_listed() -> None:
    who = enter("王明")
    first = Person.objects.get(id=who)
    again = journal.entry(first.entry)
    assert again is not None
    assert isinstance(again.fact, PersonRegistered)
    take_back(who)
    record(again.fact, by=CLERK, at=AT + days(1), area=HEBEI, about=who)
    assert listed() == []
    with pytest.raises(problems.PersonUnknown):
        actions.erase_taken_back(people=[who], **ERASE)


def test_a_manager_finds_them_in_a_list_and_erases_all_of_an_act(office: Office) -> None:
    people = [settle(office, f"王{sign}") for sign in "甲乙丙"]
    entries = list(Person.objects.filter(id__in=people).values_list("entry", flat=True))
    actions.cancel_registrations(entries=entries, reason="另一个县的名单", by=office.by, at=NOW)
    address = reverse("registry:erase_taken_back", args=[people[0]])
    for key in ("worker", "clerk", "admin"):
        for page in (reverse("registry:taken_back"), address):
            assert office.inside(key).get(page).status_code == 403
    manager = office.inside("manager")
    page = manager.get(reverse("registry:taken_back")).content.decode()
    assert not [text for text in ("王甲", "王乙", "王丙", "另一个县的名单", address) if text not in page]
    assert "Also the 2 others taken back with it" in manager.get(address).content.decode()
    before = Entry.objects.filter(kind="journal.Redacted@1").count()
    assert send(manager, address, ground="PIPL 46", together="on").status_code == 422  # known is not ticked
    assert send(manager, address, ground="PIPL 46", together="on", known="on").status_code == 303
    assert Entry.objects.filter(kind="journal.Redacted@1").count() == before + 1
    assert left("王甲", "王乙", "王丙", "另一个县的名单") == set()
    assert manager.get(address).status_code == 404
    assert "No registration was taken back" in manager.get(reverse("registry:taken_back")).content.decode()


def test_what_is_erased_as_one_act_leads_to_where_each_of_it_stands(office: Office) -> None:
    people = [settle(office, "王甲"), settle(office, "王乙"), settle(office, "王丙", SOUTH_VILLAGE)]
    alone = settle(office, "王丁")
    for some in (people, [alone]):
        entries = list(Person.objects.filter(id__in=some).values_list("entry", flat=True))
        actions.cancel_registrations(entries=entries, reason="another list", by=office.by, at=NOW + days(len(some)))
    manager, known = office.inside("manager"), {"ground": "PIPL 46", "known": "on"}
    sent = send(manager, reverse("registry:erase_taken_back", args=[people[0]]), together="on", **known)
    page = manager.get(sent.headers["Location"]).content.decode()
    done = list(Entry.objects.filter(kind="journal.Redacted@1").order_by("seq"))
    assert {entry.area for entry in done} == {NORTH_VILLAGE, SOUTH_VILLAGE}
    for entry in done:
        address = reverse("node:erasure", args=[entry.entry_id])
        assert address in page
        assert manager.get(address).status_code == 200
    assert not [text for text in ("王甲", "PIPL", *map(str, people)) if text in page.partition("<main")[2]]
    for key in ("clerk", "worker", "admin"):
        assert office.inside(key).get(sent.headers["Location"]).status_code == 403
    other = next(iter(Entry.objects.exclude(kind="journal.Redacted@1")))
    assert manager.get(reverse("node:erasures", args=[other.entry_id])).status_code == 404
    sent = send(manager, reverse("registry:erase_taken_back", args=[alone]), **known)
    last = Entry.objects.filter(kind="journal.Redacted@1").latest("seq")
    assert sent.headers["Location"] == reverse("node:erasure", args=[last.entry_id])
