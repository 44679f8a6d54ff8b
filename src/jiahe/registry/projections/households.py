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

_COLUMNS = tuple(field.name for field in Household._meta.concrete_fields if field.name != "id")


@projects(Household, HouseholdPlace, Membership, Person)
def household_formed(batch: Sequence[Recorded]) -> list[Change]:
    """A household with its place and first members."""
    household_moved(batch)
    return _settled(batch)


@projects(Household, HouseholdPlace, Membership, Person)
def household_unformed(batch: Sequence[Recorded]) -> list[Change]:
    """There never was this household. What else was said of it stays as it was."""
    household_unmoved(batch)
    return _unsettled(batch)


@projects(Household, HouseholdPlace)
def household_moved(batch: Sequence[Recorded]) -> None:
    """Another address, the first one included."""
    insert(HouseholdPlace, [_place(entry) for entry in batch])
    place_anew({entry.fact.household for entry in batch}, followed())


@projects(Household, HouseholdPlace)
def household_unmoved(batch: Sequence[Recorded]) -> None:
    """It never was there."""
    for some in portions([entry.id for entry in batch]):
        HouseholdPlace.objects.filter(entry__in=some).delete()
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
    """What these households are and where, as the latest of what was said of them, on this map; one that was never
    formed is none (of two beginnings of one, the fault of an origin, the later holds)."""
    said: dict[UUID, list[HouseholdPlace]] = defaultdict(list)
    for some in portions(households):
        for place in HouseholdPlace.objects.filter(household__in=some).order_by("on", "stamp"):
            said[place.household].append(place)
    rows = [row for who in households if (row := _row(said[who], map_)) is not None]
    known = {row.id for row in rows}
    for some in portions([who for who in households if who not in known]):
        Household.objects.filter(id__in=some).delete()
    upsert(Household, rows, key=("id",), update=_COLUMNS)


def _row(said: Sequence[HouseholdPlace], map_: Followed) -> Household | None:
    begun = max((place for place in said if place.kind), key=lambda place: place.stamp, default=None)
    if begun is None:
        return None
    now = said[-1]
    return Household(
        id=begun.household,
        entry=begun.entry,
        kind=begun.kind,
        formed_on=begun.on,
        parted_from=begun.parted_from,
        area=now.area,
        home=area_after(now.area, date.max, map_),
        address=now.address,
        address_key=address_key(now.address),
    )


def _settled(batch: Sequence[Recorded]) -> list[Change]:
    rows = [row for entry in batch for row in _memberships(entry)]
    insert(Membership, rows)
    found = around({row.person for row in rows})
    after = found.lives(followed())
    return resettle(found.people, after, after)  # where people live does not follow from the household


def _unsettled(batch: Sequence[Recorded]) -> list[Change]:
    gone = {entry.id for entry in batch}
    found = around({row.person for entry in batch for row in _memberships(entry)})
    for some in portions(gone):
        Membership.objects.filter(entry__in=some).delete()
    after = found.without(gone).lives(followed())
    return resettle(found.people, after, after)


def _place(entry: Recorded) -> HouseholdPlace:
    return HouseholdPlace(
        entry=entry.id,
        stamp=entry.stamp,
        household=entry.fact.household,
        kind=getattr(entry.fact, "kind", ""),
        parted_from=getattr(entry.fact, "parted_from", None),
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
