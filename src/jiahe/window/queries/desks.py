"""On whose desk a step may lie, and who has no part in a case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jiahe.places.rules import LENGTHS
from jiahe.registry import queries as registry
from jiahe.staff import queries as staff
from jiahe.staff.queries import PostRow
from jiahe.staff.scope import VISITOR, Scope
from jiahe.window.definitions.shapes import Step
from jiahe.window.facts import Relation
from jiahe.window.models import Case, Interest, Stage


def recused(officer: str, applicant: UUID | None, regarding: UUID | None = None, *, on: date) -> bool:
    """Whether an officer has no part in a case of this applicant: it is he, somebody of his household or close family
    by the register, or somebody whose interest he declared; or it is a complaint about a case in which he took part.
    A visitor is no officer: what he may do to a case follows from the receipt he has shown."""
    if officer == VISITOR:
        return False
    if regarding is not None and took_part(officer, regarding):
        return True
    said = list(Interest.objects.filter(officer=id_of(officer)).values_list("person", "relation"))
    if not said or applicant is None:
        return False
    kept = registry.kept_as([applicant, *(person for person, _ in said)])
    people = {kept[person] for person, _ in said}
    himself = {kept[person] for person, relation in said if relation == Relation.MYSELF}
    return kept[applicant] in people or bool(himself & registry.close_to(kept[applicant], on=on))


def kept_from(scope: Scope, *, on: date) -> QuerySet[Case]:
    """The cases in which the officer has no part (`recused`, of all cases at once): what else lists leave out."""
    said = list(Interest.objects.filter(officer=id_of(scope.officer)).values_list("person", "relation"))
    kept = registry.kept_as([person for person, _ in said])
    people = set(kept.values())
    for person, relation in said:
        if relation == Relation.MYSELF:
            people |= registry.close_to(kept[person], on=on)
    records = {record for person in people for record in registry.records_of(person)}
    own = Q(opened_by=scope.officer) | Q(accepted_by=scope.officer) | Q(decided_by=scope.officer)
    stages = Stage.objects.filter(officer=scope.officer)
    took_part = Case.objects.filter(own | Q(id__in=stages.values("case")))
    return Case.objects.filter(Q(applicant__in=records) | Q(regarding__in=took_part.values("id")))


def eligible(
    step: Step,
    area: str,
    *,
    applicant: UUID | None,
    regarding: UUID | None = None,
    without: Collection[str] = (),
    on: date,
) -> list[PostRow]:
    """The posts that may have the step of a case in that area: of its role, at its level, held by somebody who is not
    recused and not among the officers `without`; those with the fewest open cases first."""
    length = LENGTHS[step.level]
    if len(area) < length:
        return []
    found = []
    for post in staff.desks(step.role, area[:length], on=on):
        present = {str(held.officer) for held in (post.holder,) if held is not None and held.officer is not None}
        present |= {str(each.officer) for each in post.deputies if each.starts_on <= on}
        if any(who not in without and not recused(who, applicant, regarding, on=on) for who in present):
            found.append(post)
    load = dict(
        Case.objects.filter(desk__in=[post.id for post in found], turn_due_on__isnull=False)
        .values_list("desk")
        .annotate(n=Count("id"))
    )
    return sorted(found, key=lambda post: (load.get(post.id, 0), post.id))


def next_desk(
    step: Step,
    area: str,
    *,
    applicant: UUID | None,
    regarding: UUID | None = None,
    without: Collection[str] = (),
    on: date,
) -> UUID | None:
    """The post that gets the step, or None while there is none that may have it."""
    found = eligible(step, area, applicant=applicant, regarding=regarding, without=without, on=on)
    return found[0].id if found else None


def declared(scope: Scope) -> bool:
    """Whether the officer ever declared who he is by the register, or who is close to him."""
    return Interest.objects.filter(officer=id_of(scope.officer)).exists()


def interests(scope: Scope, *, all_: bool = False) -> list[Interest]:
    """What the officer declared; of all officers in scope, for who leads them."""
    if not all_:
        return list(Interest.objects.filter(officer=id_of(scope.officer)).order_by("entry"))
    low, high = scope.range
    return list(Interest.objects.filter(area__gte=low, area__lt=high).order_by("officer", "entry"))


def took_part(officer: str, case: UUID) -> bool:
    """Whether the officer received, accepted or decided the case, or took a stage of it."""
    row = Case.objects.filter(id=case).values_list("opened_by", "accepted_by", "decided_by").first()
    return officer in (row or ()) or Stage.objects.filter(case=case, officer=officer).exists()


def id_of(text: str) -> UUID:
    """The id of an officer or post; one that nobody has for a set-up command, which is neither."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
