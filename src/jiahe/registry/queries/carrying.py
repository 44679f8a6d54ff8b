"""Where a record of the register is kept, and which entries it is made of: for the network, which carries it along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from jiahe.journal import queries as journal
from jiahe.journal.tables import asked, id_of, in_any
from jiahe.registry.facts import Died, LifeEventKind
from jiahe.registry.models import Household, HouseholdPlace, LifeEvent, Membership, Merge, Person
from jiahe.registry.queries.lives import merged_with, portions
from jiahe.registry.rules.merging import Merging, kept_as

_NAMED_BESIDE = in_any((Membership, "person"), (Merge, "kept"), (Merge, "gone"))


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
    his belonging to households; and of each all merges that decide under which record he is kept."""
    found: dict[UUID, set[UUID]] = {record: set() for record in records}
    for some in portions(records):
        under = {one: {one} for one in some}
        for record, person in merged_records(some).items():
            found[record].update(person.merges)
            for each in person.records if person.kept == record else ():
                under.setdefault(each, set()).add(record)
        for people in portions(under):
            said = [(row.record, row.entry) for row in journal.about(people)]
            said += Membership.objects.filter(person__in=people).values_list("person", "entry")
            for one, entry in said:
                for record in under[one]:
                    found[record].add(entry)
        for table in (Membership, HouseholdPlace):
            for entry, household in table.objects.filter(household__in=some).values_list("entry", "household"):
                found[household].add(entry)
    return found


class Merged(NamedTuple):
    """Records that were merged with each other: the one that stays, all of them, and the entries that say so."""

    kept: UUID
    records: frozenset[UUID]
    merges: frozenset[UUID]


def merged_records(records: Collection[UUID]) -> dict[UUID, Merged]:
    """For each of these records that was merged with others, all of that person's; other ids are passed over."""
    _, merges = merged_with(records)
    kept = kept_as(Merging(row.kept, row.gone, row.stamp) for row in merges)
    under: dict[UUID, set[UUID]] = defaultdict(set)
    said: dict[UUID, set[UUID]] = defaultdict(set)
    for row in merges:
        stays = kept.get(row.kept, row.kept)
        under[stays] |= {row.kept, row.gone}
        said[stays].add(row.entry)
    every = {stays: Merged(stays, frozenset(under[stays]), frozenset(said[stays])) for stays in under}
    return {record: every[kept.get(record, record)] for record in records if kept.get(record, record) in every}


def deaths_before_a_move(deaths: Collection[Died]) -> set[Died]:
    """Those of the deaths after which, or on the same day, somebody is said to have come somewhere or to have been
    registered there, as he who had died could not: they say where his record is kept."""
    merged = merged_records({death.person for death in deaths})
    whole = {person: one.records for person, one in merged.items()}
    records = {death.person: whole.get(death.person, {death.person}) for death in deaths}
    last: dict[UUID, date] = {}
    for some in portions({record for several in records.values() for record in several}):
        came = LifeEvent.objects.filter(person__in=some, kind=LifeEventKind.MOVED_IN).values_list("person", "on")
        began = Person.objects.filter(id__in=some).values_list("id", "start_on")
        for person, on in (*came, *began):
            last[person] = max(last.get(person, on), on)
    return {death for death in deaths if any(death.on <= last.get(one, date.min) for one in records[death.person])}


def named_beside(people: Collection[UUID]) -> set[UUID]:
    """Those of these people whom an entry about a household, or about another person, names."""
    return {id_of(who) for some in portions(people) for (who,) in asked(_NAMED_BESIDE, some)}


def residents(areas: Collection[str]) -> Mapping[str, set[UUID]]:
    """The people and households kept in exactly these areas, as ids."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for table in (Person, Household):
        for id_, home in table.objects.filter(home__in=areas).values_list("id", "home"):
            found[home].add(id_)
    return found
