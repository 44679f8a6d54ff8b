"""Couples, adoption, guardians; other names, documents and phones; birth dates not fully known; contact."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from jiahe.basis.privacy import Privacy
from jiahe.basis.problem import Problem
from jiahe.journal.recording import record
from jiahe.registry import actions, problems, queries
from jiahe.registry.actions import Document
from jiahe.registry.facts import (
    Certainty,
    ContactBy,
    Field,
    FieldChange,
    IdentityKind,
    LifeEventKind,
    NameKind,
    PersonCorrected,
    Sex,
)
from tests.rooms.registry.small_county import AT, CLERK, HEBEI, LONGWANG, TODAY, enter, scope_of

pytestmark = pytest.mark.usefixtures("county")
BY = {"by": CLERK, "at": AT}
WED = date(2020, 5, 1)


def couple() -> tuple[UUID, UUID]:
    """王明 and 李芳, married."""
    ming, fang = enter("王明"), enter("李芳", sex=Sex.FEMALE)
    actions.register_marriage(person=ming, on=WED, spouse=fang, **BY)
    return ming, fang


def family(who: UUID, on: date = TODAY) -> queries.Family:
    """Who is his."""
    return queries.family(scope_of(), who, on=on)


def test_a_marriage_stands_in_both_records_until_it_ends() -> None:
    ming, fang = couple()
    assert [family(who).spouse and family(who).spouse.name for who in (ming, fang)] == ["李芳", "王明"]
    actions.register_divorce(person=fang, on=date(2024, 1, 1), **BY)
    assert [family(who).married_on for who in (ming, fang)] == [None, None]
    assert family(ming, date(2023, 1, 1)).married_on == WED


def test_a_spouse_who_is_not_registered_is_named() -> None:
    ming = enter("王明")
    actions.register_marriage(person=ming, on=WED, spouse_name="Maria Silva", **BY)
    assert family(ming).spouse_name == "Maria Silva"
    with pytest.raises(problems.SpouseMissing):
        actions.register_marriage(person=ming, on=WED, spouse_name=" ", **BY)


def test_nobody_is_married_twice_at_once() -> None:
    ming, _ = couple()
    other = enter("赵丽", sex=Sex.FEMALE)
    with pytest.raises(problems.AlreadyMarried):
        actions.register_marriage(person=other, on=date(2022, 1, 1), spouse=ming, **BY)
    with pytest.raises(problems.NotOneself):
        actions.register_marriage(person=ming, on=TODAY, spouse=ming, **BY)
    with pytest.raises(problems.NotMarried):
        actions.register_divorce(person=other, on=TODAY, **BY)


def test_the_widowed_may_marry_again() -> None:
    ming, fang = couple()
    actions.register_death(person=fang, on=date(2022, 1, 1), **BY)
    assert family(ming).married_on is None
    actions.register_marriage(person=ming, on=date(2023, 1, 1), spouse_name="赵丽", **BY)


def test_a_cancelled_marriage_is_cancelled_for_both() -> None:
    ming, fang = couple()
    (wed,) = queries.life_events(scope_of(), ming)
    actions.cancel_life_event(entry=wed.entry, reason="another couple", **BY)
    assert [queries.life_events(scope_of(), who) for who in (ming, fang)] == [[], []]


def test_who_is_very_young_is_asked_back() -> None:
    young = enter("王小", birth_on=date(2008, 1, 1))
    with pytest.raises(problems.TooYoungToMarry):
        actions.register_marriage(person=young, on=TODAY, spouse_name="李", **BY)
    sure = {problems.TooYoungToMarry.code}
    actions.register_marriage(person=young, on=TODAY, spouse_name="李", sure=sure, **BY)


def test_marrying_and_adopting_move_nobody() -> None:
    ming, _ = couple()
    assert queries.person(scope_of(), ming).area == HEBEI
    assert sum(queries.residents_by_area(TODAY).values()) == 2


def test_an_adopted_child_has_its_adoptive_parents_beside_the_first() -> None:
    ming, fang = couple()
    child = enter("王宝", birth_on=date(2022, 1, 1), since=date(2022, 1, 1))
    actions.register_adoption(person=child, on=date(2024, 1, 1), parents=[ming, fang], **BY)
    assert {row.name for row in family(child).adoptive} == {"王明", "李芳"}
    for parents, problem in (([], problems.ParentsMissing), ([child], problems.NotOneself)):
        with pytest.raises(problem):
            actions.register_adoption(person=child, on=TODAY, parents=parents, **BY)


def test_a_guardian_is_named_and_ends() -> None:
    child, uncle = enter("王宝", birth_on=date(2020, 1, 1)), enter("王伯")
    actions.name_guardian(person=child, on=date(2024, 1, 1), guardian=uncle, **BY)
    assert family(child).guardian.name == "王伯"  # type: ignore[union-attr]
    actions.name_guardian(person=child, on=date(2026, 1, 1), guardian=None, **BY)
    assert family(child).guardian is None


def test_nobody_is_among_his_own_forebears() -> None:
    mother = enter("李芳", sex=Sex.FEMALE, birth_on=date(1960, 1, 1))
    child = enter("王芳", sex=Sex.FEMALE, birth_on=date(1985, 1, 1), mother=mother)
    seen = queries.editable(scope_of(), mother).seen
    changes = {Field.BIRTH_ON: "1999-01-01", Field.MOTHER: str(child)}
    with pytest.raises(problems.CircularParents):
        actions.correct_person(person=mother, changes=changes, seen=seen, **BY)


@pytest.mark.parametrize(
    ("father", "problem"),
    [({"sex": Sex.FEMALE}, problems.ParentImpossible), ({"birth_on": date(2024, 1, 1)}, problems.ParentUnlikely)],
)
def test_not_everybody_can_be_a_father(father: dict[str, object], problem: type[Problem]) -> None:
    who = enter("王父", **{"since": date(2024, 6, 1), **father})
    with pytest.raises(problem):
        actions.register_birth(name="王", sex=Sex.MALE, on=TODAY, area=HEBEI, father=who, **BY)


def test_a_birth_date_is_shown_as_far_as_it_is_known() -> None:
    shown = []
    for certainty, surname in zip(Certainty, "赵钱孙李", strict=True):
        who = enter(f"{surname}老", birth_on=date(1941, 1, 1), certainty=certainty)
        shown.append(queries.person(scope_of(), who).born)
    assert shown == ["1941-01-01", "1941-01", "1941", "≈ 1941"]


def test_a_number_fits_an_estimated_birth_date() -> None:
    document = Document(IdentityKind.RESIDENT_ID, "411723199001010018")
    with pytest.raises(problems.IdentityDiffersFromBirth):
        enter("王明", birth_on=date(1991, 1, 1), document=document)
    enter("王明", birth_on=date(1991, 1, 1), certainty=Certainty.ESTIMATED, document=document)


def test_other_names_documents_and_phones_are_found_masked_and_taken_back() -> None:
    who = enter("王明")
    actions.add_name(person=who, name="王大明", kind=NameKind.FORMER, since=None, until=date(2010, 1, 1), **BY)
    actions.add_document(person=who, kind=IdentityKind.PASSPORT, number="E12345678", **BY)
    phone = actions.add_phone(person=who, number="138 0000 0009", whose="son", **BY)
    told = [(each.what, each.text) for each in queries.particulars(scope_of(), who)]
    assert told == [("name", "王大明"), ("document", "E12345678"), ("phone", "13800000009")]
    masked = queries.particulars(scope_of("411723", Privacy.PERSONAL), who)
    assert [each.text for each in masked][1:] == ["E1*****78", "138****0009"]
    assert [each.person.id for each in queries.search(scope_of(), "王大明")] == [who]
    with pytest.raises(problems.DocumentHeld):
        actions.add_phone(person=who, number="13800000009", **BY)
    with pytest.raises(problems.IdentityTaken):
        enter("赵四", document=Document(IdentityKind.PASSPORT, "E12345678"))
    actions.withdraw_particular(entry=phone.id, reason="not his any more", **BY)
    assert len(queries.particulars(scope_of(), who)) == 2
    with pytest.raises(problems.ParticularUnknown):
        actions.withdraw_particular(entry=phone.id, **BY)


def test_a_person_says_how_to_be_reached() -> None:
    who = enter("王明")
    seen = queries.editable(scope_of(), who).seen
    changes = {Field.CONTACT_BY: ContactBy.LETTER.value, Field.NOT_AT_HOME: "yes", Field.LANGUAGE: "ug"}
    actions.correct_person(person=who, changes=changes, seen=seen, **BY)
    row = queries.person(scope_of(), who)
    assert (row.contact_by, row.not_at_home, row.language) == (ContactBy.LETTER, True, "ug")
    seen = queries.editable(scope_of(), who).seen
    with pytest.raises(problems.LanguageUnknown):
        actions.correct_person(person=who, changes={Field.LANGUAGE: "Klingon!"}, seen=seen, **BY)


def test_of_two_corrections_that_did_not_see_each_other_one_is_restored_with_a_click() -> None:
    who = enter("王明")
    for number in ("13800000001", "13800000002"):
        unseen = PersonCorrected(who, (FieldChange(Field.PHONE, "", number),))
        record(unseen, by=CLERK, at=AT, area=HEBEI, about=who)
    (conflict,) = queries.conflicts(scope_of())
    assert (conflict.value, conflict.unseen) == ("13800000002", "13800000001")
    actions.decide_conflict(entry=conflict.entry, field=Field.PHONE, restore=True, **BY)
    assert queries.person(scope_of(), who).phone == "13800000001"
    assert queries.conflicts(scope_of()) == []
    with pytest.raises(problems.ConflictUnknown):
        actions.decide_conflict(entry=conflict.entry, field=Field.PHONE, restore=False, **BY)


def test_or_kept_as_it_is() -> None:
    who = enter("王明")
    for number in ("13800000001", "13800000002"):
        unseen = PersonCorrected(who, (FieldChange(Field.PHONE, "", number),))
        record(unseen, by=CLERK, at=AT, area=HEBEI, about=who)
    (conflict,) = queries.conflicts(scope_of())
    actions.decide_conflict(entry=conflict.entry, field=Field.PHONE, restore=False, **BY)
    assert queries.person(scope_of(), who).phone == "13800000002"
    assert queries.conflicts(scope_of()) == []


def test_a_move_across_township_lines_hands_the_record_over() -> None:
    who = enter("王明")
    actions.register_move_in(person=who, on=TODAY, area=LONGWANG, **BY)
    assert not queries.people(scope_of(HEBEI)).exists()
    assert [row.id for row in queries.people(scope_of(LONGWANG))] == [who]


def test_every_life_event_has_its_day_of_life() -> None:
    ming, _ = couple()
    actions.register_death(person=ming, on=date(2024, 1, 1), **BY)
    with pytest.raises(problems.EventAfterDeath):
        actions.register_marriage(person=ming, on=date(2025, 1, 1), spouse_name="赵", **BY)
    with pytest.raises(problems.EventBeforeBirth):
        actions.name_guardian(person=ming, on=date(1980, 1, 1), guardian=None, **BY)
    assert {event.kind for event in queries.life_events(scope_of(), ming)} == {
        LifeEventKind.MARRIED,
        LifeEventKind.DIED,
    }
