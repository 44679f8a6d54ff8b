"""Figures: exact, for areas in scope, and adding up."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import projections, queries
from jiahe.indicators.problems import OutsideScope
from jiahe.journal.facts import Redacted
from jiahe.journal.queries import head, standing
from jiahe.journal.redacting import redact
from jiahe.journal.replay import rebuild
from jiahe.node.commands.indicators import residents as register
from jiahe.places import actions as places
from jiahe.places.problems import UnknownArea
from jiahe.registry.facts import LifeEventCancelled, LifeEventKind, Sex
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
    born,
    died,
    draft,
    living,
    moved_in,
    moved_out,
    record_all,
    registered,
    scope,
    tell,
)

pytestmark = pytest.mark.usefixtures("county")
NOVEMBER = Period.of(Grain.MONTH, DAY)


def test_births_of_a_village_are_births_of_all_around_it() -> None:
    tell(born("Mei"), born("Lan", area=JINZHUANG), born("Hai", area=LONGWANG, on=date(2026, 10, 31)))
    assert queries.total(scope(), "births", HEBEI, NOVEMBER) == 1
    assert queries.total(scope(), "births", YANGBU, NOVEMBER) == 2
    assert queries.total(scope(), "births", COUNTY, NOVEMBER) == 2
    assert queries.total(scope(), "births", COUNTY, Period.of(Grain.YEAR, DAY)) == 3
    assert queries.total(scope(), "births", "41", Period.of(Grain.QUARTER, DAY)) == 3
    assert queries.total(scope(), "births", COUNTY, Period.of(Grain.DAY, DAY)) == 2


def test_a_cancelled_birth_was_never_counted() -> None:
    (entry,) = tell(born("Mei"))
    cancelled = LifeEventCancelled(entry.fact.person, LifeEventKind.BORN, DAY)
    record_all([draft(cancelled, voids=entry.id, area=HEBEI)])
    assert queries.total(scope(), "births", COUNTY, NOVEMBER) == 0


def test_differences_are_what_they_say() -> None:
    tell(*living(LONGWANG, "Wang"), born("Mei"), born("Lan"), died("Old Li"), moved_out("Wang", area=LONGWANG))
    assert queries.total(scope(), "natural_increase", COUNTY, NOVEMBER) == 1
    assert queries.total(scope(), "net_migration", COUNTY, NOVEMBER) == -1
    with pytest.raises(KeyError):
        queries.total(scope(), "happiness", COUNTY, NOVEMBER)


WAYS = {
    "only where she came": [moved_in("Mei", area=LONGWANG)],
    "on both sides": [moved_out("Mei", to=LONGWANG), moved_in("Mei", area=LONGWANG, origin=HEBEI)],
    "on both sides, the other first": [moved_in("Mei", area=LONGWANG), moved_out("Mei")],
    "late where she left": [moved_in("Mei", area=LONGWANG), moved_out("Mei", on=DAY + timedelta(days=2))],
    "twice": [moved_in("Mei", area=LONGWANG), moved_in("Mei", area=LONGWANG, on=DAY + timedelta(days=2))],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("first", [True, False])
def test_a_move_is_one_move_whatever_way_it_was_recorded(way: str, first: bool) -> None:
    entries = (living(HEBEI, "Mei"), WAYS[way])
    for facts in entries if first else reversed(entries):
        tell(*facts)

    def moves(area: str) -> list[int]:
        return [queries.total(scope(), id_, area, NOVEMBER) for id_ in ("moves_in", "moves_out", "net_migration")]

    assert [moves(area) for area in (HEBEI, YANGBU)] == [[0, 1, -1]] * 2
    assert [moves(area) for area in (LONGWANG, MIAOWAN)] == [[1, 0, 1]] * 2
    assert [moves(area) for area in (COUNTY, "41")] == [[1, 1, 0]] * 2


def test_what_is_erased_of_a_life_leaves_no_move_behind() -> None:
    entries = tell(*living(HEBEI, "Mei", "Hai"), moved_in("Mei", area=LONGWANG), moved_in("Hai", area=LONGWANG))
    redact([entries[2].id], ground="PIPL 47", by=author(), at=AT, area=COUNTY)
    assert queries.total(scope(), "moves_in", LONGWANG, NOVEMBER) == 1
    assert queries.residents(scope(), HEBEI, TODAY) == 1
    redact([entries[1].id, entries[3].id], ground="PIPL 47", by=author(), at=AT, area=COUNTY)
    assert queries.total(scope(), "moves_out", COUNTY, NOVEMBER) == 0
    assert recounted() == []


def test_what_an_older_version_left_of_erased_moves_is_not_counted() -> None:
    residue = (("moves_in", HEBEI, DAY.isoformat(), "female", 1), ("births", HEBEI, DAY.isoformat(), "female", 1))
    record_all([draft(Redacted((uuid4(),), "PIPL 47", residue))])
    assert [queries.total(scope(), id_, COUNTY, NOVEMBER) for id_ in ("births", "moves_in")] == [1, 0]
    assert recounted() == []
    rebuild()
    assert recounted() == []


def recounted() -> list[object]:
    """The cells that are not what the facts say."""
    return [*projections.differing(projections.recount(standing(), register()), projections.stored())]


def test_residents_are_told_for_any_day() -> None:
    tell(
        registered("Mei", since=date(2020, 5, 5)),
        registered("Hai", since=date(2020, 5, 5), sex=Sex.MALE),
        moved_in("Mei", on=date(2026, 9, 10), area=LONGWANG),
        died("Hai", on=DAY, sex=Sex.MALE),
    )
    days = {date(2020, 5, 4): 0, date(2020, 5, 5): 2, date(2026, 9, 9): 2, date(2026, 9, 10): 2, DAY: 1, TODAY: 1}
    assert {day: queries.residents(scope(), COUNTY, day) for day in days} == days
    assert [queries.residents(scope(), YANGBU, day) for day in days] == [0, 2, 2, 1, 0, 0]
    assert [queries.residents(scope(), LONGWANG, day) for day in days] == [0, 0, 0, 1, 1, 1]


def test_a_series_has_no_gaps() -> None:
    tell(born("Mei"), born("Lan", on=date(2026, 8, 31)), born("Hai", on=date(2026, 9, 1)))
    months = queries.series(scope(), "births", COUNTY, Grain.MONTH, date(2026, 8, 1), date(2026, 12, 1))
    assert [(period.label(), n) for period, n in months] == [
        ("2026-08", 1),
        ("2026-09", 1),
        ("2026-10", 0),
        ("2026-11", 1),
    ]
    quarters = queries.series(scope(), "births", COUNTY, Grain.QUARTER, date(2026, 7, 1), date(2027, 1, 1))
    assert [n for _, n in quarters] == [2, 1]
    days = queries.series(scope(), "births", COUNTY, Grain.DAY, date(2026, 8, 30), date(2026, 9, 3))
    assert [n for _, n in days] == [0, 1, 1, 0]


def test_parts_add_up_also_when_an_area_is_no_more() -> None:
    tell(born("Mei"), born("Lan", area=JINZHUANG), born("Somewhere", area=YANGBU))
    places.close_area(code=HEBEI, on=date(2026, 11, 21), by=author(), at=AT)
    parts = queries.by_child(scope(), "births", YANGBU, NOVEMBER)
    assert [(part.code if part else None, n) for part, n in parts] == [
        (JINZHUANG, 1),
        ("411723101202", 0),
        (None, 2),
    ]
    assert sum(n for _, n in parts) == queries.total(scope(), "births", YANGBU, NOVEMBER)


def test_a_board_is_one_instant_and_adds_up() -> None:
    tell(registered("Old Li", since=date(2020, 1, 1)), registered("Mei"), born("Mei"), died("Old Li"))
    shown = queries.board(scope(), COUNTY, NOVEMBER, today=TODAY)
    assert shown.head == head()
    assert (shown.state, shown.on) == (1, TODAY)
    assert (shown.counts["births"], shown.counts["deaths"], shown.counts["natural_increase"]) == (1, 1, 0)
    assert [(part.area.code, part.state, part.counts["births"]) for part in shown.parts] == [
        (YANGBU, 1, 1),
        (MIAOWAN, 0, 0),
    ]
    assert (shown.reported, shown.villages) == (1, 6)
    assert shown.trend["births"][-1] == 1
    assert len(shown.months) == len(shown.trend["births"]) == 24
    assert shown.rates["crude_birth_rate"].value is None


def test_rates_are_said_of_enough_events() -> None:
    people = [registered(f"resident {n}", since=date(2020, 1, 1)) for n in range(1_000)]
    children = [born(f"child {n}", on=date(2025, 3, 3), sex=[Sex.MALE, Sex.FEMALE][n % 2]) for n in range(120)]
    tell(*people, *children)
    year = Period.of(Grain.YEAR, date(2025, 1, 1))
    found = queries.indicator(scope(), "crude_birth_rate", COUNTY, year, today=TODAY)
    assert (found.events, found.value) == (120, pytest.approx(120.0))
    assert found.low < 120 < found.high
    assert queries.indicator(scope(), "sex_ratio_at_birth", COUNTY, year, today=TODAY).value == pytest.approx(100.0)
    quarter = Period.of(Grain.QUARTER, date(2025, 1, 1))
    in_quarter = queries.indicator(scope(), "crude_birth_rate", COUNTY, quarter, today=TODAY)
    assert in_quarter.value == pytest.approx(120 * 365 / 90)


def test_nobody_reads_outside_his_area() -> None:
    for ask in (
        lambda: queries.total(scope(MIAOWAN), "births", YANGBU, NOVEMBER),
        lambda: queries.series(scope(MIAOWAN), "births", COUNTY, Grain.MONTH, DAY, TODAY),
        lambda: queries.by_child(scope(MIAOWAN), "births", COUNTY, NOVEMBER),
        lambda: queries.residents(scope(MIAOWAN), COUNTY, DAY),
        lambda: queries.indicator(scope(MIAOWAN), "crude_birth_rate", COUNTY, NOVEMBER, today=TODAY),
        lambda: queries.board(scope(MIAOWAN), COUNTY, NOVEMBER, today=TODAY),
    ):
        with pytest.raises(OutsideScope):
            ask()


def test_an_area_there_never_was_has_no_board() -> None:
    with pytest.raises(UnknownArea):
        queries.board(scope(), "411723999", NOVEMBER, today=TODAY)


def test_a_board_costs_a_constant_number_of_questions(django_assert_max_num_queries) -> None:
    tell(born("Mei"), born("Lan", area=JINZHUANG))
    with django_assert_max_num_queries(16):
        queries.board(scope(), COUNTY, NOVEMBER, today=TODAY)
