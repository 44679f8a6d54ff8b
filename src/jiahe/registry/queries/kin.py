"""Who is close to whom, as ids: asked before an officer may see or decide something."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from jiahe.registry.models import Person, PersonDocument
from jiahe.registry.queries.lives import records_of
from jiahe.registry.queries.standing import marriage_on


def close_to(identifier: UUID, *, on: date) -> frozenset[UUID]:
    """The person's own records, and those of spouse, parents, children, siblings and all of the household; empty for
    somebody who is not registered."""
    row = Person.objects.filter(id=identifier).first()
    if row is None:
        return frozenset({identifier})
    own = set(records_of(identifier))
    parents = {each for each in (row.mother, row.father) if each is not None}
    family = Q(mother__in=own) | Q(father__in=own) | Q(id__in=parents)
    for parent in parents:
        family |= Q(mother=parent) | Q(father=parent)
    if row.household is not None:
        family |= Q(household=row.household)
    found = own | parents | set(Person.objects.filter(family).values_list("id", flat=True))
    marriage = marriage_on(row, on)
    if marriage is not None and marriage.other is not None:
        found.add(marriage.other)
    return frozenset(found | set(kept_as(found).values()))


def number_ends(identifier: UUID, digits: str) -> bool:
    """Whether a document of the person ends in these signs; at least four of them."""
    if len(digits) < 4:
        return False
    own = list(records_of(identifier))
    begins = digits.upper()[::-1]
    return (
        Person.objects.filter(id__in=own, identity_tail__startswith=begins).exists()
        or PersonDocument.objects.filter(person__in=own, tail__startswith=begins).exists()
    )


def kept_as(identifiers: Collection[UUID]) -> dict[UUID, UUID]:
    """Each record with the one it was merged into, or itself."""
    rows = dict(Person.objects.filter(id__in=identifiers).values_list("id", "merged_into"))
    return {each: rows.get(each) or each for each in identifiers}
