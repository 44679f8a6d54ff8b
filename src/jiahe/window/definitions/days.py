"""Days that a county adds to the statutory calendar: reads content/calendar/*.toml, refuses with file and line.

One file for each order or notice: offices closed, days made up, or a whole year that the package does not know yet.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from jiahe.basis.languages import Text
from jiahe.window import problems
from jiahe.window.definitions.lines import line_of
from jiahe.window.definitions.reading import read
from jiahe.window.rules.calendar import Adjustment, Calendar, statutory

FOLDER = Path(__file__).resolve().parents[4] / "content" / "calendar"


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days off and days worked by one order, with the years of which all holidays are known through it."""

    id: str
    reason: Text
    source: str
    link: str
    reviewed_on: date
    off: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    years: tuple[int, ...] = ()

    def adjustment(self) -> Adjustment:
        """What the calendar makes of it."""
        return Adjustment(frozenset(self.off), frozenset(self.worked), frozenset(self.years))


def parse(text: str, *, name: str) -> Days:
    """The days written in the TOML `text` of the file `name`. Raises Refused."""
    days = read(text, Days, name=name)
    if f"{days.id}.toml" != name:
        raise problems.WrongFileName(file=name, line=line_of(text, ("id",)), expected=f"{days.id}.toml")
    listed = [*days.off, *days.worked]
    if twice := next((day for n, day in enumerate(listed) if day in listed[:n]), None):
        key = "worked" if twice in days.worked else "off"
        raise problems.SaidTwice(file=name, line=line_of(text, (key,)), name=twice)
    return days


@cache
def calendar(folder: Path) -> Calendar:
    """The statutory calendar with everything that the files of a folder add, in the order of their names."""
    files = sorted(folder.glob("*.toml"))
    return statutory().adjusted(*(parse(file.read_text("utf-8"), name=file.name).adjustment() for file in files))
