"""What became of an area: which orders lead from an old code to the areas of a later day. One row, one case."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.basis.languages import Text
from jiahe.places.rules import Turn, What, life, successors

OPEN, NAME, MAY, JULY = date(2000, 1, 1), date(2024, 1, 1), date(2024, 5, 1), date(2025, 7, 1)
HISTORY = [
    Turn(What.OPENED, OPEN, "1", Text("Old Village")),
    Turn(What.RENAMED, NAME, "2", Text("New Village")),
    Turn(What.CLOSED, JULY, "3"),
]

DAYS = [
    # day asked, name on that day, whether the area exists on it
    (date(1999, 12, 31), "Old Village", False),  # before it began, its first name is shown
    (date(2000, 1, 1), "Old Village", True),
    (date(2023, 12, 31), "Old Village", True),
    (date(2024, 1, 1), "New Village", True),  # a name holds from its first day
    (date(2025, 6, 30), "New Village", True),
    (date(2025, 7, 1), "New Village", False),  # the closing day is the first on which it is no more
]


@pytest.mark.parametrize(("day", "name", "exists"), DAYS)
def test_an_area_on_a_day(day: date, name: str, exists: bool) -> None:
    then = life(reversed(HISTORY), day)
    assert then is not None
    assert (then.name.en, then.open_on(day)) == (name, exists)


def test_of_two_names_for_the_same_day_the_one_recorded_last_holds() -> None:
    twice = [*HISTORY, Turn(What.RENAMED, NAME, "4", Text("Better Village"))]
    then = life(twice, MAY)
    assert then is not None
    assert then.name.en == "Better Village"


SUCCESSIONS = [
    # what the orders say, areas that exist today, area asked, where it is today
    ({}, {"A"}, "A", ("A",)),
    ({"A": ["B"]}, {"B"}, "A", ("B",)),  # moved
    ({"A": ["B", "C"]}, {"B", "C"}, "A", ("B", "C")),  # split
    ({"A": ["C"]}, {"A", "C"}, "A", ("A",)),  # a part split off: the rest keeps its code
    ({"A": ["C"], "B": ["C"]}, {"C"}, "B", ("C",)),  # merged
    ({"A": ["B", "C"], "C": ["D"]}, {"B", "D"}, "A", ("B", "D")),  # split, then a part moved
    ({}, set(), "A", ()),  # closed, and nothing followed
    ({"A": ["B"], "B": ["A"]}, set(), "A", ()),  # two orders that contradict each other end nowhere
]


@pytest.mark.parametrize(("links", "today", "asked", "found"), SUCCESSIONS)
def test_where_an_area_is_today(
    links: dict[str, list[str]], today: set[str], asked: str, found: tuple[str, ...]
) -> None:
    assert successors(asked, links, today) == found
