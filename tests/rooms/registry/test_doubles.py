"""Everybody is registered once: doubles are shown before they are saved, merged by a person, and parted again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from jiahe.basis.problem import Problem
from jiahe.journal.redacting import redact
from jiahe.registry import actions, problems, queries
from jiahe.registry.actions import Document, Newcomer
from jiahe.registry.facts import Field, IdentityKind, Sex
from jiahe.registry.models import Distinct, Merge, Person
from jiahe.registry.rules.linkage import Reason
from tests.rooms.registry.small_county import AT, CLERK, HEBEI, LONGWANG, TODAY, about, enter, scope_of

pytestmark = pytest.mark.usefixtures("county")
BY = {"by": CLERK, "at": AT}
SURE = {problems.LikelyDouble.code}
TWINS = {problems.MaybeTwins.code}
ID = "411723199001010018"


def resident_id(number: str = ID) -> Document:
    """A resident identity card."""
    return Document(IdentityKind.RESIDENT_ID, number)


def two() -> tuple[UUID, UUID]:
    """欧阳明, entered twice: first in Hebei village, later in Longwang village under the Traditional name."""
    return enter("欧阳明"), enter("歐陽明", area=LONGWANG, since=date(2024, 1, 1), phone="13800000001", sure=SURE)


# ---- before it is saved ----


@pytest.mark.parametrize(
    ("again", "reason"),
    [
        ({"name": "王明"}, Reason.SAME_NAME),
        ({"name": "王鸣"}, Reason.SAME_PINYIN),
        ({"name": "王明", "birth_on": date(1990, 1, 2)}, Reason.NEAR_BIRTH_DATE),
        ({"name": "王明", "birth_on": date(1990, 6, 1), "phone": "13800000001"}, Reason.SAME_PHONE),
    ],
)
def test_who_is_much_like_somebody_is_shown_first(again: dict[str, object], reason: Reason) -> None:
    known = enter("王明", phone="13800000001")
    with pytest.raises(problems.LikelyDouble) as found:
        enter(**again)
    (double,) = queries.shown(scope_of(HEBEI), found.value.values["doubles"])
    assert (double.person.id, reason in double.reasons) == (known, True)
    assert Person.objects.count() == 1


def test_who_is_confirmed_to_be_another_is_registered_and_not_asked_about_again() -> None:
    first = enter("王明")
    second = enter("王明", sure=SURE)
    assert Distinct.objects.filter(left=min(first, second), right=max(first, second)).exists()


def test_twins_are_no_doubles() -> None:
    mother = enter("李芳", sex=Sex.FEMALE)
    for name in ("王小明", "王小亮"):
        actions.register_birth(name=name, sex=Sex.MALE, on=TODAY, area=HEBEI, mother=mother, **BY)
    assert len(queries.children(scope_of(), mother)) == 2


def test_a_double_of_another_area_is_not_shown() -> None:
    enter("王明", area=LONGWANG)
    with pytest.raises(problems.LikelyDouble) as found:
        enter("王明")
    assert queries.shown(scope_of(HEBEI), found.value.values["doubles"]) == []


def test_many_are_entered_at_once_and_each_refusal_stands_at_its_place() -> None:
    def newcomer(name: str, number: str = "", area: str = HEBEI) -> Newcomer:
        document = resident_id(number) if number else None
        return Newcomer(name, Sex.MALE, date(1990, 1, 1), area, date(2020, 1, 1), document=document)

    people = [
        newcomer("王一", ID),
        newcomer("王二", ID),
        newcomer("", ""),
        newcomer("王四"),
        newcomer("王五", area="9"),
    ]
    done = actions.register_people(people=people, why="list of 2026", **BY)
    kinds = [type(each).__name__ for each in done]
    assert kinds == ["IdentityTaken", "IdentityTaken", "NameMissing", "Recorded", "UnknownArea"]
    judged = queries.judge_people(scope_of(), [newcomer("王四"), newcomer("赵六"), newcomer("", "")], at=AT)
    assert [type(each).__name__ for each in judged] == ["list", "NoneType", "NameMissing"]


def test_registrations_are_taken_back_all_or_none() -> None:
    people = [Newcomer(name, Sex.MALE, date(1990, 1, 1), HEBEI, date(2020, 1, 1)) for name in ("王一", "赵二", "钱三")]
    done = actions.register_people(people=people, **BY)
    entries = [each.id for each in done if not isinstance(each, Problem)]
    moved = done[1]
    assert not isinstance(moved, Problem)
    actions.register_move_out(person=about(moved), on=TODAY, destination="郑州", **BY)
    with pytest.raises(problems.PeopleHaveHistory) as found:
        actions.cancel_registrations(entries=entries, reason="wrong list", **BY)
    assert found.value.values["people"] == [about(moved)]
    assert Person.objects.count() == 3
    actions.cancel_registrations(entries=[entries[0], entries[2]], reason="wrong list", **BY)
    assert [row.id for row in Person.objects.all()] == [about(moved)]


# ---- one person ----


def test_a_merged_record_is_found_counted_and_shown_as_one() -> None:
    kept, gone = two()
    actions.merge_persons(kept=kept, gone=gone, taken=[Field.PHONE], **BY)
    assert [row.id for row in queries.people(scope_of())] == [kept]
    assert queries.person(scope_of(), kept).phone == "13800000001"
    assert sum(queries.residents_by_area(TODAY).values()) == 1
    assert queries.person(scope_of(), kept).area == LONGWANG
    assert [found.person.id for found in queries.search(scope_of(), "歐陽")] == [kept]
    with pytest.raises(problems.PersonUnknown):
        queries.person(scope_of(), gone)
    history = [entry.kind.partition("@")[0] for entry in queries.person_history(scope_of(), kept)]
    assert history.count("registry.PersonRegistered") == 2


def test_a_death_both_have_counts_once_and_comes_back_when_they_are_parted() -> None:
    kept, gone = two()
    for who in (kept, gone):
        actions.register_death(person=who, on=date(2026, 5, 1), **BY)
    merge = actions.merge_persons(kept=kept, gone=gone, **BY)
    assert len(queries.life_events(scope_of(), kept)) == 1
    actions.undo_merge(entry=merge.id, reason="two brothers", **BY)
    assert [len(queries.life_events(scope_of(), who)) for who in (kept, gone)] == [1, 1]


def test_what_was_recorded_since_goes_to_whom_it_belongs() -> None:
    kept, gone = two()
    merge = actions.merge_persons(kept=kept, gone=gone, **BY)
    moved = actions.register_move_out(person=kept, on=date(2026, 5, 1), destination="郑州", **BY)
    phone = actions.add_phone(person=kept, number="13900000009", **BY)
    seen = queries.editable(scope_of(), kept).seen
    corrected = actions.correct_person(person=kept, changes={Field.PHONE: "13700000000"}, seen=seen, **BY)
    since = [entry.id for entry in queries.since_merge(kept, merge)]
    assert set(since) == {moved.id, phone.id, corrected.id}
    actions.undo_merge(entry=merge.id, reason="two cousins", theirs=[moved.id, corrected.id], **BY)
    assert queries.person(scope_of(), gone).area is None
    assert queries.person(scope_of(), gone).phone == "13700000000"
    assert queries.person(scope_of(), kept).area == HEBEI
    assert queries.person(scope_of(), kept).phone == ""
    assert [each.text for each in queries.particulars(scope_of(), kept)] == ["13900000009"]
    assert queries.particulars(scope_of(), gone) == []


def test_chains_of_merges_lead_to_one_record() -> None:
    first, second = two()
    third = enter("欧阳明", birth_on=date(1990, 1, 2), sure=SURE)
    actions.merge_persons(kept=second, gone=first, **BY)
    merge = actions.merge_persons(kept=third, gone=second, **BY)
    assert set(queries.records_of(third)) == {first, second, third}
    assert Person.objects.get(id=first).merged_into == third
    actions.undo_merge(entry=merge.id, reason="no", **BY)
    assert Person.objects.get(id=first).merged_into == second


def test_nobody_is_merged_with_himself_or_twice() -> None:
    kept, gone = two()
    with pytest.raises(problems.NotOneself):
        actions.merge_persons(kept=kept, gone=kept, **BY)
    actions.merge_persons(kept=kept, gone=gone, **BY)
    with pytest.raises(problems.AlreadyMerged):
        actions.merge_persons(kept=kept, gone=gone, **BY)


def test_twins_and_two_numbers_are_asked_back() -> None:
    mother = enter("李芳", sex=Sex.FEMALE)
    twins = [
        about(actions.register_birth(name=name, sex=Sex.MALE, on=TODAY, area=HEBEI, mother=mother, **BY))
        for name in ("王小明", "王小亮")
    ]
    with pytest.raises(problems.MaybeTwins):
        actions.merge_persons(kept=twins[0], gone=twins[1], **BY)
    one = enter("王明", document=resident_id())
    other = enter("王明", document=resident_id("411723199001010034"), sure=SURE)
    with pytest.raises(problems.DifferentNumbers):
        actions.merge_persons(kept=one, gone=other, **BY)
    actions.merge_persons(kept=one, gone=other, sure={problems.DifferentNumbers.code}, **BY)


def test_a_merge_with_an_erased_record_cannot_be_undone() -> None:
    kept, gone = two()
    merge = actions.merge_persons(kept=kept, gone=gone, **BY)
    registered = Person.objects.get(id=gone).entry
    redact([registered], ground="PIPL 47", area=HEBEI, **BY)
    with pytest.raises(problems.MergeErased):
        actions.undo_merge(entry=merge.id, reason="two", **BY)
    with pytest.raises(problems.ReasonMissing):
        actions.undo_merge(entry=merge.id, reason=" ", **BY)


def test_who_was_found_distinct_is_in_no_queue() -> None:
    kept, gone = two()
    actions.find_distinct(person=kept, other=gone, why="asked both", **BY)
    assert Distinct.objects.exclude(left=Distinct.objects.first().left).count() == 0  # type: ignore[union-attr]
    assert not Merge.objects.exists()


def test_the_child_of_a_merged_mother_is_the_child_of_the_one_that_stays() -> None:
    kept = enter("李芳", sex=Sex.FEMALE)
    gone = enter("李芳", sex=Sex.FEMALE, area=LONGWANG, sure=SURE)
    actions.register_birth(name="王宝", sex=Sex.MALE, on=TODAY, area=LONGWANG, mother=gone, **BY)
    actions.merge_persons(kept=kept, gone=gone, **BY)
    assert [child.name for child in queries.children(scope_of(), kept)] == ["王宝"]
