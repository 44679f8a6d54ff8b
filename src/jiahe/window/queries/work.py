"""Work lists: whose turn it is, by when; and the lists that the figures of the board count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from jiahe.places import queries as places
from jiahe.registry import queries as registry
from jiahe.staff.scope import Scope
from jiahe.window.definitions import days, services
from jiahe.window.definitions.shapes import Service
from jiahe.window.models import Case
from jiahe.window.queries.desks import id_of, kept_from, nobodys
from jiahe.window.queries.holding import elsewhere
from jiahe.window.rules.clock import Standing
from jiahe.window.rules.story import OVER, Phase


class Which(StrEnum):
    """Lists of cases."""

    MINE = "mine"
    OFFICE = "office"
    TODAY = "today"
    RISK = "risk"
    OVERDUE = "overdue"
    UNASSIGNED = "unassigned"
    APPLICANT = "applicant"
    OWNED = "owned"
    SOON = "soon"
    LATER = "later"
    RECEIVED = "received"
    IN_TIME = "in_time"
    LATE = "late"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


COUNTED = (Which.RECEIVED, Which.IN_TIME, Which.LATE, Which.DECLINED, Which.WITHDRAWN)
"""Lists behind the board's figures of a period; the others are of what waits now."""
SOON = 5
"""Working days ahead that the backlog tells apart."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of a work list. `who` is masked as the scope demands, and empty where a service is confidential;
    `elsewhere` is the area of the node that decides the case, if it is another."""

    id: UUID
    number: str
    service: Service
    who: str
    area: str
    phase: Phase
    stage: str
    desk: UUID | None
    mine: bool
    turn_due_on: date | None
    due_on: date
    standing: Standing | None
    half: bool
    guessed: bool
    elsewhere: str


def work(
    scope: Scope,
    which: Which,
    *,
    on: date,
    area: str = "",
    service: str = "",
    since: date | None = None,
    whoever: bool = False,
) -> QuerySet[Case]:
    """The cases of a list, within the area of the post (or `area`), of one service if it is said. A case in
    which the officer has no part is in none, unless `whoever` (to pass it on, unseen).

    `since`: for the lists behind the board's figures, the first day on which they were received or accepted.
    """
    found = Case.objects.all() if whoever else _open_to(scope, on)
    if service:
        found = found.filter(service=service)
    if which is Which.MINE:
        return found.filter(desk=id_of(scope.post), turn_due_on__isnull=False)
    if which is Which.OWNED:
        return found.filter(owner=id_of(scope.post)).exclude(phase__in=OVER)
    here = found.filter(places.lying_in(area if area and scope.covers(area) else scope.area, on=on))
    return _counted(here, which, on, since or date.min) if which in COUNTED else here.filter(waiting(which, on=on))


def _open_to(scope: Scope, on: date) -> QuerySet[Case]:
    hidden = list(kept_from(scope, on=on).values_list("id", flat=True))
    return Case.objects.exclude(id__in=hidden) if hidden else Case.objects.all()


def accepted(since: date, on: date) -> Q:
    """Cases accepted in that time, those by silence too, of which nobody has recorded anything."""
    silent = Q(accepted_on=None, phase=Phase.RECEIVED, tell_by__lt=on, received_on__gte=since)
    return Q(accepted_on__gte=since, accepted_on__lte=on) | silent


def waiting(which: Which, *, on: date) -> Q:
    """What waits in a list of an area, for whoever lists or counts it. Every open case is in one of OVERDUE, TODAY,
    SOON, LATER and APPLICANT, and in no other of them."""
    turn = Q(turn_due_on__isnull=False)
    overdue = Q(turn_due_on__lt=on)
    still = Q(still_until__gte=on)
    match which:
        case Which.OVERDUE:
            return overdue
        case Which.TODAY:
            return ~still & Q(turn_due_on=on)
        case Which.SOON:
            return ~still & Q(turn_due_on__gt=on, turn_due_on__lte=days().after(on, SOON))
        case Which.LATER:
            return ~still & Q(turn_due_on__gt=days().after(on, SOON))
        case Which.APPLICANT:
            return Q(phase=Phase.INCOMPLETE) | (still & ~overdue)
        case Which.RISK:
            return ~still & Q(turn_risk_on__lte=on, turn_due_on__gte=on)
        case Which.UNASSIGNED:
            return turn & nobodys(on=on)
    return turn


def _counted(here: QuerySet[Case], which: Which, on: date, since: date) -> QuerySet[Case]:
    """Lists behind the figures of the board, as it counts them."""
    taken_in = here.filter(accepted(since, on))
    match which:
        case Which.IN_TIME:
            return taken_in.exclude(end="").filter(ended_on__lte=F("due_on"))
        case Which.LATE:
            return taken_in.filter(ended_on__isnull=True, due_on__lt=on)
    received = here.filter(opened_on__gte=since, opened_on__lte=on)
    return received if which is Which.RECEIVED else received.filter(phase=which.value)


def counts(scope: Scope, *, on: date) -> dict[Which, int]:
    """How many cases stand in each list of open ones."""
    of_area = (Which.OFFICE, Which.TODAY, Which.RISK, Which.OVERDUE, Which.UNASSIGNED, Which.APPLICANT)
    here = _open_to(scope, on).filter(places.lying_in(scope.area, on=on))
    found = {Which(name): n for name, n in here.aggregate(**counted(of_area, on=on)).items()}
    return found | {which: work(scope, which, on=on).count() for which in (Which.MINE, Which.OWNED)}


def counted(lists: Iterable[Which], *, on: date) -> dict[str, Count]:
    """What counts the cases of each of these lists of an area, all in one statement."""
    return {which.value: Count("id", filter=waiting(which, on=on)) for which in lists}


def described(scope: Scope, rows: Iterable[Case], *, on: date) -> list[WorkRow]:
    """Lines for rows of `work`, a few statements for all."""
    rows = list(rows)
    away = elsewhere(rows, on=on)
    kept = registry.kept_as({row.applicant for row in rows if row.applicant is not None})
    people = {
        person.id: person.name
        for person in registry.described(scope, registry.people(scope).filter(id__in=set(kept.values())))
    }
    lines = []
    for row in rows:
        service = services().version(row.service, row.version)
        mine = scope.post in (str(row.desk), str(row.owner))
        named = row.applicant is not None and (mine or not service.confidential)
        lines.append(
            WorkRow(
                id=row.id,
                number=row.number,
                service=service,
                who=people.get(kept[row.applicant], "") if named and row.applicant else "",
                area=row.area,
                phase=Phase(row.phase),
                stage=row.stage,
                desk=row.desk,
                mine=mine,
                turn_due_on=row.turn_due_on,
                due_on=row.due_on,
                standing=standing(row, on),
                half=row.turn_half_on is not None and row.turn_half_on <= on,
                guessed=row.guessed,
                elsewhere=away.get(row.id, ""),
            )
        )
    return lines


def standing(row: Case, on: date) -> Standing | None:
    """How its turn stands on the day; None when it is nobody's at the office."""
    if row.turn_due_on is None or row.turn_risk_on is None:
        return None
    if on > row.turn_due_on:
        return Standing.OVERDUE
    if row.still_until is not None and on <= row.still_until:
        return Standing.PAUSED
    return Standing.AT_RISK if on >= row.turn_risk_on else Standing.DUE
