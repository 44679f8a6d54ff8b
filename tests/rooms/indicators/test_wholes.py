"""What a city shows: sums that a county told as a whole, when, and nothing that looks like a figure of its parts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import queries
from jiahe.indicators.facts import EVER
from jiahe.indicators.problems import OnlyTheWhole
from jiahe.indicators.projections import take_totals
from jiahe.staff.session import civil_day
from tests.rooms.indicators.test_board import figures, page
from tests.rooms.staff.small_office import COUNTY, NORTH, Office

TODAY = civil_day(datetime.now(UTC))
MONTH = Period.of(Grain.MONTH, TODAY)
TOLD_AT = datetime(2026, 1, 5, 1, 2, tzinfo=UTC)
EVERYBODY = ("residents", "ever", EVER, "")
ARRIVALS = ("moves_in", "month", MONTH.start, NORTH)


@pytest.fixture
def summed_up(office: Office) -> Office:
    """An office whose county is told from below."""
    take_totals(COUNTY, [(*EVERYBODY, 7), (*ARRIVALS, 2)], at=TOLD_AT)
    return office


def test_the_board_says_who_told_and_when_instead_of_how_many_villages(summed_up: Office) -> None:
    html = page(summed_up, "manager")
    shown = figures(html)
    assert shown["residents"] == "7"
    assert shown["stamp.told"] == "2026-01-05 09:02"
    assert "stamp.villages" not in shown
    assert "is known only there" in html


def test_all_pages_of_a_whole_tell_no_parts(summed_up: Office) -> None:
    for name in ("board", "population", "moves"):
        html = page(summed_up, "manager", reverse(f"indicators:{name}", args=[COUNTY]))
        assert "stamp.told" in html, name
        assert NORTH not in html, name
        assert "Former or unnamed" not in html, name


def test_of_a_part_there_is_no_page_with_nothing_on_it(summed_up: Office) -> None:
    for name in ("board", "population", "moves"):
        answer = summed_up.inside("manager").get(reverse(f"indicators:{name}", args=[NORTH]))
        assert answer.status_code == 404
        assert "Look at the whole" in answer.content.decode()
    with pytest.raises(OnlyTheWhole):
        queries.residents(summed_up.acting("manager").scope, NORTH, TODAY)


def test_what_a_node_counts_itself_it_still_tells_by_villages(office: Office) -> None:
    shown = figures(page(office, "manager"))
    assert "stamp.told" not in shown
    assert shown["stamp.villages"] == "2"
