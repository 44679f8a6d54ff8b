# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of people as somebody would bring it, and its way through `exchange`, step by step.

Import only once Django is set up.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings

from benchmarks.lib.people import AT, SINCE
from jiahe.exchange import actions, queries
from jiahe.node.demo.people import Person
from jiahe.staff.scope import founding

PORTION = 1_000
"""Rows that commit together, as `./jiahe import` does it; a page takes 500, so that nobody waits for long."""
_HEADINGS = "姓名,性别,出生日期,身份证号码,联系电话,地区代码"


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds for each step, and how many people of how many rows are registered."""

    read: float
    checked: float
    taken: float
    people: int
    rows: int


def listed(crowd: Iterable[Person]) -> bytes:
    """The list as CSV."""
    rows = (
        (each.name, "男" if each.man else "女", str(each.birth_on), each.number or "", each.phone or "", each.village)
        for each in crowd
    )
    return "\n".join((_HEADINGS, *map(",".join, rows))).encode()


def brought(content: bytes) -> Taken:
    """The list brought by somebody who may register everybody, checked, and taken over; likely doubles too."""
    by = founding(settings.JIAHE.area, AT)
    times = [time.perf_counter()]
    row = actions.bring(name="list.csv", content=content, by=by, at=AT)
    times.append(time.perf_counter())
    columns = queries.columns_of(row)
    actions.choose_columns(brought=row.id, columns=columns, area="", since=SINCE, by=by, at=AT)
    while actions.check(brought=row.id, by=by, at=AT):
        pass
    times.append(time.perf_counter())
    while actions.take(brought=row.id, by=by, at=AT, most=PORTION):
        pass
    times.append(time.perf_counter())
    read, checked, taken = (later - earlier for earlier, later in pairwise(times))
    return Taken(read, checked, taken, queries.progress(by.scope, row.id).taken, row.size)
