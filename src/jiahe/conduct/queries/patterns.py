"""How stages went by post and by service, with the open ones counted: for supervisors, and no league table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from jiahe.staff import queries as staff
from jiahe.staff.scope import Scope
from jiahe.window import queries as window
from jiahe.window.definitions import days
from jiahe.window.rules.survival import Share, Stretch, by_chance, finished_by, time_of

PERIOD = timedelta(days=365)
"""How far back the stages that are looked at began: a year, so that no season weighs more than another."""
_WITHDRAWN = "withdrawn"
_DUE = 1.0
"""Where the due day lies when time is told in shares of the days allowed."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the stages of one post or service went: how many there are, still open, late so far; the share finished by
    the due day and the median of working days, open stages counted. None where it cannot be known yet.

    `chance`: nothing tells them from all the others that chance does not explain.
    """

    n: int
    open: int
    late: int
    in_time: Share | None
    median: float | None
    chance: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """All stages of cases in scope together, and those of each post in scope and of each service."""

    whole: Pattern
    posts: Mapping[UUID, Pattern]
    services: Mapping[str, Pattern]


class _Went(NamedTuple):
    """How a stage went: so many working days of those allowed. Of a year's stages few went differently."""

    took: int
    allowed: int
    ended: bool
    open: bool
    late: bool


def patterns(scope: Scope, *, on: date) -> Patterns:
    """How the stages in scope went that began in the year before the day and for which a post answers."""
    posts: defaultdict[UUID, Counter[_Went]] = defaultdict(Counter)
    services: defaultdict[str, Counter[_Went]] = defaultdict(Counter)
    between = cache(days().between)
    found = window.stages(scope, since=on - PERIOD).filter(since__lte=on).order_by()
    columns = found.values_list("answers", "service", "since", "due_on", "ended_on", "outcome", "late")
    for post, service, since, due_on, ended_on, outcome, late in columns.iterator():
        if post is None:  # it lay on nobody's desk, so it says nothing of any
            continue
        went = _Went(
            took=between(since, ended_on or on),
            allowed=between(since, due_on),
            ended=ended_on is not None and outcome != _WITHDRAWN,
            open=ended_on is None,
            late=late or (ended_on is None and due_on < on),
        )
        posts[post][went] += 1
        services[service][went] += 1
    inside = staff.described_by_id(scope, posts, on=on)  # of a post above the scope only a part is seen here
    whole = sum(services.values(), Counter[_Went]())
    usual = finished_by(_shares(whole), _DUE)
    return Patterns(
        _pattern(whole, usual),
        {post: _pattern(these, usual) for post, these in posts.items() if post in inside},
        {service: _pattern(these, usual) for service, these in services.items()},
    )


def _pattern(these: Counter[_Went], usual: Share | None) -> Pattern:
    shares = _shares(these)
    return Pattern(
        n=these.total(),
        open=sum(n for each, n in these.items() if each.open),
        late=sum(n for each, n in these.items() if each.late),
        in_time=finished_by(shares, _DUE),
        median=time_of([Stretch(each.took, each.ended, n) for each, n in these.items()], 0.5),
        chance=usual is None or by_chance(shares, _DUE, usual.value),
    )


def _shares(these: Counter[_Went]) -> list[Stretch]:
    """Time told in shares of the days allowed, the first day counted: stages of all limits on one scale, due at 1.

    What was done on the Saturday after its Friday took no working day more, and is late all the same.
    """
    took = [(each, max(each.took, each.allowed + 1) if each.late else each.took, n) for each, n in these.items()]
    return [Stretch((days_ + 1) / (each.allowed + 1), each.ended, n) for each, days_, n in took]
