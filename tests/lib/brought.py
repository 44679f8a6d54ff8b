"""Imports at three steps, for tests that need one in an area: checked, being checked, taken over."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from jiahe.exchange import actions, queries
from jiahe.staff.scope import Acting

_HEADINGS = "姓名,性别,出生日期"
_SINCE = date(2020, 1, 1)


def bring_lists(name: str, area: str, *, home: str, by: Acting, at: datetime) -> dict[str, UUID]:
    """By the step: "brought" is checked, "begun" waits to be checked, "taken" has registered somebody.

    `name` is what the people of all three begin with; they live in `home`.
    """
    made = {}
    for step, sign, day in (("brought", "来", "01-02"), ("begun", "待", "05-06"), ("taken", "新", "09-23")):
        own = "" if area == home else "镇上"
        content = f"{_HEADINGS}\n{name}{own}{sign},女,{1941 + 17 * bool(own)}-{day}\n".encode()
        row = actions.bring(name=f"{name}.csv", content=content, area=area, by=by, at=at)
        columns = queries.columns_of(row)
        actions.choose_columns(brought=row.id, columns=columns, area=home, since=_SINCE, by=by, at=at)
        while step != "begun" and actions.check(brought=row.id, by=by, at=at):
            pass
        if step == "taken":
            actions.take(brought=row.id, by=by, at=at)
        made[step] = row.id
    return made
