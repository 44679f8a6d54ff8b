"""Where a record of the register is kept, and which entries it is made of: for the network, which carries it along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from jiahe.journal import queries as journal
from jiahe.registry.models import Household, HouseholdPlace, Membership, Merge, Person
from jiahe.registry.queries.lives import portions


def record_areas(records: Collection[UUID]) -> dict[UUID, set[str]]:
    """In which areas the people and households of these ids are kept. Whoever was merged into another is kept with him
    too; other ids are passed over."""
    found: dict[UUID, set[str]] = defaultdict(set)
    into: dict[UUID, UUID] = {}
    for some in portions(records):
        for id_, home, kept in Person.objects.filter(id__in=some).values_list("id", "home", "merged_into"):
            found[id_].add(home)
            if kept is not None:
                into[id_] = kept
        for id_, home in Household.objects.filter(id__in=some).values_list("id", "home"):
            found[id_].add(home)
    if into:
        for id_, areas in record_areas(set(into.values()) - into.keys()).items():
            for gone in (gone for gone, kept in into.items() if kept == id_):
                found[gone] |= areas
    return dict(found)


def entries_of_records(records: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The ids of all entries that speak of these people and households: of a person with those merged into him, and of
    his belonging to households."""
    found: dict[UUID, set[UUID]] = {record: set() for record in records}
    for some in portions(records):
        under = {one: one for one in some}
        merges = Merge.objects.filter(Q(kept__in=some) | Q(gone__in=some))
        for entry, kept, gone in merges.values_list("entry", "kept", "gone"):
            under.setdefault(gone, kept)
            for each in {kept, gone} & found.keys():
                found[each].add(entry)
        for said in journal.about(list(under)):
            found[under[said.record]].add(said.entry)
        for entry, person in Membership.objects.filter(person__in=some).values_list("entry", "person"):
            found[person].add(entry)
        for table in (Membership, HouseholdPlace):
            for entry, household in table.objects.filter(household__in=some).values_list("entry", "household"):
                found[household].add(entry)
    return found


def named_beside(people: Collection[UUID]) -> set[UUID]:
    """Those of these people whom an entry about a household, or about another person, names."""
    found: set[UUID] = set()
    for some in portions(people):
        belonging = Membership.objects.filter(person__in=some).order_by().values_list("person")
        kept = Merge.objects.filter(kept__in=some).order_by().values_list("kept")
        gone = Merge.objects.filter(gone__in=some).order_by().values_list("gone")
        found.update(who for (who,) in belonging.union(kept, gone))
    return found


def residents(areas: Collection[str]) -> Mapping[str, set[UUID]]:
    """The people and households kept in exactly these areas, as ids."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for table in (Person, Household):
        for id_, home in table.objects.filter(home__in=areas).values_list("id", "home"):
            found[home].add(id_)
    return found
