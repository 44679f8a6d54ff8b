"""Cases as those who may see them see them: work lists, one case, its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from jiahe.basis.areas import within
from jiahe.basis.ids import milliseconds
from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.registry import queries as registry
from jiahe.staff.scope import Scope
from jiahe.window.definitions import services
from jiahe.window.definitions.shapes import Service
from jiahe.window.models import Attachment, Case, CaseEntry, Inspection, Interest, Stage
from jiahe.window.problems import CaseUnknown, Recused
from jiahe.window.projections.cases import told
from jiahe.window.queries.desks import id_of, recused
from jiahe.window.rules.clock import Standing
from jiahe.window.rules.story import OVER, Phase, Story

REMEMBERED = timedelta(hours=3)
"""How long a stated reason opens one case for one officer in one post."""


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
    OVER = "over"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of a work list. `who` is masked as the scope demands, and empty where a service is confidential."""

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


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened to a case; `vain` if it changed nothing."""

    entry: Recorded
    vain: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case for the officer who has a part in it."""

    id: UUID
    row: Case
    story: Story
    standing: Standing | None
    attachments: tuple[Attachment, ...]
    similar: tuple[Case, ...]


def work(scope: Scope, which: Which, *, on: date, area: str = "", whoever: bool = False) -> QuerySet[Case]:
    """The cases of a list, within the area of the post (or `area`). A case of somebody in whom the officer declared an
    interest is in none, unless `whoever` (to pass it on, unseen)."""
    low, high = within(area) if area and scope.covers(area) else scope.range
    found = (
        Case.objects.all()
        if whoever
        else Case.objects.exclude(applicant__in=Interest.objects.filter(officer=id_of(scope.officer)).values("person"))
    )
    if which is Which.MINE:
        return found.filter(desk=id_of(scope.post), turn_due_on__isnull=False)
    if which is Which.OWNED:
        return found.filter(owner=id_of(scope.post)).exclude(phase__in=OVER)
    here = found.filter(area__gte=low, area__lt=high)
    turn = here.filter(turn_due_on__isnull=False)
    moving = turn.filter(Q(still_until__isnull=True) | Q(still_until__lt=on))
    match which:
        case Which.TODAY:
            return moving.filter(turn_due_on=on)
        case Which.RISK:
            return moving.filter(turn_risk_on__lte=on, turn_due_on__gte=on)
        case Which.OVERDUE:
            return moving.filter(turn_due_on__lt=on)
        case Which.UNASSIGNED:
            return turn.filter(desk__isnull=True)
        case Which.APPLICANT:
            waits = Q(phase=Phase.INCOMPLETE) | Q(still_until__gte=on)
            return here.filter(waits).exclude(phase__in=OVER)
        case Which.OVER:
            return here.filter(phase__in=OVER)
    return turn


def counts(scope: Scope, *, on: date) -> dict[Which, int]:
    """How many cases stand in each list of open ones."""
    listed = (Which.MINE, Which.OFFICE, Which.TODAY, Which.RISK, Which.OVERDUE, Which.UNASSIGNED, Which.APPLICANT)
    return {which: work(scope, which, on=on).count() for which in listed}


def described(scope: Scope, rows: Iterable[Case], *, on: date) -> list[WorkRow]:
    """Lines for rows of `work`, two statements for all."""
    rows = list(rows)
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
            )
        )
    return lines


def standing(row: Case, on: date) -> Standing | None:
    """How its turn stands on the day; None when it is nobody's at the office."""
    if row.turn_due_on is None or row.turn_risk_on is None:
        return None
    if row.still_until is not None and on <= row.still_until:
        return Standing.PAUSED
    if on > row.turn_due_on:
        return Standing.OVERDUE
    return Standing.AT_RISK if on >= row.turn_risk_on else Standing.DUE


def case_numbered(scope: Scope, number: str) -> UUID | None:
    """The case in scope with that receipt number, spaces and hyphens aside."""
    digits = "".join(sign for sign in number if sign.isdigit())
    low, high = scope.range
    rows = Case.objects.filter(number=digits).filter(Q(area__gte=low, area__lt=high) | Q(owner=id_of(scope.post)))
    return rows.values_list("id", flat=True).first() if digits else None


def cases_of(scope: Scope, person: UUID) -> QuerySet[Case]:
    """The cases of a person in scope that are not confidential, the newest first. Raises PersonUnknown."""
    row = registry.person(scope, person)
    hidden = [service.id for service in services().versions if service.confidential]
    low, high = scope.range
    found = Case.objects.filter(applicant__in=registry.records_of(row.id), area__gte=low, area__lt=high)
    return found.exclude(service__in=hidden).order_by("-opened_on", "id")


def case(scope: Scope, identifier: UUID, *, on: date) -> CaseView:
    """One case in full. Raises CaseUnknown, and Recused before anything of it is read."""
    row = _row(scope, identifier, on=on)
    story = told([identifier])[identifier]
    return CaseView(
        identifier,
        row,
        story,
        standing(row, on),
        tuple(Attachment.objects.filter(case=identifier).order_by("at_ms", "entry")),
        tuple(Case.objects.filter(regarding=identifier).order_by("opened_on", "id")),
    )


def may_look(scope: Scope, identifier: UUID, *, at: datetime, on: date) -> bool:
    """Whether the post has, had or received the case, it lies on nobody's desk, or the officer said within three hours
    why he opens it.

    Raises CaseUnknown, Recused.
    """
    row = _row(scope, identifier, on=on)
    if row.desk is None and row.turn_due_on is not None:
        return True
    if scope.post in (str(row.owner), str(row.desk)) or scope.officer in (row.opened_by, row.accepted_by):
        return True
    if Stage.objects.filter(case=identifier).filter(Q(desk=id_of(scope.post)) | Q(officer=scope.officer)).exists():
        return True
    since = milliseconds(at - REMEMBERED)
    seen = Inspection.objects.filter(case=identifier, officer=scope.officer, post=scope.post, at_ms__gt=since)
    return seen.exists()


def history(scope: Scope, identifier: UUID, *, on: date) -> list[Line]:
    """All that happened to a case, the newest first. Raises CaseUnknown, Recused."""
    _row(scope, identifier, on=on)
    ids = [
        *CaseEntry.objects.filter(case=identifier).values_list("entry", flat=True),
        *Attachment.objects.filter(case=identifier).values_list("entry", flat=True),
        *Inspection.objects.filter(case=identifier).values_list("entry", flat=True),
    ]
    vain = set(told([identifier])[identifier].vain)
    entries = sorted(journal.entries(ids).values(), key=lambda entry: entry.stamp, reverse=True)
    return [Line(entry, entry.id in vain) for entry in entries]


def _row(scope: Scope, identifier: UUID, *, on: date) -> Case:
    low, high = scope.range
    mine = Q(area__gte=low, area__lt=high) | Q(owner=id_of(scope.post)) | Q(desk=id_of(scope.post))
    row = Case.objects.filter(mine, id=identifier).first()
    if row is None:
        raise CaseUnknown
    if recused(scope.officer, row.applicant, row.regarding, on=on):
        raise Recused
    return row
