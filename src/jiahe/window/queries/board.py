"""The window in figures: done in time, how long it takes, what is waiting. With every open case counted.

Figures of an area, never of a person or an officer: kept while nothing is recorded at the window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count
from django.db.models.functions import Coalesce

from jiahe.journal.remembered import Remembered
from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.places.rules import LENGTHS
from jiahe.staff.scope import Scope
from jiahe.window.definitions import days, services
from jiahe.window.models import Case, Stage
from jiahe.window.problems import CaseUnknown
from jiahe.window.queries.work import Which, accepted, counted
from jiahe.window.rules.story import DELIVERY, RECEPTION, Phase
from jiahe.window.rules.survival import Share, Stretch, by_chance, finished_by, time_of

MEDIAN, NINE_TENTHS = 0.5, 0.9
FEWEST = 5
"""Of fewer cases no share and no time is told: they say nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cases of a service, an office or a level: how many were `accepted` in the period, are still `open`, and are
    `overdue`; the share decided by its day; working days until half and nine tenths are decided (None: not known yet).

    `chance`: nothing but chance tells this row from the whole.
    """

    key: str
    accepted: int
    open: int
    overdue: int
    in_time: Share | None
    median: float | None
    nine_tenths: float | None
    chance: bool = True


@dataclass(frozen=True, slots=True)
class Backlog:
    """Whose turn is due when, at the offices of an area, and how many of it are at `risk`; what waits for applicants or
    lies on nobody's desk."""

    overdue: int
    risk: int
    today: int
    soon: int
    later: int
    applicant: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class Board:
    """All of it, for cases accepted since a day."""

    since: date
    whole: Row
    services: tuple[Row, ...]
    offices: tuple[Row, ...]
    levels: tuple[Row, ...]
    backlog: Backlog
    received: int
    declined: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class _Case:
    service: str
    area: str
    took: int
    late: int
    decided: bool
    open: bool


def board(scope: Scope, *, area: str, since: date, on: date) -> Board:
    """The figures of an area in scope. Raises CaseUnknown for one outside."""
    if not scope.covers(area):
        raise CaseUnknown
    return _remembered.get((area, since, on), lambda: _board(area, since, on))


_remembered = Remembered("window", "places", "staff", most=200)


def _board(area: str, since: date, on: date) -> Board:
    here = Case.objects.filter(places.lying_in(area, on=on))
    cases = _cases(here.filter(accepted(since, on)), since, on)
    usual = _row("", cases)
    # in a village a number is a name: what is confidential is told apart for counties only
    small = len(area) > LENGTHS[Level.COUNTY]
    hidden = {each.id for each in services().versions if each.confidential} if small else set()
    below = next((length for length in LENGTHS.values() if length > len(area)), len(area))
    received = here.filter(opened_on__gte=since, opened_on__lte=on)
    return Board(
        since=since,
        whole=usual,
        services=_rows(((each.service, each) for each in cases if each.service not in hidden), usual),
        offices=_rows(((each.area[:below], each) for each in cases), usual),
        levels=_levels(area, since, on),
        backlog=_backlog(area, on),
        received=received.count(),
        declined=received.filter(phase=Phase.DECLINED).count(),
        withdrawn=received.filter(phase=Phase.WITHDRAWN).count(),
    )


def _cases(rows: object, since: date, on: date) -> list[_Case]:
    """Cases with how long they took: working days since acceptance, and how many days after their day they were decided
    (negative: before). One that was withdrawn took longer than until then; an open one, than until today."""
    worked = days().numbered(since, on)
    begun = Coalesce("accepted_on", "received_on")
    told = rows.values_list("service", "area", begun, "due_on", "ended_on", "end")  # type: ignore[attr-defined]
    found = []
    for service, area, accepted_on, due_on, ended_on, end in told:
        last = max(accepted_on, min(ended_on or on, on))  # another node's clock may be a day behind
        took = worked[last] - worked[accepted_on]
        found.append(_Case(service, area, took, (last - due_on).days, bool(end), ended_on is None))
    return found


def _rows(pairs: Iterable[tuple[str, _Case]], usual: Row) -> tuple[Row, ...]:
    groups: dict[str, list[_Case]] = {}
    for key, case in pairs:
        groups.setdefault(key, []).append(case)
    return tuple(_row(key, groups[key], usual) for key in sorted(groups))


def _row(key: str, cases: list[_Case], usual: Row | None = None) -> Row:
    lateness = _stretches((each.late, each.decided) for each in cases)
    taken = _stretches((each.took, each.decided) for each in cases)
    told = len(cases) >= FEWEST
    return Row(
        key=key,
        accepted=len(cases),
        open=sum(each.open for each in cases),
        overdue=sum(each.open and each.late > 0 for each in cases),
        in_time=finished_by(lateness, 0) if told else None,
        median=time_of(taken, MEDIAN) if told else None,
        nine_tenths=time_of(taken, NINE_TENTHS) if told else None,
        chance=not told or usual is None or usual.in_time is None or by_chance(lateness, 0, usual.in_time.value),
    )


def _stretches(taken: Iterable[tuple[int, bool]]) -> list[Stretch]:
    return [Stretch(took, ended, n) for (took, ended), n in Counter(taken).items()]


def _levels(area: str, since: date, on: date) -> tuple[Row, ...]:
    """By the level of the posts that answer for them: the stages that began since then, with those still open."""
    level_of = {(service.id, step.id): step.level.value for service in services().versions for step in service.steps}
    told = Stage.objects.filter(places.lying_in(area, on=on), since__gte=since, since__lte=on)
    groups: dict[str, list[_Case]] = {}
    for service, step, began, due_on, ended_on, n in told.values_list(
        "service", "step", "since", "due_on", "ended_on"
    ).annotate(n=Count("case")):
        level = level_of.get((service, step), RECEPTION if step == RECEPTION else DELIVERY)
        last = min(ended_on or on, on)
        took = days().between(began, last) if (last - began).days < _LONG else _LONG
        case = _Case(service, "", took, (last - due_on).days, ended_on is not None, ended_on is None)
        groups.setdefault(level, []).extend([case] * n)
    order = [RECEPTION, *(level.value for level in reversed(Level)), DELIVERY]
    return tuple(_row(key, groups[key]) for key in order if key in groups)


_LONG = 366


def _backlog(area: str, on: date) -> Backlog:
    here = Case.objects.filter(places.lying_in(area, on=on))
    return Backlog(**here.aggregate(**counted(_BACKLOG, on=on)))


_BACKLOG = tuple(Which(each.name) for each in fields(Backlog))
