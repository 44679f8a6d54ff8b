"""Pure answers about area codes, dated names and succession. No clock, no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.places.facts import Level

LENGTHS = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}
_LEVELS = {length: level for level, length in LENGTHS.items()}
_DIGITS = re.compile(r"[1-9]\d+")
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)
NAME_LENGTH = 100
Followed: TypeAlias = Mapping[str, Sequence[tuple[date, str]]]
"""For an area whose place one other area took: from which day which area, in order."""
ALWAYS = date.min
"""Stands in a table for "since before our records"."""


def level_of(code: str) -> Level | None:
    """The level a code has by its length, or None if no area can bear it.

    >>> [level_of(code) for code in ("41", "411723", "411723101001")] == [Level.PROVINCE, Level.COUNTY, Level.VILLAGE]
    True
    >>> level_of("41172"), level_of("4117AB")
    (None, None)
    """
    return _LEVELS.get(len(code)) if _DIGITS.fullmatch(code) and code.isascii() else None


def province_exists(code: str) -> bool:
    """Whether the first two digits are those of a province of the country (GB/T 2260-2007).

    >>> province_exists("411723"), province_exists("991723")
    (True, False)
    """
    return code[:2] in _PROVINCES


def parent_of(code: str) -> str:
    """The code of the area directly above; a province lies in the empty code.

    >>> parent_of("411723101001"), parent_of("411723101"), parent_of("41")
    ('411723101', '411723', '')
    """
    return code[: max((length for length in LENGTHS.values() if length < len(code)), default=0)]


def is_child(code: str, parent: str) -> bool:
    """Whether `code` can be an area directly inside `parent`.

    >>> is_child("411723101", "411723"), is_child("411723101001", "411723"), is_child("411722101", "411723")
    (True, False, False)
    """
    return level_of(code) is not None and parent_of(code) == parent


def path_of(code: str) -> tuple[str, ...]:
    """The codes from the province down to `code`.

    >>> path_of("411723101")
    ('41', '4117', '411723', '411723101')
    """
    return tuple(code[:length] for length in LENGTHS.values() if length <= len(code))


def level_below(level: Level) -> Level | None:
    """The level of the children of an area; a village has none.

    >>> level_below(Level.COUNTY).value, level_below(Level.VILLAGE)
    ('township', None)
    """
    levels = list(Level)
    return levels[levels.index(level) + 1] if level is not levels[-1] else None


def meeting_place(codes: Iterable[str]) -> str:
    """The smallest area that contains all of them; empty if they share no province.

    >>> meeting_place(["411723101001", "411723102"]), meeting_place(["411723101001"]), meeting_place(["41", "42"])
    ('411723', '411723101001', '')
    """
    paths = [path_of(code) for code in codes]
    shared = ""
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        shared = steps[0]
    return shared


def free_code(parent: str, wanted: str, taken: Iterable[str]) -> str:
    """The code below `parent` that keeps the ending of `wanted` if it is free, else the next free one after it.

    >>> free_code("411723102", "411723101001", {"411723102001", "411723102002"})
    '411723102003'
    """
    used = set(taken)
    width = len(wanted) - len(parent_of(wanted))
    start = int(wanted[-width:])
    endings = [*range(start, 10**width), *range(1, start)]
    return next(f"{parent}{ending:0{width}}" for ending in endings if f"{parent}{ending:0{width}}" not in used)


def next_code(parent: str, used: Iterable[str], level: Level) -> str:
    """The code after the last one ever given directly inside `parent`, or the first free one if that was the end.

    >>> next_code("411723101", {"411723101001", "411723101212"}, Level.VILLAGE)
    '411723101213'
    >>> next_code("411723101", set(), Level.VILLAGE), next_code("4117", {"411799"}, Level.COUNTY)
    ('411723101001', '411701')
    """
    taken = set(used)
    width = LENGTHS[level] - len(parent)
    last = max((int(code[-width:]) for code in taken), default=0)
    return free_code(parent, f"{parent}{last % (10**width - 1) + 1:0{width}}", taken)


def clean_name(words: str) -> str | None:
    """A name in normal form (NFKC, single spaces, none at the ends), or None if it cannot be a name.

    >>> clean_name("  Pingyu   County ")
    'Pingyu County'
    >>> clean_name(" "), clean_name("a" * 101), clean_name("a\\x00b")
    (None, None, None)
    """
    clean = re.sub(" +", " ", unicodedata.normalize("NFKC", words)).strip(" ")
    usable = 0 < len(clean) <= NAME_LENGTH and not any(unicodedata.category(letter)[0] == "C" for letter in clean)
    return clean if usable else None


class What(StrEnum):
    """What a row of change tells about one area or facility; in the order in which they hold on one day."""

    OPENED = "opened"
    MOVED = "moved"
    RENAMED = "renamed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Turn:
    """One change in the life of an area or facility. `name` is absent for a closing, `area` where it stays the same."""

    what: What
    on: date
    stamp: str
    name: Text | None = None
    official: str = ""
    area: str = ""
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What all changes of one area or facility say about a day."""

    opened_on: date
    closed_on: date | None
    name: Text
    official: str
    area: str

    def open_on(self, day: date) -> bool:
        """Whether it is there on that day; the closing day is the first on which it is not."""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


_ORDER = {what: position for position, what in enumerate(What)}


def life(turns: Iterable[Turn], day: date) -> Life | None:
    """What holds on `day`, whatever the order in which the changes became known; None if no opening is known.

    Of two openings or two closings the one recorded last counts. Of the names (and areas), the last that began on or
    before the day; before the first day, the first.

    >>> opened = Turn(What.OPENED, date(2000, 1, 1), "1", Text("Old Village"))
    >>> renamed = Turn(What.RENAMED, date(2024, 5, 1), "2", Text("New Village"))
    >>> closed = Turn(What.CLOSED, date(2025, 1, 1), "3")
    >>> for day in (date(2024, 4, 30), date(2024, 5, 1), date(2025, 1, 1)):
    ...     then = life([closed, renamed, opened], day)
    ...     print(then.name.en, then.open_on(day))
    Old Village True
    New Village True
    New Village False
    >>> life([renamed, closed], date(2024, 5, 1)) is None
    True
    """
    rows = sorted(turns, key=lambda turn: (turn.on, _ORDER[turn.what], turn.stamp))
    opening = max((turn for turn in rows if turn.what is What.OPENED), key=lambda turn: turn.stamp, default=None)
    if opening is None or opening.name is None:
        return None
    closing = max((turn for turn in rows if turn.what is What.CLOSED), key=lambda turn: turn.stamp, default=None)
    name, official, area = opening.name, opening.official, opening.area
    for turn in rows:
        if turn.on <= day and turn.what is What.RENAMED and turn.name is not None:
            name, official = turn.name, turn.official
        if turn.on <= day and turn.what is What.MOVED:
            area = turn.area
    return Life(opening.on, closing.on if closing else None, name, official, area)


def successors(code: str, links: Mapping[str, Sequence[str]], still_open: Iterable[str]) -> tuple[str, ...]:
    """The areas that are today where `code` was: itself while open, else what followed it, through any chain.

    An area closed without a successor has none. A ring of successions (two orders that contradict) ends where it
    began instead of running on.

    >>> links = {"A": ["B", "C"], "B": ["D"], "X": ["Y"], "Y": ["X"]}
    >>> successors("A", links, {"C", "D"}), successors("C", links, {"C"}), successors("X", links, set())
    (('C', 'D'), ('C',), ())
    """
    open_codes = set(still_open)
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [code]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        if here in open_codes:
            found.add(here)
        else:
            waiting.extend(links.get(here, ()))
    return tuple(sorted(found))


def step_after(area: str, since: date, followed: Followed) -> tuple[date, str] | None:
    """The first redrawing from `since` on by which another area took the place of `area`: its day and that area."""
    return next((step for step in followed.get(area, ()) if step[0] >= since), None)


def area_after(area: str, on: date, followed: Followed) -> str:
    """The area to which belongs on a day what once belonged to `area`, however often the map was redrawn.

    Two orders that contradict each other cannot make it run in a ring.

    >>> followed = {"A1": ((date(2025, 1, 1), "A2"),), "A2": ((date(2026, 1, 1), "A3"),)}
    >>> [area_after("A1", date(year, 1, 1), followed) for year in (2024, 2025, 2026)]
    ['A1', 'A2', 'A3']
    """
    since = date.min
    passed = {area}
    while (step := step_after(area, since, followed)) is not None and step[0] <= on and step[1] not in passed:
        since, area = step
        passed.add(area)
    return area
