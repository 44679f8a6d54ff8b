"""Lists of people as they are brought, and the way from a file to the register in one call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from jiahe.exchange import actions, queries
from jiahe.exchange.models import Import, ImportRow
from jiahe.node.demo.identity import check_digit
from jiahe.staff.scope import Acting
from tests.rooms.staff.small_office import NORTH_VILLAGE

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
HEADINGS = ["姓名", "性别", "出生日期", "身份证号码", "联系电话", "母亲身份证号", "与户主关系"]


def number(birth: str, order: int) -> str:
    """An identity number that checks; odd orders are men."""
    first_17 = f"411723{birth.replace('-', '')}{order:03}"
    return first_17 + check_digit(first_17)


def listed(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> bytes:
    """A list as CSV."""
    return "\n".join(",".join(row) for row in (headings, *rows)).encode()


MOTHER = number("1962-03-04", 22)
SON = number("1990-01-02", 11)
FAMILY = listed(
    ["王明", "男", "1990-01-02", SON, "13800000001", MOTHER, "户主"],
    ["李桂花", "女", "1962年3月4日", MOTHER, "", "", "母亲"],
    ["王小雨", "女", "20201212", "", "", "", "长女"],
)


def brought(content: bytes, by: Acting, *, name: str = "list.csv", area: str = NORTH_VILLAGE) -> Import:
    """The file brought and its columns taken as they were guessed."""
    row = actions.bring(name=name, content=content, by=by, at=AT)
    if row.step == "columns":
        columns = queries.columns_of(row)
        actions.choose_columns(brought=row.id, columns=columns, area=area, since=SINCE, by=by, at=AT)
    return row


def checked(content: bytes, by: Acting, **more: str) -> Import:
    """The same, and every row checked."""
    row = brought(content, by, **more)
    while Import.objects.get(id=row.id).step == "checking" and actions.check(brought=row.id, by=by, at=AT):
        pass
    return Import.objects.get(id=row.id)


def taken(content: bytes, by: Acting, **more: str) -> Import:
    """The same, and what was accepted taken over."""
    row = checked(content, by, **more)
    while actions.take(brought=row.id, by=by, at=AT):
        pass
    return Import.objects.get(id=row.id)


def verdicts(row: Import) -> list[str]:
    """What is said of each row, in the order of the file; for a refused one the problem's code."""
    said = queries.described(list(ImportRow.objects.filter(brought=row).order_by("number")))
    return [each.problem.code.partition(".")[2] if each.problem else each.verdict.value for each in said]
