"""Households, as those who may see them see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jiahe.basis.areas import within
from jiahe.basis.privacy import Privacy
from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.registry.facts import HouseholdKind, Relation
from jiahe.registry.models import Household, HouseholdPlace, Membership, Person
from jiahe.registry.problems import HouseholdUnknown
from jiahe.registry.queries.lives import spells_of
from jiahe.registry.queries.people import HIDDEN, PersonRow, described, people
from jiahe.staff.scope import Scope

ORDER = tuple(Relation)
"""Members are told in the order of the vocabulary: the head first."""


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household as the scope may see it; `address` is masked for who may not know how to reach people."""

    id: UUID
    kind: HouseholdKind
    formed_on: date
    parted_from: UUID | None
    home: str
    address: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in a household from a day up to, not including, another (None: still)."""

    person: PersonRow
    relation: Relation
    from_on: date
    to_on: date | None


def households(scope: Scope, area: str = "") -> QuerySet[Household]:
    """The households in `area` (all of the scope if empty) to which somebody belongs."""
    low, high = within(area)
    members = Person.objects.filter(household=OuterRef("id"))
    return _in_scope(scope).filter(Exists(members), home__gte=low, home__lt=high)


def household(scope: Scope, identifier: UUID) -> HouseholdRow:
    """One household. Raises HouseholdUnknown, also for one outside the scope."""
    row = _in_scope(scope).filter(id=identifier).first()
    if row is None:
        raise HouseholdUnknown()
    return described_households(scope, [row])[0]


def described_households(scope: Scope, rows: Iterable[Household]) -> list[HouseholdRow]:
    """Rows of `households`, masked as the scope demands."""
    reach = scope.sees(Privacy.CONTACT)
    return [
        HouseholdRow(
            row.id,
            HouseholdKind(row.kind),
            row.formed_on,
            row.parted_from,
            row.home,
            row.address if reach or not row.address else HIDDEN,
        )
        for row in rows
    ]


def members(scope: Scope, ids: Sequence[UUID]) -> Mapping[UUID, list[tuple[PersonRow, Relation]]]:
    """Who belongs to these households now and is in the scope, the head first; two queries for all."""
    rows = list(people(scope).filter(household__in=ids))
    relations = {row.id: (row.household, Relation(row.relation)) for row in rows}
    found: dict[UUID, list[tuple[PersonRow, Relation]]] = defaultdict(list)
    for row in described(scope, rows):
        house, relation = relations[row.id]
        if house is not None:
            found[house].append((row, relation))
    for each in found.values():
        each.sort(key=lambda pair: (ORDER.index(pair[1]), pair[0].birth_on or date.max))
    return found


def members_ever(scope: Scope, identifier: UUID) -> list[MemberRow]:
    """Everybody in the scope who ever belonged to the household, those who still do first. Raises HouseholdUnknown."""
    household(scope, identifier)
    ids = set(Membership.objects.filter(household=identifier).values_list("person", flat=True))
    rows = list(people(scope).filter(id__in=ids))
    shown = {row.id: row for row in described(scope, rows)}
    found = [
        MemberRow(shown[row.id], spell.relation, spell.from_on, spell.to_on)
        for row in rows
        for spell in spells_of(row)
        if spell.household == identifier
    ]
    return sorted(found, key=lambda each: (each.to_on is not None, ORDER.index(each.relation), each.from_on))


def household_history(scope: Scope, identifier: UUID) -> list[Recorded]:
    """What was recorded of the household and stands, the newest first. Raises HouseholdUnknown."""
    household(scope, identifier)
    places = HouseholdPlace.objects.filter(household=identifier).values_list("entry", flat=True)
    moves = Membership.objects.filter(household=identifier).values_list("entry", flat=True)
    found = [entry for id_ in {*places, *moves} if (entry := journal.entry(id_)) is not None]
    return sorted(found, key=lambda entry: entry.seq, reverse=True)


def headless(scope: Scope, area: str = "") -> QuerySet[Household]:
    """Households of the area whose head died, moved away or left, and nobody was named since. Looks at each of them:
    for a village or a township."""
    heads = Person.objects.filter(household=OuterRef("id"), relation=Relation.HEAD)
    return households(scope, area).exclude(Exists(heads))


def _in_scope(scope: Scope) -> QuerySet[Household]:
    low, high = scope.range
    return Household.objects.filter(home__gte=low, home__lt=high)
