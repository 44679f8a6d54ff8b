"""What the generator gives: people and what happens to them, as frozen values. They know the register's words for what
people are to each other, and nothing of its facts or tables."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from jiahe.node.demo.villages import Village
from jiahe.registry.facts import Certainty, Member, Relation


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
    """The household he belonged to when he was registered."""
    relation: Relation
    mother: UUID | None
    father: UUID | None
    certainty: Certainty = Certainty.DAY
    registered_area: str = ""
    """Where his household registration is kept, in words; empty for here."""
    alias: str = ""

    @property
    def name(self) -> str:
        """The name as it is written."""
        return self.surname + self.given


class Household(NamedTuple):
    """A household that begins, with its first members; `parted_from` is the one it was split from, if so."""

    id: UUID
    address: str
    members: tuple[Member, ...]
    parted_from: UUID | None = None


class Settling(NamedTuple):
    """These people belong to the household as said: they joined it, or are something else to its head now."""

    household: UUID
    members: tuple[Member, ...]


class Going(NamedTuple):
    """Somebody belongs to the household no more, because he died or moved."""

    household: UUID


Change = Household | Settling | Going
"""What an event does to a household; written down in one act with the event."""


class Birth(NamedTuple):
    """`person` is born on the day `on`, a child of `person.mother`."""

    on: date
    person: Person
    changes: tuple[Change, ...] = ()


class Death(NamedTuple):
    """`person` dies on the day `on`."""

    on: date
    person: Person
    changes: tuple[Change, ...] = ()


class Leaving(NamedTuple):
    """`person` goes to live in the area `place` on the day `on`."""

    on: date
    person: Person
    place: str
    changes: tuple[Change, ...] = ()


class Coming(NamedTuple):
    """`person` comes to live in his village from the area `place` on the day `on`; `back` if he lived there before."""

    on: date
    person: Person
    place: str
    back: bool
    changes: tuple[Change, ...] = ()


class Wedding(NamedTuple):
    """`person` marries `spouse`, or somebody from elsewhere called `spouse_name`; `home` is the id of the household
    they form, if they form one of their own."""

    on: date
    person: Person
    spouse: Person | None
    spouse_name: str
    home: UUID | None
    changes: tuple[Change, ...] = ()


class Divorce(NamedTuple):
    """The marriage of `person` and `spouse` ends; `person` moves out, into the new household `home`."""

    on: date
    person: Person
    spouse: Person
    home: UUID
    changes: tuple[Change, ...] = ()


class Doubled(NamedTuple):
    """A trap for the register's steward: `person` is somebody registered already, entered once more with a flaw."""

    on: date
    person: Person
    changes: tuple[Change, ...] = ()


Event = Birth | Death | Leaving | Coming | Wedding | Divorce | Doubled


class FormerName(NamedTuple):
    """What `person` was called before the day `until`."""

    person: Person
    given: str
    until: date


class SecondPhone(NamedTuple):
    """Another number under which `person` is reached; `whose` it is, empty for his own."""

    person: Person
    number: str
    whose: str


class Passport(NamedTuple):
    """A passport of `person`, valid from `since` up to, not including, `until`."""

    person: Person
    number: str
    since: date
    until: date


Particular = FormerName | SecondPhone | Passport


class VillageLife(NamedTuple):
    """One village: who lived there on the first day, how, and everything that happened since, in order of its day."""

    village: Village
    people: list[Person]
    households: list[Household]
    particulars: list[Particular]
    events: list[Event]
