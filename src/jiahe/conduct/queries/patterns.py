"""How stages went by post and by service, with the open ones counted: for supervisors, and no league table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Count

from jiahe.conduct.rules.survival import Share, Stretch, by_chance, finished_by, middle
from jiahe.staff import queries as staff
from jiahe.staff.scope import Scope
from jiahe.window import queries as window
from jiahe.window.definitions import days

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


@dataclass(frozen=True, slots=True)
class _Alike:
    """`n` stages that went alike: they took so many working days of those allowed."""

    took: int
    allowed: int
    ended: bool
    open: bool
    late: bool
    n: int


def patterns(scope: Scope, *, on: date) -> Patterns:
    """How the stages in scope went that began in the year before the day and for which a post answers."""
    posts: defaultdict[UUID, list[_Alike]] = defaultdict(list)
    services: defaultdict[str, list[_Alike]] = defaultdict(list)
    between = cache(days().between)
    rows = window.stages(scope, since=on - PERIOD).filter(answers__isnull=False, since__lte=on).order_by()
    columns = ("answers", "service", "since", "due_on", "ended_on", "outcome", "late")
    for row in rows.values(*columns).annotate(n=Count("case")):
        due_on, ended_on = row["due_on"], row["ended_on"]
        alike = _Alike(
            took=between(row["since"], ended_on or on),
            allowed=between(row["since"], due_on),
            ended=ended_on is not None and row["outcome"] != _WITHDRAWN,
            open=ended_on is None,
            late=row["late"] or (ended_on is None and due_on < on),
            n=row["n"],
        )
        posts[row["answers"]].append(alike)
        services[row["service"]].append(alike)
    inside = staff.described_by_id(scope, posts, on=on)  # of a post above the scope only a part is seen here
    everything = [each for these in services.values() for each in these]
    usual = finished_by(_shares(everything), _DUE)
    return Patterns(
        _pattern(everything, usual),
        {post: _pattern(these, usual) for post, these in posts.items() if post in inside},
        {service: _pattern(these, usual) for service, these in services.items()},
    )


def _pattern(these: Sequence[_Alike], usual: Share | None) -> Pattern:
    shares = _shares(these)
    return Pattern(
        n=sum(each.n for each in these),
        open=sum(each.n for each in these if each.open),
        late=sum(each.n for each in these if each.late),
        in_time=finished_by(shares, _DUE),
        median=middle([Stretch(each.took, each.ended, each.n) for each in these]),
        chance=usual is None or by_chance(shares, _DUE, usual.value),
    )


def _shares(these: Sequence[_Alike]) -> list[Stretch]:
    """Time told in shares of the days allowed, the first day counted: stages of all limits on one scale, due at 1.

    What was done on the Saturday after its Friday took no working day more, and is late all the same.
    """
    took = [(each, max(each.took, each.allowed + 1) if each.late else each.took) for each in these]
    return [Stretch((days_ + 1) / (each.allowed + 1), each.ended, each.n) for each, days_ in took]
