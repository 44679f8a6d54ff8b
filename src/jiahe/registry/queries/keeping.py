"""What is held on a person, entry by entry, and until when it must be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.registry.definitions import Rule
from jiahe.registry.facts import FoundDistinct, PersonsMerged
from jiahe.registry.models import HouseholdPlace, Membership, Person
from jiahe.registry.queries.lives import records_of, stays_of
from jiahe.registry.queries.people import stored
from jiahe.registry.rules.keeping import must_be_kept
from jiahe.staff.scope import Scope


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is held. `rule` forbids erasing it until the day `until`; date.max: for good, or as long as the
    person lives here; None: it may be erased."""

    entry: Recorded
    rule: Rule | None
    until: date | None


def kept(scope: Scope, person: UUID, rules: Sequence[Rule], *, on: date) -> list[Kept]:
    """All that is held on a person, the newest first. Raises PersonUnknown."""
    return kept_entries(stored(scope, person), rules, on=on)


def kept_entries(row: Person, rules: Sequence[Rule], *, on: date) -> list[Kept]:
    """The same, for this room's own actions."""
    stays = stays_of(row)
    left_on = row.died_on or (stays[-1].to_on if stays else None)
    found = []
    for who in records_of(row.id):
        for entry in journal.history(about=who, limit=100_000):
            if entry.fact is None:
                continue
            kind = entry.kind.partition("@")[0]
            held = must_be_kept(kind, localdate(entry.at), left_on, rules, on=on)
            found.append(Kept(entry, held[0] if held else None, (held[1] or date.max) if held else None))
    return sorted(found, key=lambda each: each.entry.seq, reverse=True)


def entries_of_own_households(row: Person) -> set[UUID]:
    """What was recorded of households to which nobody ever belonged but this person, and people who are no more: it is
    about no person, yet it is his address. For this room's own actions."""
    records = set(records_of(row.id))
    mine = set(Membership.objects.filter(person__in=records).values_list("household", flat=True))
    others = Membership.objects.filter(household__in=mine).exclude(person__in=records)
    standing = Person.objects.filter(id__in=others.values("person")).values("id")
    shared = set(others.filter(person__in=standing).values_list("household", flat=True))
    alone = mine - shared
    places = HouseholdPlace.objects.filter(household__in=alone).values_list("entry", flat=True)
    return {*places, *Membership.objects.filter(household__in=alone).values_list("entry", flat=True)}


def entries_handed_over(row: Person, kept: Sequence[Kept]) -> set[UUID]:
    """What stands cancelled in the record of somebody this person was once merged with, but is his: what the merge took
    of him, and what was recorded under the other's name and then given back. For this room's own actions."""
    own = [each.entry.fact for each in kept]
    found: set[UUID] = set()
    for other in {fact.other for fact in own if isinstance(fact, FoundDistinct)}:
        history = journal.history(about=other, limit=100_000)
        cancelled = {entry.voids for entry in history if entry.voids}
        for entry in history:
            fact = entry.fact
            if entry.id not in cancelled or fact is None:
                continue
            if isinstance(fact, PersonsMerged):
                found |= {entry.id} if fact.gone == row.id else set()
            elif hasattr(fact, "person") and replace(fact, person=row.id) in own:
                found.add(entry.id)
    return found
