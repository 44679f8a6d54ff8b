"""Areas on any day: names, mergers, splits and moves."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.basis.problem import Problem
from jiahe.journal.problems import NotPermitted
from jiahe.places import actions, problems, queries
from jiahe.places.facts import FacilityKind, Redrawing
from jiahe.places.rules import What
from tests.rooms.places.country import AT, CLERK, LIST, Clerk, named

pytestmark = pytest.mark.usefixtures("county")

BEFORE, MAY, AFTER = date(2020, 1, 1), date(2024, 5, 1), date(2026, 1, 1)
HEBEI, JINZHUANG, CHENFAN = "411723101200", "411723101201", "411723101202"
YANGBU, MIAOWAN = "411723101", "411723103"


def names(parent: str, on: date) -> list[str]:
    """The villages or townships of a parent on a day, in Simplified Chinese."""
    return [row.name.zh_hans for row in queries.children(parent, on=on)]


def test_the_whole_list_is_there_and_loading_it_again_changes_nothing() -> None:
    assert len(queries.areas(on=BEFORE)) == len(LIST)
    assert [row.code for row in queries.path(HEBEI, on=BEFORE)] == ["41", "4117", "411723", YANGBU, HEBEI]
    assert queries.area("411723", on=BEFORE).opened_on is None


def test_a_renamed_area_has_the_name_of_the_day() -> None:
    new = named(HEBEI, "河北新村村民委员会")
    actions.rename_area(code=HEBEI, official=new.official, name=new.name, on=MAY, by=CLERK, at=AT)
    assert queries.area(HEBEI, on=BEFORE).name.zh_hans == "河北村"
    assert queries.area(HEBEI, on=MAY).name.en == "Hebeixin Village"


def test_a_merger_into_a_new_area_ends_the_old_ones_and_leads_on() -> None:
    new = named("411723101300", "河金村民委员会")
    actions.merge_areas(codes=[HEBEI, JINZHUANG], into=new, on=MAY, by=CLERK, at=AT, order="平政〔2024〕5号")
    assert names(YANGBU, BEFORE) == ["河北村", "金庄村", "陈樊村"]
    assert names(YANGBU, MAY) == ["陈樊村", "河金村"]
    assert queries.present([HEBEI, CHENFAN], on=AFTER) == {HEBEI: ("411723101300",), CHENFAN: (CHENFAN,)}
    assert queries.present([HEBEI], on=BEFORE) == {HEBEI: (HEBEI,)}
    first, last = queries.history(HEBEI)
    assert (first.what, first.on) == (What.OPENED, None)
    assert (last.what, last.others, last.successor) == (Redrawing.MERGED, ("411723101300",), True)
    (begun,) = queries.history("411723101300")
    assert (begun.what, begun.others, begun.order) == (Redrawing.MERGED, (HEBEI, JINZHUANG), "平政〔2024〕5号")
    assert begun.name == new.name


def test_a_merger_into_one_of_them_keeps_its_code() -> None:
    actions.merge_areas(codes=[HEBEI], into=CHENFAN, on=MAY, by=CLERK, at=AT)
    assert names(YANGBU, MAY) == ["金庄村", "陈樊村"]
    assert queries.present([HEBEI], on=AFTER) == {HEBEI: (CHENFAN,)}


def test_a_split_leads_to_all_its_parts() -> None:
    parts = [named("411723101310", "河北东村民委员会"), named("411723101311", "河北西村民委员会")]
    actions.split_area(code=HEBEI, into=parts, keep=False, on=MAY, by=CLERK, at=AT)
    assert queries.present([HEBEI], on=AFTER) == {HEBEI: ("411723101310", "411723101311")}


def test_a_part_split_off_leaves_the_rest_under_its_code() -> None:
    actions.split_area(code=HEBEI, into=[named("411723101310", "河东村民委员会")], keep=True, on=MAY, by=CLERK, at=AT)
    assert queries.present([HEBEI], on=AFTER) == {HEBEI: (HEBEI,)}
    assert len(names(YANGBU, MAY)) == 4


def test_a_village_that_moves_gets_a_code_of_its_new_township_and_takes_its_clinic_along() -> None:
    clinic = named(HEBEI, "河北村卫生室").name
    opened = actions.open_facility(kind=FacilityKind.VILLAGE_ROOM, area=HEBEI, name=clinic, on=BEFORE, by=CLERK, at=AT)
    actions.move_area(code=HEBEI, to=MIAOWAN, on=MAY, by=CLERK, at=AT)
    assert queries.present([HEBEI], on=AFTER) == {HEBEI: ("411723103200",)}
    assert names(MIAOWAN, MAY)[0] == "河北村"
    assert queries.facility(opened.fact.facility, on=BEFORE).area == HEBEI
    assert [row.id for row in queries.facilities(within=MIAOWAN, on=MAY)] == [opened.fact.facility]
    assert queries.facilities(within=YANGBU, on=MAY) == []


def test_when_townships_merge_their_villages_go_along_with_new_codes() -> None:
    actions.merge_areas(codes=[YANGBU], into=MIAOWAN, on=MAY, by=CLERK, at=AT)
    assert names("411723", MAY) == ["庙湾镇"]
    assert sorted(names(MIAOWAN, MAY)) == sorted(["河北村", "金庄村", "陈樊村", "龙王庙村", "大卢村", "里湾村"])
    assert queries.present([JINZHUANG], on=AFTER) == {JINZHUANG: ("411723103204",)}


def test_chains_of_successions_are_followed() -> None:
    actions.move_area(code=HEBEI, to=MIAOWAN, on=MAY, by=CLERK, at=AT)
    actions.merge_areas(codes=["411723103200"], into="411723103201", on=AFTER, by=CLERK, at=AT)
    assert queries.present([HEBEI], on=AFTER) == {HEBEI: ("411723103201",)}
    assert queries.present([HEBEI], on=MAY) == {HEBEI: ("411723103200",)}


def test_an_order_recorded_by_mistake_can_be_cancelled_whole() -> None:
    new = named("411723101300", "河金村民委员会")
    room = actions.open_facility(
        kind=FacilityKind.VILLAGE_ROOM, area=HEBEI, name=new.name, on=BEFORE, by=CLERK, at=AT
    ).fact.facility
    wrong = actions.merge_areas(codes=[HEBEI, JINZHUANG], into=new, on=MAY, by=CLERK, at=AT)[0]
    assert queries.facility(room, on=AFTER).area == new.code
    actions.cancel_change(entry=wrong.id, why="wrong order", by=CLERK, at=AT)
    assert names(YANGBU, AFTER) == ["河北村", "金庄村", "陈樊村"]
    assert queries.named(["411723101300"], on=AFTER) == {}
    assert queries.facility(room, on=AFTER).area == HEBEI


def test_an_entry_on_which_others_rest_cannot_be_cancelled() -> None:
    opened = actions.open_area(area=named("411723105", "西洋店镇"), on=MAY, by=CLERK, at=AT)
    actions.open_area(area=named("411723105200", "尹湾村民委员会"), on=MAY, by=CLERK, at=AT)
    with pytest.raises(problems.BuiltUpon):
        actions.cancel_change(entry=opened.id, why="", by=CLERK, at=AT)


def test_a_facility_has_a_life_of_its_own() -> None:
    name, later = named(HEBEI, "河北村卫生室").name, named(HEBEI, "新卫生室").name
    opened = actions.open_facility(kind=FacilityKind.VILLAGE_ROOM, area=HEBEI, name=name, on=BEFORE, by=CLERK, at=AT)
    room = opened.fact.facility
    actions.rename_facility(facility=room, name=later, on=MAY, by=CLERK, at=AT)
    actions.move_facility(facility=room, to=JINZHUANG, on=MAY, by=CLERK, at=AT)
    actions.close_facility(facility=room, on=AFTER, by=CLERK, at=AT)
    assert queries.facility(room, on=BEFORE).name == name
    assert (queries.facility(room, on=MAY).name, queries.facility(room, on=MAY).area) == (later, JINZHUANG)
    assert queries.facilities(within="411723", on=AFTER) == []
    with pytest.raises(problems.FacilityNotOpen):
        actions.rename_facility(facility=room, name=name, on=AFTER, by=CLERK, at=AT)
    with pytest.raises(problems.BuiltUpon):
        actions.cancel_change(entry=opened.id, why="", by=CLERK, at=AT)


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        (lambda: queries.require_open("411723999", on=MAY), problems.UnknownArea),
        (lambda: actions.close_area(code="411723", on=MAY, by=CLERK, at=AT), problems.AreasInside),
        (lambda: actions.close_area(code=HEBEI, on=date(2030, 1, 1), by=CLERK, at=AT), problems.TooFarAhead),
        (lambda: actions.open_area(area=named(HEBEI, "河北村"), on=MAY, by=CLERK, at=AT), problems.CodeTaken),
        (lambda: actions.open_area(area=named("41172", "x"), on=MAY, by=CLERK, at=AT), problems.CodeMalformed),
        (lambda: actions.open_area(area=named("991723", "甲县"), on=MAY, by=CLERK, at=AT), problems.CountryCodeUnknown),
        (lambda: actions.open_area(area=named("411723555001", "甲村"), on=MAY, by=CLERK, at=AT), problems.UnknownArea),
        (lambda: actions.open_area(area=named("411723101400", "\x07"), on=MAY, by=CLERK, at=AT), problems.NameMissing),
        (
            lambda: actions.open_area(area=named("411723101400", "村" * 200), on=MAY, by=CLERK, at=AT),
            problems.NameMissing,
        ),
        (lambda: actions.move_area(code=HEBEI, to="411723", on=MAY, by=CLERK, at=AT), problems.NotInsideParent),
        (
            lambda: actions.move_area(code=HEBEI, to=MIAOWAN, new_code="411723103201", on=MAY, by=CLERK, at=AT),
            problems.CodeTaken,
        ),
        (lambda: actions.merge_areas(codes=[HEBEI], into=MIAOWAN, on=MAY, by=CLERK, at=AT), problems.LevelsDiffer),
        (lambda: actions.merge_areas(codes=[HEBEI], into=HEBEI, on=MAY, by=CLERK, at=AT), problems.TooFewAreas),
        (lambda: actions.split_area(code=HEBEI, into=[], keep=True, on=MAY, by=CLERK, at=AT), problems.TooFewAreas),
        (lambda: actions.close_area(code=HEBEI, on=MAY, by=Clerk(area=MIAOWAN), at=AT), NotPermitted),
    ],
)
def test_what_cannot_be_is_refused_with_its_problem(act: object, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        act()  # type: ignore[operator]
    assert len(queries.areas(on=AFTER)) == len(LIST)


def test_a_closed_area_is_refused_from_its_day_on() -> None:
    actions.close_area(code=HEBEI, on=MAY, by=CLERK, at=AT)
    assert queries.require_open(HEBEI, on=date(2024, 4, 30)).closed_on == MAY
    with pytest.raises(problems.AreaClosed):
        queries.require_open(HEBEI, on=MAY)
    with pytest.raises(problems.AreaClosed):
        actions.close_area(code=HEBEI, on=AFTER, by=CLERK, at=AT)
    with pytest.raises(problems.ChangedLater):
        actions.merge_areas(codes=[YANGBU], into=MIAOWAN, on=BEFORE, by=CLERK, at=AT)


def test_an_area_does_not_exist_before_its_first_day() -> None:
    actions.open_area(area=named("411723101400", "新庄村民委员会"), on=MAY, by=CLERK, at=AT)
    with pytest.raises(problems.AreaNotYetOpen):
        queries.require_open("411723101400", on=BEFORE)


def test_a_place_is_found_by_any_of_its_names() -> None:
    new = named(HEBEI, "新河村民委员会")
    actions.rename_area(code=HEBEI, official=new.official, name=new.name, on=MAY, by=CLERK, at=AT)
    for words in ("河北村", "新河", "Hebei", HEBEI):
        assert HEBEI in [row.code for row in queries.find(words, within="411723", on=AFTER)]


def test_reading_a_county_costs_one_query_however_many_areas(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]  # and whether what is remembered still holds
        queries.areas(within="411723", on=MAY)
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.facilities(within="411723", on=MAY)
