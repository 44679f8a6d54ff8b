"""What happens to households. Who belongs to one on a day follows from these and from the moves of people.

Somebody belongs to one household at a time: settling in one ends belonging to another, and moving in or out or dying
ends it too, unless a later fact settles him again.
"""

from datetime import date
from uuid import UUID

from jiahe.journal.facts import fact
from jiahe.registry.facts.words import HouseholdKind, Member


@fact("registry.HouseholdFormed@1", voidable=True)
class HouseholdFormed:
    """A household begins on the day `on`, with its first members; `parted_from`: what it was split from, if so."""

    household: UUID
    kind: HouseholdKind
    on: date
    area: str
    address: str
    members: tuple[Member, ...]
    parted_from: UUID | None


@fact("registry.MembersSettled@1", voidable=True)
class MembersSettled:
    """From the day `on` these people belong to the household as said: they joined, or are something else to its head.

    `merged` is the household that was merged into this one, if that is why.
    """

    household: UUID
    on: date
    members: tuple[Member, ...]
    merged: UUID | None


@fact("registry.MembersLeft@1", voidable=True)
class MembersLeft:
    """From the day `on` these people belong to no household."""

    household: UUID
    on: date
    people: tuple[UUID, ...]


@fact("registry.HouseholdMoved@1", voidable=True)
class HouseholdMoved:
    """From the day `on` the household is at another address, perhaps in another area."""

    household: UUID
    on: date
    area: str
    address: str


@fact("registry.HouseholdChangeCancelled@1")
class HouseholdChangeCancelled:
    """A change of a household did not happen as recorded; recorded with `voids=` that entry."""

    household: UUID
