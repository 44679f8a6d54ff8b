"""Facts about places may arrive in any order and in any portions: the tables end the same."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiahe.basis.languages import Text
from jiahe.journal.values import Recorded
from jiahe.node.wiring import CONSEQUENCES
from jiahe.places import facts, queries
from jiahe.places.facts import FacilityKind, Redrawing
from jiahe.places.models import AreaChange, FacilityChange, Succession
from tests.rooms.places.country import named

A, B, C, D = (f"41172310120{ending}" for ending in range(4))
ROOM = UUID(int=7)
DAYS = [date(2020, 1, 1), date(2024, 5, 1), date(2024, 5, 1), date(2025, 1, 1), date(2025, 6, 1)]

FACTS: list[Any] = [
    facts.AreaOpened(named(A, "甲村民委员会"), None),
    facts.AreaOpened(named(B, "乙村民委员会"), None),
    facts.AreaOpened(named(B, "乙乙村民委员会"), date(2020, 1, 1)),
    facts.AreaRenamed(A, "新甲村民委员会", Text("Xinjia Village", "新甲村", "新甲村"), date(2024, 5, 1)),
    facts.AreaRenamed(A, "另甲村民委员会", Text("Lingjia Village", "另甲村", "另甲村"), date(2024, 5, 1)),
    facts.AreasRedrawn(
        Redrawing.MERGED, (A, B), (), (named(C, "丙村民委员会"),), date(2025, 1, 1), "", (facts.Removal(ROOM, C),)
    ),
    facts.AreasRedrawn(Redrawing.SPLIT, (C,), (C,), (named(D, "丁村民委员会"),), date(2025, 6, 1), ""),
    facts.AreaClosed(D, date(2025, 7, 1)),
    facts.FacilityMoved(ROOM, D, date(2025, 6, 10)),
    facts.FacilityOpened(ROOM, FacilityKind.VILLAGE_ROOM, A, Text("Room", "室", "室"), date(2020, 1, 1)),
    facts.FacilityRenamed(ROOM, Text("New room", "新室", "新室"), date(2025, 2, 1)),
]
BY_FACT = {consequence.fact: consequence for consequence in CONSEQUENCES}


def entry(number: int, fact: object) -> Recorded:
    """The fact as the number-th entry of a journal."""
    return Recorded(
        seq=number, id=UUID(int=number + 1), origin="411723-test", origin_seq=number, clock=number, at_ms=0, kind="",
        area="411723", officer="", post="", about=None, why="", voids=None, fact=fact,
    )  # fmt: skip


ENTRIES = [entry(number, fact) for number, fact in enumerate(FACTS)]


def project(batch: list[Recorded], *, undo: bool = False) -> None:
    """Through the projections of this room that the wiring names."""
    consequence = BY_FACT[type(batch[0].fact)]
    for projection in consequence.retract if undo else consequence.project:
        if projection.__module__.startswith("jiahe.places"):
            projection(batch)


def tables() -> tuple[Any, ...]:
    """Every row there is, and what a reader is told on some days."""
    rows = [sorted(table.objects.values_list(), key=repr) for table in (AreaChange, Succession, FacilityChange)]
    told = [(queries.areas(on=day), queries.facilities(on=day), queries.present([A, B, C, D], on=day)) for day in DAYS]
    return rows, told


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ENTRIES), undone=st.sets(st.sampled_from(ENTRIES), max_size=3))
def test_any_order_of_the_same_facts_gives_the_same_tables(order: list[Recorded], undone: set[int]) -> None:
    results = []
    for sequence in (ENTRIES, order):
        for table in (AreaChange, Succession, FacilityChange):
            table.objects.all().delete()
        for one in sequence:
            project([one])
        for one in sequence:
            if one in undone:
                project([one], undo=True)
        results.append(tables())
    assert results[0] == results[1]


@pytest.mark.django_db
def test_repeating_a_fact_changes_nothing_and_the_last_writer_stands() -> None:
    for one in [*ENTRIES, *ENTRIES]:
        project([one])
    assert queries.area(B, on=DAYS[0]).name.zh_hans == "乙乙村"
    assert queries.area(A, on=DAYS[1]).name.zh_hans == "另甲村"
    assert queries.present([A], on=DAYS[-1]) == {A: (C,)}
    assert queries.facilities(within=C, on=date(2025, 6, 1))[0].name.en == "New room"
