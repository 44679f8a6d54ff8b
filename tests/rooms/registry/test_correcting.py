"""Corrections: what was seen is kept, so that nothing is overwritten in silence."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from jiahe.basis.privacy import Privacy
from jiahe.journal.recording import record
from jiahe.registry import actions, problems, queries
from jiahe.registry.actions import Document
from jiahe.registry.facts import Field, FieldChange, IdentityKind, PersonCorrected
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
