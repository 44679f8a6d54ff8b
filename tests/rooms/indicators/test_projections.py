"""Cells: what a fact adds, that it is taken back to the last unit, and that nothing leaves no row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from jiahe.indicators import projections
from jiahe.indicators.models import Cell
from jiahe.journal.values import Change
from tests.rooms.indicators.histories import DAY, HEBEI, born, recorded

BIRTH = Change("births", HEBEI, DAY, "female", 1)
ARRIVAL = Change("residents", HEBEI, DAY, "female", 1)


def stored() -> dict[tuple[str, str, str], int]:
    return {(key[0], key[1], key[2]): n for key, n in projections.stored().items()}


def test_a_fact_adds_what_its_definition_says() -> None:
    assert projections.contributions([recorded(born("Mei"), "registry.Born@1")]) == [BIRTH]


def test_facts_without_a_measure_and_redacted_ones_add_nothing() -> None:
    @dataclass
    class Lent:
        book: str

    assert projections.contributions([recorded(Lent("x"), "library.Lent@1"), recorded(None, "registry.Born@1")]) == []


def test_opposite_takes_back_exactly() -> None:
    there = [BIRTH, ARRIVAL, BIRTH]
    assert not any(projections.cells([*there, *projections.opposite(there)]).values())


@pytest.mark.django_db
def test_each_measure_keeps_the_spans_its_definition_names() -> None:
    projections.add([BIRTH, ARRIVAL, ARRIVAL._replace(measure="residents_by_birth", stratum="female.1987"), BIRTH])
    assert stored() == {
        ("births", "day", "2026-11-20"): 2,
        ("births", "month", "2026-11-01"): 2,
        ("residents", "month", "2026-11-01"): 1,
        ("residents", "ever", "0001-01-01"): 1,
        ("residents_by_birth", "day", "2026-11-20"): 1,
        ("residents_by_birth", "ever", "0001-01-01"): 1,
    }


@pytest.mark.django_db
def test_what_comes_to_nothing_leaves_no_row_whatever_the_order() -> None:
    projections.add(projections.opposite([BIRTH]))
    assert stored()["births", "day", "2026-11-20"] == -1
    projections.add([BIRTH])
    projections.add([])
    assert not Cell.objects.exists()


@pytest.mark.django_db
def test_many_changes_are_written_in_few_statements(django_assert_max_num_queries) -> None:
    changes = [BIRTH._replace(on=date(2000 + n % 20, 1 + n % 12, 1 + n % 28)) for n in range(2_000)]
    with django_assert_max_num_queries(3):
        projections.add(changes)
    assert sum(n for (_, span, _), n in stored().items() if span == "day") == 2_000


@pytest.mark.django_db
def test_a_recount_names_the_cell_that_is_wrong() -> None:
    projections.add([BIRTH])
    expected = projections.recount([[recorded(born("Mei"), "registry.Born@1")]], [])
    assert projections.differing(expected, projections.stored()) == []
    Cell.objects.filter(span="month").update(n=5)
    key = ("births", "month", "2026-11-01", HEBEI, "female")
    assert projections.differing(expected, projections.stored()) == [(key, 1, 5)]
