"""An import from the file to the register and back: what is read, accepted, refused; once; all or none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from jiahe.basis.problem import Problem
from jiahe.exchange import actions, problems, queries, words
from jiahe.exchange.columns import guess
from jiahe.exchange.models import Import, ImportRow
from jiahe.journal.models import Entry
from jiahe.journal.problems import NotPermitted
from jiahe.journal.redacting import redact
from jiahe.registry.actions import register_death
from jiahe.registry.models import Household, Person
from jiahe.registry.problems import PeopleHaveHistory
from tests.rooms.exchange.hostile import workbook
from tests.rooms.exchange.lists import AT, FAMILY, HEADINGS, MOTHER, SON, checked, listed, number, taken, verdicts
from tests.rooms.staff.small_office import NORTH_VILLAGE, Office


def test_a_list_is_taken_over_mothers_before_their_children(office: Office) -> None:
    row = taken(FAMILY, office.acting("worker"))
    assert (row.step, verdicts(row)) == ("taken", ["taken"] * 3)
    son, mother = (Person.objects.get(full=name) for name in ("王明", "李桂花"))
    assert son.mother == mother.id
    assert (son.area, son.phone, son.start_on) == (NORTH_VILLAGE, "13800000001", date(2020, 1, 1))
    assert Person.objects.get(full="王小雨").start_on == date(2020, 12, 12), (
        "who was born later lives there since birth"
    )


def test_what_is_wrong_is_said_row_by_row_and_the_rest_is_accepted(office: Office) -> None:
    row = checked(
        listed(
            ["", "男", "1990-01-02"],
            ["王甲", "?", "1990-01-02"],
            ["王乙", "男", "1990-02-30"],
            ["王丙", "男", "1990-01-02", SON[:-1] + ("1" if SON[-1] != "1" else "2")],
            ["王丁", "男", "1990-01-02", "4.11723E+17"],
            ["王戊", "男", "2990-01-02"],
            ["王己", "男", "1990-01-02", "", "ask her"],
            ["王庚", "男", "1990-01-02", "", "", number("1960-01-01", 2)],
            ["王辛", "男", "1990-01-02", SON],
            ["王壬", "男", "1990-01-02", SON],
            ["王癸", "男", "", SON],
            ["欧阳好", "女", "1990-01-03"],
        ),
        office.acting("worker"),
    )
    assert verdicts(row) == [
        "name_missing", "sex_unreadable", "date_unreadable", "wrong_check_digit", "number_lost_places", "future_date",
        "phone_malformed", "mother_not_found", "accepted", "twice_in_file", "twice_in_file", "accepted",
    ]  # fmt: skip
    assert Person.objects.count() == 0


def test_areas_are_read_by_code_and_by_every_name_within_the_post(office: Office) -> None:
    headings = ["姓名", "性别", "出生日期", "村"]
    people = [
        [name, "女", "1990-01-02", area]
        for name, area in (("甲", "北村"), ("乙", NORTH_VILLAGE), ("丙", "北镇北村"), ("丁", "南村"), ("戊", "北镇"))
    ]
    row = checked(listed(*people, headings=headings), office.acting("clerk"), area="")
    assert verdicts(row)[:4] == ["accepted", "accepted", "accepted", "area_unreadable"]


def test_the_same_person_in_other_words_is_a_likely_double_until_somebody_says_no(office: Office) -> None:
    by = office.acting("worker")
    taken(listed(["王小雨", "女", "2010-12-12", "", "13800000001"]), by)
    row = checked(listed(["王小雨", "女", "2010-12-12", "", "13800000002"]), by)
    assert verdicts(row) == ["double"]
    with pytest.raises(problems.NothingToTake):
        actions.take(brought=row.id, by=by, at=AT)
    actions.mean(brought=row.id, rows=[2], among=[2], by=by, at=AT)
    actions.take(brought=row.id, by=by, at=AT)
    assert Person.objects.filter(full="王小雨").count() == 2


def test_an_import_goes_on_where_it_was_after_it_was_killed(office: Office) -> None:
    by = office.acting("worker")
    row = checked(listed(*([f"王{sign}", "男", "1990-01-02"] for sign in "甲乙丙丁戊己")), by)
    assert actions.take(brought=row.id, by=by, at=AT, most=2)  # killed after the second of six
    assert Person.objects.count() == 2
    assert actions.take(brought=row.id, by=by, at=AT, most=3)
    assert not actions.take(brought=row.id, by=by, at=AT, most=3)
    assert (Person.objects.count(), Import.objects.get().step) == (6, "taken")
    with pytest.raises(problems.NotThatStep):
        actions.take(brought=row.id, by=by, at=AT)


def test_a_whole_import_is_undone_as_one_act_with_a_reason(office: Office) -> None:
    by = office.acting("worker")
    row = taken(FAMILY, by)
    assert actions.undo(brought=row.id, reason="wrong village", by=by, at=AT) == 3
    assert Person.objects.count() == 0
    assert verdicts(row) == ["undone"] * 3
    held = str(list(ImportRow.objects.values_list()))
    assert not [text for text in ("王明", SON, MOTHER, "13800000001", "1990") if text in held]
    with pytest.raises(problems.NothingToUndo):
        actions.undo(brought=row.id, reason="twice", by=by, at=AT)
    again = taken(FAMILY, by)
    assert again.id != row.id
    assert Person.objects.count() == 3


def test_rows_that_name_one_household_form_it_and_leave_it_when_undone(office: Office) -> None:
    by = office.acting("worker")
    headings = ["姓名", "性别", "出生日期", "户号", "住址", "与户主关系"]
    rows = [
        ["王大山", "男", "1960-01-02", "17", "东关 3 号", "户主"],
        ["李桂花", "女", "1962-03-04", "17", "", "妻"],
        ["赵一", "男", "1970-01-02", "18", "西街 1 号", "户主"],
        ["赵二", "男", "1972-01-02", "18", "西街 1 号", "户主"],
        ["孙三", "男", "1980-01-02", "", "", ""],
    ]
    row = taken(listed(*rows, headings=headings), by)
    (house,) = Household.objects.all()
    members = dict(Person.objects.filter(household=house.id).values_list("full", "relation"))
    assert (house.address, members) == ("东关 3 号", {"王大山": "head", "李桂花": "spouse"})
    assert ImportRow.objects.get(number__gt=0, somebody__contains="赵一").reasons  # two heads: nobody is put together
    actions.undo(brought=row.id, reason="wrong village", by=by, at=AT)
    assert not Household.objects.exists()
    assert not Person.objects.exists()


def test_who_has_a_history_since_holds_the_undoing_back_and_is_named(office: Office) -> None:
    by = office.acting("worker")
    row = taken(FAMILY, by)
    mother = Person.objects.get(full="李桂花").id
    register_death(person=mother, on=date(2026, 1, 1), by=by, at=AT)
    with pytest.raises(PeopleHaveHistory) as blocked:
        actions.undo(brought=row.id, reason="wrong village", by=by, at=AT)
    assert mother in blocked.value.values["people"]
    assert Person.objects.count() == 3


def test_contents_are_deleted_on_request_and_after_30_days_and_the_undoing_stays(office: Office) -> None:
    by = office.acting("worker")
    row = taken(FAMILY, by)
    assert actions.empty_old(at=AT + timedelta(days=29)) == 0
    assert actions.empty_old(at=AT + timedelta(days=31)) == 1
    held = str([list(Import.objects.values_list()), list(ImportRow.objects.values_list())])
    assert not [
        text
        for text in ("王明", SON, MOTHER, "姓名", "13800000001", "list.csv", "1990-01-02", "date(1990")
        if text in held
    ]
    with pytest.raises(problems.ContentsDeleted):
        list(queries.report(by.scope, row.id))
    assert actions.undo(brought=row.id, reason="wrong village", by=by, at=AT) == 3


def test_nobody_brings_what_he_may_not_register_nor_sees_what_others_brought(office: Office) -> None:
    with pytest.raises(NotPermitted):
        actions.bring(name="x", content=FAMILY, by=office.acting("manager"), at=AT)
    row = checked(FAMILY, office.acting("worker"))
    with pytest.raises(problems.ImportUnknown):
        queries.one(office.acting("neighbour").scope, row.id)
    assert queries.opened(office.acting("clerk").scope, row.id).id == row.id
    mine = checked(listed(["王二", "男", "1980-01-01"]), office.acting("clerk"), area=NORTH_VILLAGE)
    with pytest.raises(problems.ImportUnknown):
        queries.opened(office.acting("worker").scope, mine.id)


def test_columns_that_cannot_be_taken_are_told(office: Office) -> None:
    by = office.acting("worker")
    for headings, problem in (
        (["姓名", "性别", "姓 名"], problems.ColumnTwice),
        (["姓名", "性别"], problems.NothingBelow),
    ):
        with pytest.raises(problem):
            actions.bring(name="x", content=",".join(headings).encode(), by=by, at=AT)
    with pytest.raises(problems.HeadingMissing):
        actions.bring(name="x", content=listed(["王", "男", "1", "", "", "", "", "beyond"]), by=by, at=AT)
    row = actions.bring(name="x", content=listed(["甲", "男"], headings=["字段一", "性别"]), by=by, at=AT)
    with pytest.raises(problems.NameColumnMissing):
        actions.choose_columns(
            brought=row.id, columns=queries.columns_of(row), area="", since=None, by=by, at=AT
        )  # fmt: skip


def test_a_title_above_the_headings_and_a_workbook_are_understood(office: Office) -> None:
    content = workbook(["北村人口表"], ["Full name", "Sex", "Date of birth"], ["Maria Silva", "F", date(1990, 1, 2)])
    row = checked(content, office.acting("worker"))
    assert verdicts(row) == ["accepted"]


def test_what_is_said_of_a_row_is_said_in_the_readers_language(office: Office) -> None:
    row = checked(listed(["王甲", "?", "1990-01-02"]), office.acting("worker"))
    (said,) = queries.report(office.acting("worker").scope, row.id)
    with override("en"):
        english = words.verdict(said, {})
    assert "“?” is no sex that is known here." in english
    assert isinstance(said.problem, Problem)


def test_checking_records_nothing(office: Office) -> None:
    before = Entry.objects.count()
    checked(FAMILY, office.acting("worker"))
    assert Entry.objects.count() == before


def test_headings_are_guessed_in_three_languages() -> None:
    english = [
        "Full name",
        "Sex",
        "Birth date",
        "Identity number",
        "Phone",
        "Mother's ID number",
        "Relation to the head",
    ]
    traditional = ["姓名", "性別", "出生日期", "身份證號碼", "聯繫電話", "母親身份證號", "與戶主關係"]
    assert guess(english) == guess(traditional) == guess(HEADINGS)
    assert None not in guess(HEADINGS)


def test_who_is_erased_or_taken_out_leaves_the_rows_of_every_file(office: Office) -> None:
    by = office.acting("worker")
    row = taken(FAMILY, by)
    checked(listed(["王明", "男", "1990-01-02", SON, "13800000001"]), by)
    son = Person.objects.get(full="王明")
    redact([son.entry], ground="PIPL 47", by=office.by, at=AT, area=NORTH_VILLAGE)
    held = str(list(ImportRow.objects.values_list("cells", "somebody", "identity", "mark", "reasons")))
    assert not [text for text in ("王明", SON, "13800000001") if text in held]
    assert "李桂花" in held
    assert verdicts(row) == ["taken"] * 3
