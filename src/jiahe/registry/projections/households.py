"""Households: where they are, and who belongs to them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from jiahe.journal.tables import insert, upsert
from jiahe.journal.values import Change, Recorded, projects
from jiahe.places.queries import followed
from jiahe.places.rules import Followed, area_after
from jiahe.registry.facts import HouseholdFormed, MembersLeft, MembersSettled
from jiahe.registry.models import Household, HouseholdPlace, Membership, Person
from jiahe.registry.projections.residents import resettle
from jiahe.registry.queries.lives import around, portions
from jiahe.registry.rules.addresses import address_key

_PLACED = ("area", "home", "address", "address_key")
_FORMED = ("entry", "stamp", "kind", "formed_on", "parted_from")


@projects(Household, HouseholdPlace, Membership, Person)
def household_formed(batch: Sequence[Recorded]) -> list[Change]:
    """A household with its place and first members; of two beginnings of one (an origin's fault) the later holds."""
    rows = {entry.fact.household: _household(entry) for entry in sorted(batch, key=lambda entry: entry.stamp)}
    for some in portions(rows):
        for known, stamp in Household.objects.filter(id__in=some).values_list("id", "stamp"):
            if stamp > rows[known].stamp:
                del rows[known]
    insert(HouseholdPlace, [_place(entry) for entry in batch])
    upsert(Household, list(rows.values()), key=("id",), update=_FORMED)
    place_anew({entry.fact.household for entry in batch}, followed())
    return _settled(batch)


@projects(Household, HouseholdPlace, Membership, Person)
def household_unformed(batch: Sequence[Recorded]) -> list[Change]:
    """There never was this household. What else was said of it stays as it was."""
    gone = [entry.id for entry in batch]
    for some in portions(gone):
        Household.objects.filter(entry__in=some).delete()
        HouseholdPlace.objects.filter(entry__in=some).delete()
    return _unsettled(batch)


@projects(Household, HouseholdPlace)
def household_moved(batch: Sequence[Recorded]) -> None:
    """Another address."""
    insert(HouseholdPlace, [_place(entry) for entry in batch])
    place_anew({entry.fact.household for entry in batch}, followed())


@projects(Household, HouseholdPlace)
def household_unmoved(batch: Sequence[Recorded]) -> None:
    """It never moved so."""
    HouseholdPlace.objects.filter(entry__in=[entry.id for entry in batch]).delete()
    place_anew({entry.fact.household for entry in batch}, followed())


@projects(Membership, Person)
def members_changed(batch: Sequence[Recorded]) -> list[Change]:
    """People joined, left, or are something else to the head."""
    return _settled(batch)


@projects(Membership, Person)
def members_unchanged(batch: Sequence[Recorded]) -> list[Change]:
    """They did not."""
    return _unsettled(batch)


def place_anew(households: Collection[UUID], map_: Followed) -> None:
    """Where these households are now: as the latest of what was said of them, on this map."""
    said: dict[UUID, list[HouseholdPlace]] = defaultdict(list)
    rows: list[Household] = []
    for some in portions(households):
        rows += Household.objects.filter(id__in=some)
        for place in HouseholdPlace.objects.filter(household__in=some).order_by("on", "stamp"):
            said[place.household].append(place)
    for row in rows:
        place = said[row.id][-1]
        row.area, row.address = place.area, place.address
        row.home, row.address_key = area_after(place.area, date.max, map_), address_key(place.address)
    upsert(Household, rows, key=("id",), update=_PLACED)


def _settled(batch: Sequence[Recorded]) -> list[Change]:
    rows = [row for entry in batch for row in _memberships(entry)]
    insert(Membership, rows)
    found, map_ = around({row.person for row in rows}), followed()
    before = found.without({row.entry for row in rows})
    return resettle(found.people, before.lives(map_), found.lives(map_))


def _unsettled(batch: Sequence[Recorded]) -> list[Change]:
    gone = {entry.id for entry in batch}
    found, map_ = around({row.person for entry in batch for row in _memberships(entry)}), followed()
    for some in portions(gone):
        Membership.objects.filter(entry__in=some).delete()
    return resettle(found.people, found.lives(map_), found.without(gone).lives(map_))


def _household(entry: Recorded) -> Household:
    fact: HouseholdFormed = entry.fact
    return Household(
        id=fact.household,
        entry=entry.id,
        stamp=entry.stamp,
        kind=fact.kind,
        formed_on=fact.on,
        parted_from=fact.parted_from,
        area=fact.area,
        home=fact.area,
        address=fact.address,
        address_key=address_key(fact.address),
    )


def _place(entry: Recorded) -> HouseholdPlace:
    return HouseholdPlace(
        entry=entry.id,
        stamp=entry.stamp,
        household=entry.fact.household,
        on=entry.fact.on,
        area=entry.fact.area,
        address=entry.fact.address,
    )


def _memberships(entry: Recorded) -> Iterator[Membership]:
    fact: HouseholdFormed | MembersSettled | MembersLeft = entry.fact
    if isinstance(fact, MembersLeft):
        said = [(person, "") for person in fact.people]
    else:
        said = [(member.person, member.relation.value) for member in fact.members]
    for person, relation in said:
        yield Membership(
            entry=entry.id,
            person=person,
            stamp=entry.stamp,
            household=fact.household,
            on=fact.on,
            relation=relation,
        )
