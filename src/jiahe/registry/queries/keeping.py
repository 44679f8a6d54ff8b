"""What is held on a person, entry by entry, and until when it must be."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.registry.definitions import Rule
from jiahe.registry.facts import FoundDistinct, HouseholdChangeCancelled, HouseholdFormed, PersonsMerged
from jiahe.registry.models import HouseholdPlace, Membership, Person, TakenBack
from jiahe.registry.queries.lives import portions, records_of, stays_of
from jiahe.registry.queries.people import stored
from jiahe.registry.rules.keeping import NEVER_HERE, must_be_kept
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
    return _judged(journal.histories(about=records_of(row.id)), left_on, rules, on=on)


def kept_of_taken_back(people: Collection[UUID], rules: Sequence[Rule], *, on: date) -> list[Kept]:
    """The same of people whose registrations were taken back, for this room's own actions."""
    entries = [entry for some in portions(people) for entry in journal.histories(about=some)]
    return _judged(entries, NEVER_HERE, rules, on=on)


def _judged(entries: Iterable[Recorded], left_on: date | None, rules: Sequence[Rule], *, on: date) -> list[Kept]:
    found = []
    for entry in entries:
        if entry.fact is None:
            continue
        held = must_be_kept(entry.kind.partition("@")[0], localdate(entry.at), left_on, rules, on=on)
        found.append(Kept(entry, held[0] if held else None, (held[1] or date.max) if held else None))
    return found


def entries_of_own_households(records: Collection[UUID], formed: Collection[UUID] = ()) -> set[UUID]:
    """What was recorded of households to which nobody ever belonged but the person of these records, and people who are
    no more: it is about no person, yet it is his address. For this room's own actions.

    `formed` are households of his that the tables do not tell of any more.
    """
    mine = set(Membership.objects.filter(person__in=records).values_list("household", flat=True)) | set(formed)
    others = Membership.objects.filter(household__in=mine).exclude(person__in=records)
    standing = Person.objects.filter(id__in=others.values("person")).values("id")
    shared = set(others.filter(person__in=standing).values_list("household", flat=True))
    alone = mine - shared
    places = HouseholdPlace.objects.filter(household__in=alone).values_list("entry", flat=True)
    return {*places, *Membership.objects.filter(household__in=alone).values_list("entry", flat=True)}


class House(NamedTuple):
    """A household that was taken back with its members: the entries that formed and cancelled it, and one of them."""

    entries: tuple[UUID, UUID]
    household: UUID
    member: UUID


def houses_taken_back(rows: Collection[TakenBack]) -> list[House]:
    """The households that were taken back together with these registrations. For this room's own actions."""
    people = {row.person for row in rows}
    acts = {(row.at_ms, row.officer, row.post): row.entry for row in rows}
    cancelled = {
        each.voids: each.id
        for entry in acts.values()
        for each in journal.recorded_with(entry)
        if isinstance(each.fact, HouseholdChangeCancelled) and each.voids
    }
    formed = [said for some in portions(cancelled) for said in journal.entries(some).values()]
    return [
        House((said.id, cancelled[said.id]), said.fact.household, who)
        for said in formed
        if isinstance(said.fact, HouseholdFormed)
        for who in [member.person for member in said.fact.members if member.person in people][:1]
    ]


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
