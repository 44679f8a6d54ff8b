"""Likely doubles of the whole register: what the pass reads, and what it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jiahe.registry.models import Distinct, Pair, PersonName
from jiahe.registry.queries.people import PersonRow, described, people
from jiahe.registry.rules.linkage import Features, Reason
from jiahe.staff.scope import Scope

_PORTION = 2_000
_COMPARED = tuple("name_key given_key pinyin surname sex birth_on home identity_number phone mother".split())
"""Columns in the order of the fields of Features."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two records as the scope may see them, how probably they are one person's, and the reasons for and against."""

    left: PersonRow
    right: PersonRow
    probability: float
    reasons: tuple[Reason, ...]


def records(scope: Scope) -> Iterator[tuple[UUID, Features]]:
    """What is compared of every record in the scope that is not merged into another, read in portions and in the order
    in which they lie, columns only: models and any other order would take a multiple of the time."""
    others: dict[UUID, tuple[str, ...]] = {}
    for who, key in PersonName.objects.values_list("person", "name_key").iterator(chunk_size=_PORTION):
        others[who] = (*others.get(who, ()), key)
    rows = people(scope).values_list("id", *_COMPARED).iterator(chunk_size=_PORTION)
    for who, *values, mother in rows:
        compared = (*values, str(mother or ""), others.get(who, ()))
        yield who, Features(*compared)


def pairs(scope: Scope) -> QuerySet[Pair]:
    """Pairs found by the last pass of which the scope covers both, that nobody has merged or found distinct since.

    To be ordered by `-probability`, `left`, `right`.
    """
    low, high = scope.range
    decided = Distinct.objects.filter(left=OuterRef("left"), right=OuterRef("right"))
    sides = [Exists(people(scope).filter(id=OuterRef(side))) for side in ("left", "right")]
    return Pair.objects.filter(*sides, ~Exists(decided), area__gte=low, area__lt=high)


def described_pairs(scope: Scope, rows: Iterable[Pair]) -> list[PairRow]:
    """Rows of `pairs`, masked as the scope demands; a constant number of statements."""
    found = list(rows)
    ids = {who for row in found for who in (row.left, row.right)}
    known = {row.id: row for row in described(scope, people(scope).filter(id__in=ids))}
    return [
        PairRow(known[row.left], known[row.right], row.probability, tuple(map(Reason, row.reasons.split())))
        for row in found
        if row.left in known and row.right in known
    ]


def homes_of(scope: Scope, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Where the records of these people are kept."""
    rest, found = iter(ids), dict[UUID, str]()
    while some := list(islice(rest, _PORTION)):
        found.update(people(scope).filter(id__in=some).values_list("id", "home"))
    return found
