"""One box finds people by whatever one knows of them, within the scope, and masks what the scope does not see."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from jiahe.basis.privacy import Privacy
from jiahe.registry import actions, problems, queries
from jiahe.registry.actions import Document
from jiahe.registry.facts import IdentityKind, Member, Name, NameKind, Relation, Sex
from jiahe.registry.queries import Why
from tests.rooms.registry.small_county import AT, CLERK, HEBEI, LONGWANG, YANGBU, enter, scope_of

pytestmark = pytest.mark.usefixtures("county")
ID = "411723199001010018"
EVERYDAY = (Privacy.OPEN, Privacy.INTERNAL, Privacy.PERSONAL)


@pytest.fixture
def ouyang() -> UUID:
    """歐陽明, with a card and a phone; his neighbours have other names."""
    enter("单雄信")
    enter("王明")
    enter("阿依古丽·买买提", sex=Sex.FEMALE)
    card = Document(IdentityKind.RESIDENT_ID, ID)
    alias = Name(NameKind.ALIAS, "李大勇", "李", "大勇")
    return enter("歐陽明", document=card, phone="138 0000 0001", other_names=(alias,))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("歐陽明", Why.NAME),
        ("欧阳", Why.NAME),
        ("欧 阳 明", Why.NAME),
        ("明", Why.GIVEN_NAME),
        ("ouyang", Why.PINYIN),
        ("Ōu yáng míng", Why.PINYIN),
        ("ou1 yang2", Why.PINYIN),
        ("oym", Why.INITIALS),
        ("OY", Why.INITIALS),
        ("李大", Why.OTHER_NAME),
        (ID, Why.IDENTITY),
        ("0018", Why.IDENTITY),
        ("13800000001", Why.PHONE),
        ("+86 138 0000 0001", Why.PHONE),
        ("0001", Why.PHONE),
    ],
)
def test_found_by(ouyang: UUID, text: str, why: Why) -> None:
    found = {each.person.id: each.why for each in queries.search(scope_of(), text)}
    assert found.get(ouyang) is why


def test_a_name_with_a_dot_is_found_without_it_and_by_its_second_part() -> None:
    who = enter("阿依古丽·买买提", sex=Sex.FEMALE)
    for text in ("阿依古丽买买提", "阿依古丽.买买提", "买买提", "ayiguli"):
        assert [each.person.id for each in queries.search(scope_of(), text)] == [who], text


@pytest.mark.parametrize("text", ["", " ", "\x00", "%", "_", "'; --", "不存在", "9999", "x" * 300])
def test_nothing_is_found_for_what_means_nobody(ouyang: UUID, text: str) -> None:
    assert queries.search(scope_of(), text) == []


@pytest.mark.parametrize("text", ["歐陽明", "oym", ID, "13800000001", "李大勇", "ouyang", "明"])
def test_nobody_outside_the_scope_is_found(ouyang: UUID, text: str) -> None:
    assert not [each for each in queries.search(scope_of(LONGWANG), text)]
    with pytest.raises(problems.PersonUnknown):
        queries.person(scope_of(LONGWANG), ouyang)
    assert not queries.people(scope_of(LONGWANG), HEBEI).exists()


def test_endings_of_numbers_are_searched_only_by_who_sees_them() -> None:
    enter(document=Document(IdentityKind.RESIDENT_ID, ID), phone="13800000001")
    scope = scope_of("411723", *EVERYDAY)
    assert not queries.search(scope, "0018")
    assert not queries.search(scope, "0001")
    assert len(queries.search(scope, ID)) == len(queries.search(scope, "13800000001")) == 1


def test_what_the_scope_does_not_see_is_masked(ouyang: UUID) -> None:
    told = {
        fields: queries.person(scope_of("411723", *fields), ouyang)
        for fields in [EVERYDAY, (*EVERYDAY, Privacy.CONTACT), (Privacy.OPEN,)]
    }
    everyday, contact, open_only = told.values()
    assert (everyday.name, everyday.identity_number, everyday.phone) == ("歐陽明", "41**************18", "138****0001")
    assert (contact.identity_number, contact.phone) == ("41**************18", "13800000001")
    assert (open_only.name, open_only.birth_on, open_only.sex) == ("歐陽*", None, Sex.UNSTATED)
    assert open_only.names == ("李*勇",)


# stands in the register | typed
WRITTEN = {
    ("高峯", "高峰"),
    ("高峰", "髙峯"),
    ("李昇", "李升"),
    ("吕布", "呂布"),
    ("周恆", "周恒"),
    ("阿依古丽·买买提", "阿依古麗買買提"),
    ("歐陽娜娜", "欧阳娜娜"),
}


@pytest.mark.parametrize(("stands", "typed"), sorted(WRITTEN))
def test_a_name_is_found_in_its_other_characters(stands: str, typed: str) -> None:
    who = enter(stands)
    assert [each.person.id for each in queries.search(scope_of(), typed)] == [who]


def test_a_character_that_is_another_only_in_japan_is_not() -> None:
    enter("陈艺")
    assert not queries.search(scope_of(), "陈芸")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("19900101", Why.BIRTH_DATE),
        ("1990-01-01", Why.BIRTH_DATE),
        ("1990年1月1日", Why.BIRTH_DATE),
        ("411723", Why.IDENTITY),
        ("4117231990", Why.IDENTITY),
        ("41172319900101", Why.IDENTITY),
        ("欧阳 1990", Why.NAME_AND_BIRTH_DATE),
        ("欧阳1990", Why.NAME_AND_BIRTH_DATE),
        ("ouyang 1990-01-01", Why.NAME_AND_BIRTH_DATE),
        ("OY 1990", Why.NAME_AND_BIRTH_DATE),
        ("欧阳 河北", Why.NAME_AND_PLACE),
        ("OY 杨埠", Why.NAME_AND_PLACE),
        ("ouyang 411723101", Why.NAME_AND_PLACE),
        ("欧阳 0001", Why.NAME_AND_NUMBER),
        ("欧阳 0018", Why.NAME_AND_NUMBER),
    ],
)
def test_found_by_what_goes_together(ouyang: UUID, text: str, why: Why) -> None:
    found = {each.person.id: each.why for each in queries.search(scope_of(), text)}
    assert found == {ouyang: why} or (" " not in text and found.get(ouyang) is why)


@pytest.mark.parametrize("text", ["欧阳 1991", "欧阳 庙湾", "欧阳 0002", "ouyang 411723103", "19900102"])
def test_not_found_by_what_does_not_go_together(ouyang: UUID, text: str) -> None:
    assert ouyang not in {each.person.id for each in queries.search(scope_of(), text)}


def test_beginnings_of_numbers_and_days_of_birth_are_searched_only_by_who_sees_them() -> None:
    enter(document=Document(IdentityKind.RESIDENT_ID, ID))
    for text in ("411723", "4117231990", "41172319900101"):
        assert not queries.search(scope_of("411723", *EVERYDAY), text), text
    assert not queries.search(scope_of("411723", Privacy.OPEN), "19900101")
    assert not queries.search(scope_of("411723", Privacy.OPEN), "王 1990")


def test_a_merged_record_answers_with_the_one_it_was_merged_into() -> None:
    kept, gone = enter("王明"), enter("汪铭", birth_on=date(1990, 1, 2), phone="13800000009")
    actions.merge_persons(kept=kept, gone=gone, by=CLERK, at=AT)
    for text in ("汪铭", "汪", "wm"):
        assert [each.person.id for each in queries.search(scope_of(), text)] == [kept], text


def test_a_household_is_found_by_its_address_where_addresses_are_shown(ouyang: UUID) -> None:
    head = Member(ouyang, Relation.HEAD)
    actions.form_household(on=date(2021, 1, 1), area=HEBEI, address="東關 3號", members=[head], by=CLERK, at=AT)
    for text, why in (("东关3", Why.ADDRESS), ("東關 3號", Why.ADDRESS), ("欧阳 东关3号", Why.NAME_AND_ADDRESS)):
        assert [(each.person.id, each.why) for each in queries.search(scope_of(), text)] == [(ouyang, why)], text
    assert not queries.search(scope_of("411723", *EVERYDAY), "东关3")
    assert not queries.search(scope_of(LONGWANG), "东关3")


def test_whole_keys_come_before_beginnings() -> None:
    longer, whole = enter("王明明"), enter("王明", birth_on=date(1980, 1, 1))
    assert [each.person.id for each in queries.search(scope_of(YANGBU), "王明")] == [whole, longer]
