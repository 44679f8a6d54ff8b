"""One case as those who may see it see it: where it stands, its history, who may look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from jiahe.basis.ids import milliseconds
from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.places import queries as places
from jiahe.staff import queries as staff
from jiahe.staff.scope import Scope
from jiahe.window.definitions import receivers
from jiahe.window.models import Attachment, Case, CaseEntry, Inspection, Stage
from jiahe.window.problems import CaseUnknown, Recused
from jiahe.window.projections.cases import told
from jiahe.window.queries.desks import id_of, manned, recused
from jiahe.window.queries.holding import elsewhere
from jiahe.window.queries.open import desks_of
from jiahe.window.queries.work import standing
from jiahe.window.rules.clock import Standing
from jiahe.window.rules.story import DELIVERY, RECEPTION, Story

REMEMBERED = timedelta(hours=3)
"""How long a stated reason opens one case for one officer in one post."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened to a case; `vain` if it changed nothing."""

    entry: Recorded
    vain: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case for the officer who has a part in it; `elsewhere` is the area of the node that decides it, if it is
    another."""

    id: UUID
    row: Case
    story: Story
    standing: Standing | None
    attachments: tuple[Attachment, ...]
    elsewhere: str


def case_numbered(scope: Scope, number: str) -> UUID | None:
    """The case in scope with that receipt number, spaces and hyphens aside."""
    digits = "".join(sign for sign in number if sign.isdigit())
    rows = Case.objects.filter(number=digits).filter(
        places.lying_in(scope.area, on=scope.on) | Q(owner=id_of(scope.post))
    )
    return rows.values_list("id", flat=True).first() if digits else None


def case(scope: Scope, identifier: UUID, *, on: date) -> CaseView:
    """One case in full. Raises CaseUnknown, and Recused before anything of it is read."""
    row = _row(scope, identifier, on=on)
    story = told([identifier]).get(identifier)
    if story is None:
        raise CaseUnknown
    story.area = places.area_on(story.area, on=on)
    return CaseView(
        identifier,
        row,
        story,
        standing(row, on),
        tuple(Attachment.objects.filter(case=identifier).order_by("at_ms", "entry")),
        elsewhere([row], on=on).get(identifier, ""),
    )


def may_look(scope: Scope, identifier: UUID, *, at: datetime, on: date) -> bool:
    """Whether the post has, had or received the case, or could take it from nobody's desk; or the officer said within
    three hours why he opens it.

    Raises CaseUnknown, Recused.
    """
    row = _row(scope, identifier, on=on)
    if _takes(scope, row, on=on):
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


def _takes(scope: Scope, row: Case, *, on: date) -> bool:
    """Whether the case lies where nobody is, and the post is one that may take it: its step, or its reception."""
    if row.turn_due_on is None or manned(row.desk, row.area, on=on):
        return False
    if row.stage in (RECEPTION, DELIVERY):
        post = staff.at_desks([id_of(scope.post)], on=on).get(id_of(scope.post))
        return post is not None and post.role in receivers()
    return id_of(scope.post) in {post.id for post in desks_of(scope, row.id, on=on)}


def _row(scope: Scope, identifier: UUID, *, on: date) -> Case:
    mine = places.lying_in(scope.area, on=on) | Q(owner=id_of(scope.post)) | Q(desk=id_of(scope.post))
    row = Case.objects.filter(mine, id=identifier).first()
    if row is None:
        raise CaseUnknown
    if recused(scope.officer, row.applicant, row.regarding, on=on):
        raise Recused
    return row
