"""Staff facts may arrive in any order and in any portions: the tables end the same."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiahe.basis.languages import Text
from jiahe.journal.values import Recorded
from jiahe.node.wiring import CONSEQUENCES
from jiahe.staff import facts
from jiahe.staff.models import Deputation, Duty, Officer, Post, Taking
from tests.lib.houses import rows

A, B, POST, OTHER, DEPUTY, DUTY = (UUID(int=n) for n in range(1, 7))
DAY = [date(2026, month, 1) for month in range(1, 13)]
AREA = "411723101"

FACTS: list[Any] = [
    facts.OfficerEnrolled(A, "甲", AREA, DAY[0]),
    facts.OfficerRenamed(A, "新甲"),
    facts.OfficerRenamed(A, "更新甲"),
    facts.OfficerEnrolled(B, "乙", AREA, DAY[0]),
    facts.OfficerLeft(A, DAY[6]),
    facts.OfficerLeft(A, DAY[7]),
    facts.AccountOpened(A, False),
    facts.PostCreated(POST, "township_clerk", AREA, None, Text("Clerk", "員", "员"), DAY[0]),
    facts.PostCreated(OTHER, "village_worker", AREA + "201", A, Text("Worker", "員", "员"), DAY[0]),
    facts.PostHeld(POST, A, DAY[1]),
    facts.PostHandedOver(POST, A, B, DAY[2], (DUTY,)),
    facts.PostVacated(POST, B, DAY[3]),
    facts.PostHeld(POST, A, DAY[3]),
    facts.PostHeld(OTHER, B, DAY[1]),
    facts.PostClosed(OTHER, DAY[8]),
    facts.DeputyNamed(DEPUTY, POST, B, DAY[4], DAY[5]),
    facts.DeputyEnded(DEPUTY, DAY[4]),
    facts.DutyGiven(DUTY, POST, "做", DAY[5], AREA),
    facts.DutyDone(DUTY, DAY[4], "好"),
]
TABLES = (Officer, Post, Taking, Deputation, Duty)
PROJECTIONS = {consequence.fact: consequence.project for consequence in CONSEQUENCES}


def _entry(number: int, fact: object) -> Recorded:
    return Recorded(
        seq=number, id=UUID(int=number + 1), origin="411723-test", origin_seq=number, clock=number, at_ms=0, kind="",
        area=AREA, officer="", post="", about=None, why="", voids=None, fact=fact,
    )  # fmt: skip


ENTRIES = [_entry(number, fact) for number, fact in enumerate(FACTS)]


def _project(entries: list[Recorded]) -> dict[str, Any]:
    """The tables after these entries, neighbours of a kind in one portion."""
    for table in TABLES:
        table.objects.all().delete()
    for kind, portion in groupby(entries, key=lambda entry: type(entry.fact)):
        batch = list(portion)
        for projection in PROJECTIONS[kind]:
            projection(batch)
    return {table.__name__: rows(table) for table in TABLES}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ENTRIES), twice=st.lists(st.sampled_from(ENTRIES), max_size=4))
def test_any_order_of_the_same_facts_gives_the_same_tables(order: list[Recorded], twice: list[Recorded]) -> None:
    assert _project([*order, *twice]) == _project(ENTRIES)


@pytest.mark.django_db
def test_a_portion_costs_the_same_queries_however_large(django_assert_max_num_queries: Any) -> None:
    many = [_entry(number, facts.OfficerEnrolled(UUID(int=number + 100), "丙", AREA, DAY[0])) for number in range(500)]
    with django_assert_max_num_queries(6):
        for projection in PROJECTIONS[facts.OfficerEnrolled]:
            projection(many)
    assert Officer.objects.count() == 500
