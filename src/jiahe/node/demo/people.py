"""What the generator gives: people and what happens to them, as frozen values. They know nothing of facts or tables."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from jiahe.node.demo.household import Role
from jiahe.node.demo.villages import Village


class Person(NamedTuple):
    """Somebody who never was. `surname` is empty for a name with a dot; `number` and `phone` are invented, or none."""

    id: UUID
    surname: str
    given: str
    man: bool
    birth_on: date
    number: str | None
    phone: str | None
    village: str
    household: UUID
    """Id of the person who heads the household."""
    role: Role
    mother: UUID | None
    father: UUID | None

    @property
    def name(self) -> str:
        """The name as it is written."""
        return self.surname + self.given


class Birth(NamedTuple):
    """`person` is born on the day `on`, a child of `person.mother`."""

    on: date
    person: Person


class Death(NamedTuple):
    """`person` dies on the day `on`."""

    on: date
    person: Person


class Leaving(NamedTuple):
    """`person` goes to live in the area `place` on the day `on`."""

    on: date
    person: Person
    place: str


class Coming(NamedTuple):
    """`person` comes to live in his village from the area `place` on the day `on`; `back` if he lived there before."""

    on: date
    person: Person
    place: str
    back: bool


Event = Birth | Death | Leaving | Coming


class VillageLife(NamedTuple):
    """One village: who lived there on the first day, and everything that happened since, in order of its day."""

    village: Village
    people: list[Person]
    events: list[Event]
