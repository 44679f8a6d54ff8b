"""Open stages that have climbed to a post (`rules.climbing`): found for the day that is asked, by nobody's timer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jiahe.conduct.definitions import leaders
from jiahe.conduct.rules.climbing import Reach, days_of_rung, due_before, ladder, reach
from jiahe.places.rules import LENGTHS
from jiahe.staff import queries as staff
from jiahe.staff.queries import PostRow
from jiahe.staff.scope import Scope
from jiahe.window import queries as window
from jiahe.window.definitions import days, services
from jiahe.window.models import Case
from jiahe.window.queries import Which


@dataclass(frozen=True, slots=True)
class Climbed:
    """An open stage of a case, how far it has climbed, and by how many working days it is late."""

    row: Case
    reach: Reach
    late_by: int


def climbed(scope: Scope, role: str, *, on: date) -> QuerySet[Case]:
    """The cases in scope whose open stage has climbed to this post, which has that role. A case in which its officer
    has no part is not among them."""
    open_ = window.work(scope, Which.OFFICE, on=on)
    nobodys = Q(desk__isnull=True) | window.left_behind(on=on)
    wanted, calendar = Q(pk__in=[]), days()
    by_rung: defaultdict[int, list[UUID]] = defaultdict(list)
    for post in _desks(scope, open_, on=on):
        rungs = ladder(post.role, post.area, leaders())
        if (role, scope.area) in rungs:
            rung = rungs.index((role, scope.area))
            # nobody sits there: at once to the first superior
            by_rung[-1 if rung == 0 and not post.present(on) else rung].append(post.id)
    for rung, posts in by_rung.items():
        late = Q(turn_due_on__lte=due_before(days_of_rung(rung), on, calendar)) if rung >= 0 else Q()
        wanted |= Q(desk__in=posts) & late
    for service, version, stage in _kinds(open_.filter(nobodys)):
        same = nobodys & Q(service=service, version=version, stage=stage)
        rung_of = _rung_for_nobody(service, version, stage, role, scope)
        if rung_of is not None:
            late = Q(turn_due_on__lte=due_before(days_of_rung(rung_of), on, calendar)) if rung_of else Q()
            wanted |= same & late
    return open_.filter(wanted)


def risen(scope: Scope, rows: Iterable[Case], *, on: date) -> list[Climbed]:
    """How far each of these rows of `climbed` has climbed."""
    rows, calendar = list(rows), days()
    desks = staff.described_by_id(scope, {row.desk for row in rows if row.desk is not None}, on=on)
    found = []
    for row in rows:
        if row.turn_due_on is None or row.turn_half_on is None or row.turn_risk_on is None:
            continue
        desk = desks.get(row.desk)
        sits = row.desk is not None and (desk is None or bool(desk.present(on)))
        found.append(
            Climbed(
                row,
                reach(row.turn_due_on, row.turn_half_on, row.turn_risk_on, manned=sits, on=on, calendar=calendar),
                calendar.between(row.turn_due_on, on),
            )
        )
    return found


def _desks(scope: Scope, open_: QuerySet[Case], *, on: date) -> Iterable[PostRow]:
    ids = open_.filter(desk__isnull=False).order_by().values_list("desk", flat=True).distinct()
    return staff.described_by_id(scope, [each for each in ids if each is not None], on=on).values()


def _kinds(open_: QuerySet[Case]) -> list[tuple[str, int, str]]:
    return list(open_.order_by().values_list("service", "version", "stage").distinct())


def _rung_for_nobody(service: str, version: int, stage: str, role: str, scope: Scope) -> int | None:
    """On which rung this post stands above a stage on nobody's desk: above the office that should have it."""
    found = services().version(service, version)
    step = next((each for each in found.steps if each.id == stage), None)
    # reception and delivery lie where the applicant came: whoever leads there has it first
    of_role, length = (step.role, LENGTHS[step.level]) if step is not None else ("", max(n for _, n in leaders()))
    if len(scope.area) > length:
        return None
    # all areas of one level climb alike, so one inside the scope stands for the case's
    area = scope.area + "0" * (length - len(scope.area))
    rungs = ladder(of_role, area, leaders())
    return rungs.index((role, scope.area)) if (role, scope.area) in rungs else None
