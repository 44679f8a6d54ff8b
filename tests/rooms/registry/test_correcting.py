"""Corrections: what was seen is kept, so that nothing is overwritten in silence."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiahe.basis.privacy import Privacy
from jiahe.journal.recording import record
from jiahe.registry import actions, problems, queries
from jiahe.registry.actions import Document
from jiahe.registry.facts import Field, FieldChange, IdentityKind, PersonCorrected, Sex
from tests.rooms.registry.small_county import AT, CLERK, HEBEI, JINZHUANG, LONGWANG, TODAY, Clerk, enter, scope_of

pytestmark = pytest.mark.usefixtures("county")
ID = "411723199001010018"


def correct(who: UUID, seen: str | None = None, **changes: str) -> None:
    """Correct fields as somebody who saw the record as it is, or as it was."""
    said = {Field(name): text for name, text in changes.items()}
    seen = seen or queries.editable(scope_of(), who).seen
    actions.correct_person(person=who, changes=said, seen=seen, by=CLERK, at=AT)


def test_a_correction_holds_and_the_former_name_is_still_found() -> None:
    who = enter("王明")
    correct(who, name="歐陽明", phone="139 0000 0002", sex="female", birth_on="1991-02-03")
    row = queries.person(scope_of(), who)
    assert (row.name, row.surname, row.phone, row.sex, row.birth_on) == (
        "歐陽明", "歐陽", "13900000002", "female", date(1991, 2, 3),
    )  # fmt: skip
    for text in ("王明", "ouyang", "oym", "13900000002"):
        assert [each.person.id for each in queries.search(scope_of(), text)] == [who], text
    assert row.names == ("王明",)


def test_a_corrected_residence_and_sex_move_the_counts() -> None:
    who = enter()
    correct(who, area=LONGWANG, since="2024-01-01", sex="female")
    assert not queries.residents_by_area(date(2023, 1, 1))
    assert dict(queries.residents_by_area(TODAY)) == {(LONGWANG, "female"): 1}


def test_who_did_not_see_the_change_is_shown_both_values() -> None:
    who = enter(phone="13800000001")
    seen = queries.editable(scope_of(), who).seen
    correct(who, seen, phone="13900000002")
    with pytest.raises(problems.ChangedMeanwhile) as caught:
        correct(who, seen, phone="13700000003")
    said = caught.value.values
    assert (said["seen"], said["present"], said["wrote"]) == ("13800000001", "13900000002", "13700000003")
    correct(who, seen, name="王小明")
    assert queries.person(scope_of(), who).phone == "13900000002"


def test_two_who_could_not_see_each_other_make_a_conflict_for_a_person_to_decide() -> None:
    who = enter(phone="13800000001")
    for wrote in ("13900000002", "13700000003"):
        change = FieldChange(Field.PHONE, "13800000001", wrote)
        record(PersonCorrected(who, (change,)), by=CLERK, at=AT, area=HEBEI, about=who)
    (conflict,) = queries.conflicts(scope_of())
    assert (conflict.person, conflict.unseen, conflict.value) == (who, "13900000002", "13700000003")
    assert queries.conflicts(scope_of(LONGWANG)) == []
    correct(who, phone="13900000002")
    assert queries.conflicts(scope_of()) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, problems.NothingChanged),
        ({"phone": "13800000001"}, problems.NothingChanged),
        ({"name": "王\u200b明"}, problems.NameHasControlCharacters),
        ({"birth_on": "2027-01-01"}, problems.FutureBirth),
        ({"birth_on": "2021-01-01"}, problems.SinceBeforeBirth),
        ({"identity": "resident_id:411723199001010010"}, problems.WrongCheckDigit),
        ({"identity": f"resident_id:{ID}"}, problems.IdentityTaken),
        ({"phone": "none"}, problems.PhoneMalformed),
    ],
)
def test_refused(changes: dict[str, str], problem: type[Exception]) -> None:
    enter("李明", document=Document(IdentityKind.RESIDENT_ID, ID))
    who = enter(phone="13800000001")
    with pytest.raises(problem):
        correct(who, **changes)


def test_what_an_editor_does_not_see_he_is_not_offered() -> None:
    who = enter(phone="13800000001")
    assert not {Field.IDENTITY, Field.PHONE} & queries.editable(scope_of("411723", Privacy.PERSONAL), who).texts.keys()


def test_nobody_corrects_a_record_kept_elsewhere() -> None:
    who = enter(area=JINZHUANG)
    with pytest.raises(problems.PersonUnknown):
        actions.correct_person(
            person=who, changes={Field.PHONE: "139"}, seen="", by=Clerk(LONGWANG), at=AT + timedelta(days=1)
        )


CHILD = date(1985, 6, 15)


@pytest.mark.parametrize("role", ["mother", "father"])
@pytest.mark.parametrize(
    ("birth_on", "problem"),
    [
        ("1985-06-16", problems.ChildImpossible),  # a day after the child
        ("1985-06-15", problems.ChildUnlikely),
        ("1979-01-01", problems.ChildUnlikely),
        ("1890-01-01", problems.TooLongAgo),
    ],
)
def test_a_birth_date_that_a_childs_record_contradicts_is_refused_or_asked_back(
    role: str, birth_on: str, problem: type[Exception]
) -> None:
    parent = enter("王父", sex=Sex.UNSTATED, birth_on=date(1960, 1, 1))
    enter("王宝", birth_on=CHILD, area=LONGWANG, **{role: parent})
    with pytest.raises(problem) as caught:
        correct(parent, birth_on=birth_on)
    if problem is not problems.TooLongAgo:
        assert caught.value.values == {}  # type: ignore[attr-defined]  # nothing of the child, kept elsewhere, is told
    assert queries.person(scope_of(), parent).birth_on == date(1960, 1, 1)


def test_what_is_unlikely_of_a_parent_is_taken_when_confirmed_and_what_is_impossible_never() -> None:
    parent = enter("李芳", sex=Sex.FEMALE, birth_on=date(1960, 1, 1))
    enter("王宝", birth_on=CHILD, mother=parent)
    sure = {problems.ChildUnlikely.code, problems.ParentUnlikely.code}
    seen = queries.editable(scope_of(), parent).seen
    usual = {"person": parent, "seen": seen, "sure": sure, "by": CLERK, "at": AT}
    with pytest.raises(problems.ChildImpossible):
        actions.correct_person(changes={Field.BIRTH_ON: "1986-01-01"}, **usual)
    actions.correct_person(changes={Field.BIRTH_ON: "1978-01-01"}, **usual)
    assert queries.person(scope_of(), parent).birth_on == date(1978, 1, 1)


def test_the_children_of_a_merged_record_count() -> None:
    parent, double = enter("李芳", sex=Sex.FEMALE), enter("李花", sex=Sex.FEMALE, birth_on=date(1960, 1, 1))
    enter("王宝", birth_on=CHILD, mother=double)
    actions.merge_persons(kept=parent, gone=double, taken=[Field.BIRTH_ON], by=CLERK, at=AT)
    with pytest.raises(problems.ChildImpossible):
        correct(parent, birth_on="1990-01-01")


def test_children_are_asked_for_only_when_the_birth_date_changes() -> None:
    parent = enter("李芳", sex=Sex.FEMALE, birth_on=date(1960, 1, 1))
    enter("王宝", birth_on=CHILD, mother=parent)
    with CaptureQueriesContext(connection) as asked:
        correct(parent, phone="13900000002")
    assert not [each for each in asked.captured_queries if '"mother" IN' in each["sql"] or '"father" IN' in each["sql"]]
    with CaptureQueriesContext(connection) as asked:
        correct(parent, birth_on="1961-01-01")
    children = [each for each in asked.captured_queries if '"mother" IN' in each["sql"] or '"father" IN' in each["sql"]]
    assert len(children) == 2
