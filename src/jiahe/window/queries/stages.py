"""Stages: what supervisors look through; those that were or are overdue, by which responsibility is traced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jiahe.places import queries as places
from jiahe.staff.scope import Scope
from jiahe.window.models import Stage


@dataclass(frozen=True, slots=True)
class LateStage:
    """A stage that was not done in time: of which case, by when, until when (None: still open), who answers for it."""

    case: UUID
    n: int
    step: str
    service: str
    area: str
    answers: UUID | None
    due_on: date
    ended_on: date | None


def late_stages(scope: Scope, *, on: date) -> QuerySet[Stage]:
    """The stages of cases in scope that are overdue on the day, or were when they ended."""
    late = Q(late=True) | Q(ended_on__isnull=True, due_on__lt=on)
    return Stage.objects.filter(late & places.lying_in(scope.area, on=on))


def stages(scope: Scope, *, since: date) -> QuerySet[Stage]:
    """The stages of cases in scope that began on the day or later, in time or not, open ones too."""
    return Stage.objects.filter(places.lying_in(scope.area, on=scope.on), since__gte=since)
