"""On whose desk a step may lie, and who has no part in a case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jiahe.basis.areas import lies_in
from jiahe.journal import queries as journal
from jiahe.places import queries as places
from jiahe.places.rules import LENGTHS
from jiahe.registry import queries as registry
from jiahe.staff import queries as staff
from jiahe.staff.queries import PostRow
from jiahe.staff.scope import VISITOR, Scope
from jiahe.window.definitions.shapes import Step
from jiahe.window.facts import Relation
from jiahe.window.models import Case, CaseEntry, Interest, Stage


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
    # lists ask this each time: few cases are about another, and an index knows them
    about = Case.objects.filter(regarding__isnull=False).values("regarding")
    took_part = list(acted_in(scope.officer, about).values_list("id", flat=True))
    return Case.objects.filter(Q(applicant__in=records) | Q(regarding__in=took_part))


def acted_in(officer: str, among: QuerySet[Case, Any] | Collection[UUID]) -> QuerySet[Case]:
    """Those among some cases which the officer received, accepted or decided, or of which he ended a stage."""
    own = Q(opened_by=officer) | Q(accepted_by=officer) | Q(decided_by=officer)
    stages = Stage.objects.filter(officer=officer, case__in=among)
    return Case.objects.filter(own | Q(id__in=stages.values("case")), id__in=among)


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
    length, area = LENGTHS[step.level], places.area_on(area, on=on)
    if len(area) < length:
        return []
    found = []
    for post in staff.desks(step.role, area[:length], on=on):
        if any(
            str(who) not in without and not recused(str(who), applicant, regarding, on=on) for who in post.present(on)
        ):
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


def manned(post: UUID | None, area: str, *, on: date) -> bool:
    """Whether somebody holds the post on that day, or stands in for who does, and the area is still one of its own."""
    row = staff.at_desks([post], on=on).get(post) if post is not None else None
    return row is not None and bool(row.present(on)) and lies_in(places.area_on(area, on=on), row.area)


def nobodys(*, on: date) -> Q:
    """Open cases that lie where nobody is: on no desk, on one that nobody holds or stands in for, or left behind."""
    desks = {desk for desk in _on_desks().values_list("desk", flat=True).distinct() if desk is not None}
    rows = staff.at_desks(desks, on=on)
    empty = [post for post in desks if post not in rows or not rows[post].present(on)]
    return Q(desk__isnull=True) | Q(desk__in=empty) | left_behind(on=on)


def left_behind(*, on: date) -> Q:
    """Open cases on the desk of a post whose area theirs is no part of any more, since the map was redrawn."""
    moved = places.moved(on=on)
    pairs = set(_on_desks().filter(area__in=moved).values_list("area", "desk").distinct()) if moved else set()
    rows = staff.at_desks({post for _, post in pairs if post is not None}, on=on) if pairs else {}
    found = Q(pk__in=[])
    for area, post in pairs:
        if post in rows and not lies_in(moved[area], rows[post].area):
            found |= Q(area=area, desk=post)
    return found


def _on_desks() -> QuerySet[Case]:
    return Case.objects.filter(turn_due_on__isnull=False, desk__isnull=False).order_by()


def declared(scope: Scope) -> bool:
    """Whether the officer has said which record is his own, from which the register knows who is close to him."""
    said = Interest.objects.filter(officer=id_of(scope.officer), relation=Relation.MYSELF)
    return said.exists()


def interests(scope: Scope, *, all_: bool = False) -> list[Interest]:
    """What the officer declared; of all officers in scope, for who leads them."""
    if not all_:
        return list(Interest.objects.filter(officer=id_of(scope.officer)).order_by("entry"))
    return list(Interest.objects.filter(places.lying_in(scope.area, on=scope.on)).order_by("officer", "entry"))


def took_part(officer: str, case: UUID) -> bool:
    """Whether the officer did anything in the case, or holds a post, or stands in for one, on whose desk it lay."""
    acts = CaseEntry.objects.filter(case=case).values_list("entry", flat=True)
    if any(entry.officer == officer for entry in journal.entries(list(acts)).values()):
        return True
    row = Case.objects.filter(id=case).values_list("owner", "desk").first() or ()
    posts = {*row, *Stage.objects.filter(case=case).values_list("desk", flat=True)} - {None}
    for post in staff.at_desks(posts, on=date.max).values():
        held = {post.holder.officer} if post.holder is not None else set()
        if officer in {str(each) for each in held | {each.officer for each in post.deputies}}:
            return True
    return False


def id_of(text: str) -> UUID:
    """The id of an officer or post; one that nobody has for a set-up command, which is neither."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
