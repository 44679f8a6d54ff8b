"""A small county with two townships of two villages, a clerk who may do all in it, and scopes of several widths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.basis.privacy import Privacy
from jiahe.journal.values import Recorded
from jiahe.places import actions as places
from jiahe.places.definitions import AreaList
from jiahe.places.facts import NamedArea
from jiahe.registry import actions
from jiahe.registry.facts import Sex
from jiahe.staff import scope as staff_scope
from jiahe.staff.scope import Scope

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
YANGBU, MIAOWAN = "411723101", "411723103"
HEBEI, JINZHUANG, LONGWANG, DALU = "411723101200", "411723101201", "411723103201", "411723103202"
NAMES = {
    "41": "河南省",
    "4117": "驻马店市",
    "411723": "平舆县",
    YANGBU: "杨埠镇",
    HEBEI: "河北村",
    JINZHUANG: "金庄村",
    MIAOWAN: "庙湾镇",
    LONGWANG: "龙王庙村",
    DALU: "大卢村",
}


@dataclass(frozen=True, slots=True)
class Clerk:
    """An author who may record everything in one area."""

    area: str = ""
    officer: str = "officer"
    post: str = "post"
    name: str = "Clerk"

    def may(self, verb: str, area: str) -> bool:
        """Anything, here."""
        return area.startswith(self.area)


CLERK = Clerk()


def scope_of(area: str = "411723", *fields: Privacy, officer: str = "officer") -> Scope:
    """What somebody with these field classes (all, if none are named) may read in an area."""
    return Scope(officer, "post", area, frozenset(fields or Privacy), seal=staff_scope._SEAL)


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)


def found_county() -> None:
    """The areas, older than our records."""
    areas = tuple(NamedArea(code, name, Text(name, name, name)) for code, name in NAMES.items())
    places.load_areas(areas=AreaList("test", date(2023, 6, 30), "test", areas), by=CLERK, at=AT)


def enter(name: str = "王明", **said: Any) -> UUID:
    """Registers somebody (王明, a man of 1990 in Hebei village, unless said otherwise); gives his id."""
    usual = {"sex": Sex.MALE, "birth_on": date(1990, 1, 1), "area": HEBEI, "since": date(2020, 1, 1)}
    return about(actions.register_person(name=name, **{**usual, **said}, by=CLERK, at=AT))


def about(entry: Recorded) -> UUID:
    """The person an entry is about."""
    assert entry.about is not None
    return entry.about
