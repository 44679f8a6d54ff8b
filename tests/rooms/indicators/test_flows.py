"""Moves between areas: who moved from where to where, adding up to all moves in and out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import queries
from jiahe.indicators.definitions import ELSEWHERE
from jiahe.indicators.queries import FORMER
from jiahe.registry.facts import LifeEventCancelled, LifeEventKind
from tests.rooms.indicators.histories import (
    COUNTY,
    DAY,
    HEBEI,
    JINZHUANG,
    LONGWANG,
    MIAOWAN,
    TODAY,
    YANGBU,
    draft,
    known,
    living,
    moved_in,
    moved_out,
    record_all,
    scope,
    tell,
)

pytestmark = pytest.mark.usefixtures("county")
NOVEMBER, YEAR = Period.of(Grain.MONTH, DAY), Period.of(Grain.YEAR, DAY)


def found_moves() -> None:
    tell(
        *living(HEBEI, "Mei", "Hai", "Zhou"),
        *living(LONGWANG, "Sun"),
        *known("Lan", "Wang", "Li", "Zhao", "Qian"),
        moved_in("Mei", area=LONGWANG, origin="上海"),
        moved_in("Lan", area=LONGWANG, origin=YANGBU),
        moved_in("Hai", area=JINZHUANG),
        moved_in("Wang", area=HEBEI, origin="广东省"),
        moved_in("Li", area=HEBEI),
        moved_in("Zhao", area=HEBEI, origin="411722101201"),
        moved_in("Qian", area=HEBEI, origin=COUNTY, on=date(2026, 3, 3)),
        moved_out("Sun", area=LONGWANG, to="上海"),
        moved_out("Zhou", area=HEBEI, to=LONGWANG, on=date(2026, 3, 3)),
    )


def before(period: Period) -> date:
    """The day before it."""
    return period.start - timedelta(days=1)


def told(area: str, period: Period) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    shown = queries.flows(scope(), area, period, today=TODAY)
    return dict(shown.arrivals), dict(shown.departures)


def test_a_county_is_told_by_township() -> None:
    found_moves()
    arrivals = {(YANGBU, MIAOWAN): 2, (YANGBU, YANGBU): 1, (ELSEWHERE, YANGBU): 3}
    departures = {(YANGBU, MIAOWAN): 1, (YANGBU, YANGBU): 1, (MIAOWAN, ELSEWHERE): 1}
    assert told(COUNTY, NOVEMBER) == (arrivals, departures)
    all_year = {**arrivals, (FORMER, YANGBU): 1}, {**departures, (YANGBU, MIAOWAN): 2}
    assert told(COUNTY, YEAR) == all_year


def test_a_township_is_told_as_one_for_origins_say_no_more() -> None:
    found_moves()
    shown = queries.flows(scope(), YANGBU, NOVEMBER, today=TODAY)
    assert [part.code for part in shown.parts] == [YANGBU]
    assert shown.arrivals == {(YANGBU, YANGBU): 1, (ELSEWHERE, YANGBU): 3}
    assert shown.departures == {(YANGBU, ELSEWHERE): 1, (YANGBU, YANGBU): 1}
    assert told(JINZHUANG, NOVEMBER) == ({(ELSEWHERE, JINZHUANG): 1}, {})


@pytest.mark.parametrize("period", [NOVEMBER, YEAR, Period.of(Grain.DAY, DAY), Period.of(Grain.QUARTER, DAY)])
@pytest.mark.parametrize("area", [COUNTY, YANGBU, MIAOWAN, HEBEI, "41"])
def test_flows_add_up_to_all_moves(area: str, period: Period) -> None:
    found_moves()
    arrivals, departures = told(area, period)
    assert sum(arrivals.values()) == queries.total(scope(), "moves_in", area, period)
    assert sum(departures.values()) == queries.total(scope(), "moves_out", area, period)
    assert sum(arrivals.values()) == queries.total(scope(), "moves_in_by_origin", area, period)
    net = queries.residents(scope(), area, period.last_day) - queries.residents(scope(), area, before(period))
    assert sum(arrivals.values()) - sum(departures.values()) == net


def test_a_measure_kept_by_day_has_a_series_too() -> None:
    found_moves()
    months = queries.series(scope(), "moves_in_by_origin", COUNTY, Grain.MONTH, date(2026, 3, 1), date(2026, 12, 1))
    assert [n for _, n in months] == [1, 0, 0, 0, 0, 0, 0, 0, 6]
    assert [n for _, n in months] == [
        n for _, n in queries.series(scope(), "moves_in", COUNTY, Grain.MONTH, date(2026, 3, 1), date(2026, 12, 1))
    ]


def test_a_cancelled_move_was_never_counted() -> None:
    _, entry = tell(*living(HEBEI, "Mei"), moved_in("Mei", area=LONGWANG))
    assert told(COUNTY, NOVEMBER) == ({(YANGBU, MIAOWAN): 1}, {(YANGBU, MIAOWAN): 1})
    cancelled = LifeEventCancelled(entry.fact.person, LifeEventKind.MOVED_IN, DAY)
    record_all([draft(cancelled, voids=entry.id, area=LONGWANG)])
    assert told(COUNTY, NOVEMBER) == ({}, {})
