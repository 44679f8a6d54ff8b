"""Who sees and exports how many rows of people, told to the supervisor, the most unusual first (S-12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TypeAlias
from uuid import UUID

from jiahe.staff import budget, queries
from jiahe.staff.models import Spent
from jiahe.staff.queries import PostRow
from jiahe.staff.rules import UNUSUAL, times_colleagues, times_usual, usual
from jiahe.staff.scope import Scope

DAYS = 30
"""The day asked for, and so many less one before it."""
_Who: TypeAlias = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one sort: today and in thirty days; how many times the usual they are (`rules`), and on which day they
    were most, or None where the officer's usual day itself is beside that of colleagues."""

    today: int = 0
    month: int = 0
    times: float = 0.0
    peak_on: date | None = None

    @property
    def unusual(self) -> bool:
        """Whether a supervisor should ask why."""
        return self.times > UNUSUAL


@dataclass(frozen=True, slots=True)
class Usage:
    """What an officer saw and exported in a role, and how often he was stopped in thirty days."""

    officer: UUID
    name: str
    role: str
    posts: tuple[PostRow, ...]
    seen: Rows
    exported: Rows
    stopped: int

    @property
    def unusual(self) -> bool:
        """Whether a supervisor should ask why."""
        return self.stopped > 0 or self.seen.unusual or self.exported.unusual


def usage(scope: Scope, *, on: date) -> list[Usage]:
    """Whoever works in scope on the day and saw rows of people lately: those who were stopped or are unusual first.

    Colleagues are all on this node who act in the same role; of those outside the scope only their middle is used.
    """
    budget.flush()
    at_work = officers_at_work(scope, on=on)
    days: defaultdict[_Who, list[Spent]] = defaultdict(list)
    for row in Spent.objects.filter(on__gt=on - timedelta(days=DAYS), on__lte=on):
        days[row.officer, row.role].append(row)
    seen, exported = _compared(days, "seen", on), _compared(days, "exported", on)
    found = [
        Usage(
            officer=officer,
            name=at_work[officer][0],
            role=role,
            posts=tuple(post for post in at_work[officer][1] if post.role == role),
            seen=seen[officer, role],
            exported=exported[officer, role],
            stopped=sum(row.stopped for row in rows),
        )
        for (officer, role), rows in days.items()
        if officer in at_work
    ]
    return sorted(found, key=_most_unusual_first)


def officers_at_work(scope: Scope, *, on: date) -> dict[UUID, tuple[str, list[PostRow]]]:
    """The name and the posts in scope of everybody who holds one, or deputises in one, on the day."""
    found: dict[UUID, tuple[str, list[PostRow]]] = {}
    for post in queries.described(queries.posts(scope, on=on), on=on):
        acting = [(each.officer, each.name) for each in post.deputies if each.starts_on <= on]
        if post.holder and post.holder.officer:
            acting.append((post.holder.officer, post.holder.name))
        for officer, name in acting:
            found.setdefault(officer, (name, []))[1].append(post)
    return found


def _compared(days: Mapping[_Who, Iterable[Spent]], what: str, on: date) -> dict[_Who, Rows]:
    """Each officer's rows beside his own usual day and those of his colleagues."""
    counts = {who: {row.on: getattr(row, what) for row in rows} for who, rows in days.items()}
    own = {who: usual([n for n in each.values() if n]) for who, each in counts.items()}
    found = {}
    for who, each in counts.items():
        colleagues = _middle(own[other] for other in own if other[1] == who[1] and other != who)
        peak_on = max(each, key=lambda day: (each[day], day))
        peak, level = times_usual(each[peak_on], own[who], colleagues), times_colleagues(own[who], colleagues)
        day = peak_on if peak >= level else None
        found[who] = Rows(each.get(on, 0), sum(each.values()), max(peak, level), day)
    return found


def _middle(numbers: Iterable[float]) -> float:
    """The median of those that are not nothing; 0 where there is none."""
    return median([number for number in numbers if number] or [0])


def _most_unusual_first(row: Usage) -> tuple[bool, float, int, str, UUID]:
    return (not row.stopped, -max(row.seen.times, row.exported.times), -row.seen.today, row.name, row.officer)
