# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may stand in a list of people that is brought: headings, sexes, days, areas, numbers; and what it means."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.basis.languages import Text
from jiahe.basis.problem import Problem
from jiahe.exchange import cells, problems
from jiahe.exchange.cells import Residences
from jiahe.exchange.columns import Column, find_headings, guess
from jiahe.exchange.persons import Usual, somebody
from jiahe.places.facts import Level
from jiahe.places.queries import AreaRow
from jiahe.places.rules import parent_of
from jiahe.registry.facts import Certainty, IdentityKind, Relation, Sex


def area(code: str, official: str, en: str, hant: str, hans: str) -> AreaRow:
    """A township or a village that has always been there."""
    level = Level.TOWNSHIP if len(code) == 9 else Level.VILLAGE
    return AreaRow(code, level, parent_of(code), Text(en, hant, hans), None, None, official)


NORTH = area("411723101", "北镇", "Northtown", "北鎮", "北镇")
SOUTH = area("411723102", "南镇", "Southtown", "南鎮", "南镇")
WANG = area("411723101201", "王庄村民委员会", "Wangzhuang", "王莊", "王庄")
TWIN = area("411723102201", "王庄村民委员会", "Wangzhuang", "王莊", "王庄")
LIU = area("411723102202", "刘村民委员会", "Liu Village", "劉村", "刘村")
COUNTY = Residences.of([NORTH, SOUTH, WANG, TWIN, LIU], "en")
ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("姓名", Column.NAME),
        ("姓 名（必填）*", Column.NAME),
        ("Full Name", Column.NAME),
        ("性別", Column.SEX),
        ("出生年月日", Column.BIRTH_ON),
        ("公民身份号码", Column.NUMBER),
        ("ID No.", Column.NUMBER),
        ("手机号", Column.PHONE),
        ("Village", Column.AREA),
        ("母親身份證號", Column.MOTHER),
        ("户号", Column.HOUSEHOLD_NUMBER),
        ("与户主关系", Column.RELATION),
        ("家和判定", Column.VERDICT),
        ("备注", None),
    ],
)
def test_a_heading_in_any_of_three_languages_says_what_its_column_holds(heading: str, column: Column | None) -> None:
    assert guess([heading]) == [column]


def test_a_title_may_stand_above_the_headings() -> None:
    assert find_headings([["王庄人口登记表"], [], ["序号", "姓名", "性别"], ["1", "王明", "男"]]) == 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1990-01-02", date(1990, 1, 2)),
        ("1990/1/2", date(1990, 1, 2)),
        ("1990.01.02", date(1990, 1, 2)),
        ("1990年1月2日", date(1990, 1, 2)),
        ("１９９０年１月２日", date(1990, 1, 2)),
        ("19900102", date(1990, 1, 2)),
        ("1990-01-02 00:00:00", date(1990, 1, 2)),
        ("32875", date(1990, 1, 2)),
    ],
)
def test_a_day_is_read_as_people_write_it_and_as_spreadsheets_keep_it(text: str, day: date) -> None:
    assert cells.birth(text) == (day, Certainty.DAY)


def test_of_a_birth_only_the_month_or_the_year_may_be_known() -> None:
    assert cells.birth("1950年3月") == (date(1950, 3, 1), Certainty.MONTH)
    assert cells.birth("1950") == (date(1950, 1, 1), Certainty.YEAR)


@pytest.mark.parametrize("text", ["1990-02-30", "02/01/1990", "2.1.90", "yesterday", "1990-1-2-3", "0"])
def test_what_may_mean_two_days_or_none_is_not_guessed(text: str) -> None:
    with pytest.raises(problems.DateUnreadable):
        cells.birth(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("411723102202", LIU.code),
        ("刘村", LIU.code),
        ("劉村", LIU.code),
        ("刘村民委员会", LIU.code),
        ("liu village", LIU.code),
        ("北镇王庄", WANG.code),
        ("南鎮 王莊", TWIN.code),
    ],
)
def test_an_area_is_read_by_its_code_and_by_each_of_its_names(text: str, code: str) -> None:
    assert COUNTY.code(text) == code


def test_two_villages_of_one_name_are_told_apart_by_their_township_only() -> None:
    with pytest.raises(problems.AreaAmbiguous) as refused:
        COUNTY.code("王庄")
    assert refused.value.values["several"] == "Northtown · Wangzhuang, Southtown · Wangzhuang"


def test_birth_date_and_sex_are_told_by_the_identity_number_where_the_list_does_not_say_them() -> None:
    who = somebody(["王明", ID], [Column.NAME, Column.NUMBER], Usual(LIU.code, date(1960, 1, 1)), COUNTY)
    assert (who.birth_on, who.sex, who.document) == (date(1949, 12, 31), Sex.FEMALE, IdentityKind.RESIDENT_ID)


def test_a_number_that_a_spreadsheet_has_rounded_is_never_taken() -> None:
    for text in ("4.11723E+17", "4.11723199001010E+17"):
        with pytest.raises(problems.NumberLostPlaces):
            somebody(["王明", text], [Column.NAME, Column.NUMBER], Usual(LIU.code, date(1960, 1, 1)), COUNTY)


def test_surname_and_given_name_may_stand_apart() -> None:
    columns = [Column.SURNAME, Column.GIVEN, Column.SEX, Column.BIRTH_ON]
    usual = Usual(LIU.code, date(1960, 1, 1))
    assert somebody(["欧阳", "明", "男", "1990-01-02"], columns, usual, COUNTY).name == "欧阳明"
    assert somebody(["Silva", "Maria", "F", "1990-01-02"], columns, usual, COUNTY).name == "Maria Silva"


def test_what_a_row_says_of_its_household_is_kept() -> None:
    columns = [Column.NAME, Column.SEX, Column.BIRTH_ON, Column.HOUSEHOLD_NUMBER, Column.RELATION]
    who = somebody(["王明", "男", "1990-01-02", "0012", "长女"], columns, Usual(LIU.code, date(1960, 1, 1)), COUNTY)
    assert (who.household.number, who.household.relation) == ("0012", Relation.CHILD)


def test_where_and_since_when_must_be_said_by_the_row_or_for_all() -> None:
    row, columns = ["王明", "男", "1990-01-02"], [Column.NAME, Column.SEX, Column.BIRTH_ON]
    for usual, problem in ((Usual(), problems.AreaMissing), (Usual(LIU.code), problems.SinceMissing)):
        with pytest.raises(Problem) as refused:
            somebody(row, columns, usual, COUNTY)
        assert type(refused.value) is problem
