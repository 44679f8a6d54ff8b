"""A small country to try things on: one county with two townships of three villages, and a clerk who may do all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from jiahe.basis.languages import Text
from jiahe.places import actions
from jiahe.places.definitions import AreaList, read_naming
from jiahe.places.facts import NamedArea
from jiahe.places.rules import level_of

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LIST = {
    "41": "河南省",
    "4117": "驻马店市",
    "411723": "平舆县",
    "411723101": "杨埠镇",
    "411723101200": "河北村民委员会",
    "411723101201": "金庄村民委员会",
    "411723101202": "陈樊村民委员会",
    "411723103": "庙湾镇",
    "411723103201": "龙王庙村民委员会",
    "411723103202": "大卢村民委员会",
    "411723103203": "里湾村民委员会",
}


@dataclass(frozen=True, slots=True)
class Clerk:
    """An author who may record everything in one area."""

    area: str = ""
    officer: str = "officer"
    post: str = "post"
    name: str = "Clerk"
    name: str = "Clerk"

    def may(self, verb: str, area: str) -> bool:
        """Anything, here."""
        return area.startswith(self.area)

    def reads(self, page: str) -> bool:
        """Any page."""
        return True


CLERK = Clerk()


def named(code: str, official: str) -> NamedArea:
    """An area as the list would name it."""
    level = level_of(code)
    return NamedArea(
        code, official, read_naming().name(official, level) if level else Text(official, official, official)
    )


def found_country() -> None:
    """Open all of LIST, older than our records."""
    areas = tuple(named(code, official) for code, official in LIST.items())
    actions.load_areas(areas=AreaList("test", date(2023, 6, 30), "test", areas), by=CLERK, at=AT)
