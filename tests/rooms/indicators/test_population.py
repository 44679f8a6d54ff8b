"""Residents by sex and age: exact for any area and day, whatever was corrected since."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import projections, queries
from jiahe.indicators.problems import OutsideScope
from jiahe.journal.queries import head, standing
from jiahe.node.commands.indicators import residents
from jiahe.places import actions as places
from jiahe.registry.facts import Field, Sex
from jiahe.registry.queries.residence import residents_by_birth
from tests.rooms.indicators.histories import (
    AT,
    COUNTY,
    DAY,
    HEBEI,
    JINZHUANG,
    LONGWANG,
    MIAOWAN,
    TODAY,
    YANGBU,
    author,
    corrected,
    died,
    moved_in,
    registered,
    scope,
    tell,
)

pytestmark = pytest.mark.usefixtures("county")
NOVEMBER, LONG_AGO = Period.of(Grain.MONTH, DAY), date(2020, 1, 1)


def by_age(area: str, on: date) -> dict[tuple[str, int], int]:
    return dict(queries.residents_by_age(scope(), area, on))


def recounted() -> None:
    """Every cell is what the journal and the register say."""
    assert projections.differing(projections.recount(standing(), residents()), projections.stored()) == []


def found_families() -> None:
    tell(
        registered("Mei", since=LONG_AGO, birth=date(1987, 12, 31)),
        registered("Hai", since=LONG_AGO, birth=date(1990, 1, 1), sex=Sex.MALE),
        registered("Old Li", since=LONG_AGO, birth=date(1930, 6, 1), area=LONGWANG, sex=Sex.MALE),
        registered("Somebody", since=LONG_AGO, birth=date(1960, 6, 1), area=JINZHUANG, sex=Sex.UNKNOWN),
        registered("Lan", since=date(2024, 5, 5), area=JINZHUANG),
        moved_in("Mei", on=date(2026, 9, 10), area=LONGWANG),
        died("Old Li", on=date(2026, 11, 2), area=LONGWANG, sex=Sex.MALE),
    )


def test_ages_of_any_area_on_any_day() -> None:
    found_families()
    assert by_age(COUNTY, TODAY) == {("female", 39): 1, ("male", 36): 1, ("unknown", 66): 1, ("female", 2): 1}
    assert by_age(LONGWANG, date(2026, 11, 1)) == {("female", 39): 1, ("male", 96): 1}
    assert by_age(LONGWANG, TODAY) == {("female", 39): 1}
    assert by_age(HEBEI, date(2026, 9, 9)) == {("female", 39): 1, ("male", 36): 1}
    assert by_age(HEBEI, date(2025, 12, 31)) == {("female", 38): 1, ("male", 35): 1}
    assert by_age(COUNTY, date(2019, 12, 31)) == {}


def test_the_register_counted_one_by_one_says_the_same() -> None:
    found_families()
    for day in (LONG_AGO, date(2024, 5, 4), date(2024, 5, 5), date(2026, 9, 10), date(2026, 11, 1), TODAY):
        plain: Counter[tuple[str, int]] = Counter()
        for (_, sex, born), n in residents_by_birth(day).items():
            plain[sex, day.year - born] += n
        assert by_age(COUNTY, day) == plain
        assert sum(plain.values()) == queries.residents(scope(), COUNTY, day)
    recounted()


@pytest.mark.parametrize(
    ("field", "old", "new", "then"),
    [
        (Field.SEX, "female", "male", ("male", 39)),
        (Field.BIRTH_ON, "1987-12-31", "1978-12-31", ("female", 48)),
        (Field.SINCE, "2020-01-01", "2010-01-01", ("female", 39)),
    ],
)
def test_a_correction_moves_what_was_counted(field: Field, old: str, new: str, then: tuple[str, int]) -> None:
    found_families()
    tell(corrected("Mei", field, new, old=old))
    assert by_age(LONGWANG, TODAY) == {then: 1}
    assert queries.residents(scope(), LONGWANG, TODAY) == 1
    recounted()


def test_the_pyramid_adds_up_to_the_residents() -> None:
    found_families()
    shown = queries.pyramid(scope(), COUNTY, NOVEMBER, today=TODAY)
    assert (shown.on, shown.head) == (TODAY, head())
    assert {(sex, group.label()): n for (sex, group), n in shown.people.items() if n} == {
        ("female", "35–39"): 1,
        ("male", "35–39"): 1,
        ("unknown", "65–69"): 1,
        ("female", "0–4"): 1,
    }
    assert shown.whole.residents == queries.residents(scope(), COUNTY, TODAY) == 4
    assert (shown.whole.young, shown.whole.between, shown.whole.old, shown.whole.dependency) == (1, 2, 1, 100.0)
    assert shown.median is not None
    assert shown.median.label() == "35–39"
    assert [(part.area.code, part.residents, part.young) for part in shown.parts] == [(YANGBU, 3, 1), (MIAOWAN, 1, 0)]


def test_nobody_is_lost_when_an_area_is_no_more() -> None:
    found_families()
    places.close_area(code=HEBEI, on=date(2026, 11, 21), by=author(), at=AT)
    shown = queries.pyramid(scope(), YANGBU, NOVEMBER, today=TODAY)
    assert [(part.area.code if part.area else None, part.residents) for part in shown.parts] == [
        (JINZHUANG, 2),
        ("411723101202", 0),
        (None, 1),
    ]
    village = queries.pyramid(scope(), JINZHUANG, NOVEMBER, today=TODAY)
    assert (village.parts, village.whole.residents) == ((), 2)


def test_of_an_empty_area_no_ratio_is_said() -> None:
    shown = queries.pyramid(scope(), MIAOWAN, NOVEMBER, today=TODAY)
    assert (shown.whole.residents, shown.whole.dependency, shown.median) == (0, None, None)


def test_nobody_reads_outside_his_area() -> None:
    for ask in (
        lambda: queries.residents_by_age(scope(MIAOWAN), YANGBU, DAY),
        lambda: queries.pyramid(scope(MIAOWAN), COUNTY, NOVEMBER, today=TODAY),
        lambda: queries.flows(scope(MIAOWAN), COUNTY, NOVEMBER, today=TODAY),
    ):
        with pytest.raises(OutsideScope):
            ask()


def test_a_pyramid_costs_a_constant_number_of_questions(django_assert_max_num_queries) -> None:
    found_families()
    with django_assert_max_num_queries(10):
        queries.pyramid(scope(), COUNTY, NOVEMBER, today=TODAY)
