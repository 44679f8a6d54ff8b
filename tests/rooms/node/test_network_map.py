"""How the nodes are laid out on the map, and how clocks and moments are told beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.utils import translation

from jiahe.network.facts import Level
from jiahe.node import network_map, network_words
from jiahe.node.network_map import Spot
from jiahe.node.network_words import State

pytestmark = pytest.mark.once("sqlcipher")  # asks no database


def _spots(townships: int, counties: int = 1) -> list[Spot]:
    def spot(name: str, under: str, level: Level, *, here: bool = False) -> Spot:
        return Spot(name, under, level, f"Place {name}", State.WELL, "well", here)

    found = [spot("city", "city", Level.CITY)]
    for c in range(counties):
        found.append(spot(f"c{c}", "city", Level.COUNTY, here=c == 0))
        found += [spot(f"c{c}t{t}", f"c{c}", Level.TOWNSHIP) for t in range(townships)]
    return found


def test_twenty_townships_are_drawn_beside_each_other_and_apart() -> None:
    for picture in (network_map.wide(_spots(20)), network_map.narrow(_spots(20))):
        assert len(picture.boxes) == 22
        assert len(picture.lines) == 21
        assert len({(box.x, box.y) for box in picture.boxes}) == 22
        assert min(box.y for box in picture.boxes) >= 0
        assert max(box.y for box in picture.boxes) + network_map.HEIGHT <= picture.height
    wide = network_map.wide(_spots(20))
    assert [level for _, level in wide.heads] == ["city", "county", "township"]
    by_column = {level: sorted(b.y for b in wide.boxes if b.spot.level == level) for level in Level}
    gaps = [after - before for column in by_column.values() for before, after in pairwise(column)]
    assert min(gaps) >= network_map.HEIGHT


def test_of_very_many_nodes_those_under_others_are_counted() -> None:
    picture = network_map.wide(_spots(20, counties=4))
    assert {box.spot.name: box.folded for box in picture.boxes if box.folded} == {"c1": 20, "c2": 20, "c3": 20}
    assert len(picture.boxes) == 1 + 4 + 20


def test_a_long_name_is_cut_and_the_words_stay() -> None:
    spot = _spots(0)[0]._replace(label="A township with a name that has no end " * 3)
    (box,) = network_map.wide([spot]).boxes
    assert box.label.endswith("…")
    assert len(box.label) < 40


@pytest.mark.parametrize("milliseconds_", [0, 1500, -90_000, 600_000, -1_260_000])
def test_a_clock_is_told_in_the_unit_that_fits(milliseconds_: int) -> None:
    words = {0: "right", 1500: "2 seconds ahead", -90_000: "90 seconds behind"}
    words |= {600_000: "10 minutes ahead", -1_260_000: "21 minutes behind"}
    with translation.override("en"):
        assert network_words.skew(milliseconds_) == words[milliseconds_]


def test_a_moment_of_another_day_says_its_day() -> None:
    at = datetime(2026, 3, 2, 2, 30, 15, tzinfo=UTC)
    assert network_words.instant(at, date(2026, 3, 2)) == "10:30:15"
    assert network_words.instant(at, date(2026, 3, 3)) == "2026-03-02 10:30"
