# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a node below counts in its whole area, as the node above writes it down."""

from datetime import date

import pytest

from jiahe.indicators.models import Cell
from jiahe.indicators.projections import take_totals
from tests.lib.authors import minutes

pytestmark = pytest.mark.django_db

KEY = ("births", "day", date(2026, 1, 5), "female")


def held() -> list[tuple[str, int]]:
    return list(Cell.objects.order_by("area").values_list("area", "n"))


def test_what_is_said_later_takes_the_place_of_what_was_said():
    take_totals("411723", [(*KEY, 3)], at=minutes(1))
    take_totals("411724", [(*KEY, 5)], at=minutes(1))
    take_totals("411723", [(*KEY, 4)], at=minutes(1))
    assert held() == [("411723", 4), ("411724", 5)]


def test_a_sum_that_came_to_nothing_leaves_no_row():
    take_totals("411723", [(*KEY, 3)], at=minutes(1))
    take_totals("411724", [(*KEY, 5)], at=minutes(1))
    take_totals("411723", [(*KEY, 0)], at=minutes(1))
    assert held() == [("411724", 5)]
