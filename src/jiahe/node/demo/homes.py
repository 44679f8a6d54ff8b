"""Who belongs to which household, day after day: what each event of a village does to its households.

Settling in one household ends belonging to another. When a head dies or moves, somebody else becomes the head; now and
then nobody does, which is a trap for the register's steward.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from random import Random
from uuid import UUID

from jiahe.node.demo.addresses import Addresses
from jiahe.node.demo.kinship import after_succession, relation_to
from jiahe.node.demo.people import (
    Birth,
    Change,
    Coming,
    Death,
    Divorce,
    Doubled,
    Event,
    Going,
    Household,
    Leaving,
    Person,
    Settling,
    Wedding,
)
from jiahe.registry.facts import Member, Relation
from jiahe.registry.rules.belonging import relation_of_child

_GROWN = 18
_SUCCESSION = (Relation.SPOUSE, Relation.CHILD)
"""Who becomes the head, the first of these who is grown; else whoever is oldest."""


class Homes:
    """The households of one village while its years pass."""

    def __init__(self, rng: Random, people: Iterable[Person], addresses: Addresses, unattended: float) -> None:
        """`unattended` is the share of heads who die and have no successor named."""
        self._rng, self._addresses, self._unattended = rng, addresses, unattended
        self._people = {person.id: person for person in people}
        self._home: dict[UUID, UUID] = {}
        """The household somebody belongs to, or belonged to before he went."""
        self._members: dict[UUID, dict[UUID, Relation]] = {}
        self._spouses: dict[UUID, UUID] = {}
        self._today = date.min

    def begin(self, households: Iterable[Household], couples: Iterable[tuple[UUID, UUID]]) -> None:
        """The households and couples of the first day."""
        for household in households:
            self._form(household)
        for one, other in couples:
            self._spouses[one], self._spouses[other] = other, one

    def told(self, events: Sequence[Event]) -> list[Event]:
        """The events, in order of their day, each with what it does to households."""
        found: list[Event] = []
        for day, happened in groupby(events, key=lambda event: event.on):
            today, self._today = list(happened), day
            going = {event.person.id for event in today if isinstance(event, Death | Leaving)}
            brides = {event.spouse.id for event in today if isinstance(event, Wedding) and event.spouse}
            found += [event._replace(changes=tuple(self._changes(event, going, brides))) for event in today]
        return found

    def _changes(self, event: Event, going: set[UUID], brides: set[UUID]) -> list[Change]:
        match event:
            case Birth(person=child):
                return self._born(child)
            case Death(person=person):
                return self._gone(event, person, going)
            case Leaving(person=person):
                return self._gone(event, person, going)
            case Coming(person=person, back=True):
                return self._settle(self._home[person.id], person.id)
            case Coming(person=person):
                self._people[person.id] = person
                return [] if person.id in brides else self._arrived(person)
            case Wedding(person=groom, spouse=Person() as bride, home=home):
                return self._wed(groom.id, bride.id, home)
            case Divorce(person=person, spouse=spouse, home=home):
                return self._parted(person.id, spouse.id, home)
            case Wedding() | Doubled():
                return []

    def _born(self, child: Person) -> list[Change]:
        self._people[child.id] = child
        if child.mother is None or (home := self._home.get(child.mother)) is None:
            return []
        return self._settle(home, child.id, relation_of_child(self._members[home].get(child.mother)))

    def _arrived(self, person: Person) -> list[Change]:
        if person.household not in self._members:
            head = (Member(person.id, Relation.HEAD),)
            return [self._form(Household(person.household, self._addresses.another(), head))]
        head_ = self._head(person.household)
        if person.relation is Relation.SPOUSE and head_ is not None:
            self._spouses[person.id], self._spouses[head_] = head_, person.id
        return self._settle(person.household, person.id)

    def _wed(self, groom: UUID, bride: UUID, home: UUID | None) -> list[Change]:
        self._spouses[groom], self._spouses[bride] = bride, groom
        before = self._home[groom]
        if home is None:
            left = self._take_out(bride)
            return [*self._settle(before, bride), *self._without(left, {bride})]
        left = [*self._take_out(groom), *self._take_out(bride)]
        couple = (Member(groom, Relation.HEAD), Member(bride, Relation.SPOUSE))
        formed = self._form(Household(home, self._addresses.another(), couple, before))
        return [formed, *self._without(left, {groom, bride})]

    def _parted(self, person: UUID, spouse: UUID, home: UUID) -> list[Change]:
        self._spouses.pop(person, None)
        self._spouses.pop(spouse, None)
        before = self._home[person]
        if self._home[spouse] != before:
            return []
        left = self._take_out(person)
        alone = (Member(person, Relation.HEAD),)
        formed = self._form(Household(home, self._addresses.another(), alone, before))
        return [formed, *self._without(left, {person})]

    def _gone(self, event: Death | Leaving, person: Person, going: set[UUID]) -> list[Change]:
        left, died = self._take_out(person.id), isinstance(event, Death)
        if died and self._rng.random() < self._unattended:
            changes: list[Change] = [Going(home) for home, _ in left]
        else:
            changes = self._without(left, going | {person.id})
        if died and (widowed := self._spouses.pop(person.id, None)) is not None:
            self._spouses.pop(widowed, None)
        return changes

    def _take_out(self, who: UUID) -> list[tuple[UUID, Relation]]:
        home = self._home.get(who)
        relation = self._members[home].pop(who, None) if home is not None else None
        return [(home, relation)] if home is not None and relation is not None else []

    def _without(self, left: Iterable[tuple[UUID, Relation]], gone: set[UUID]) -> list[Change]:
        """Households after somebody was taken out of them; these are `gone` by the end of the day."""
        changes: list[Change] = []
        for home, relation in left:
            changes.append(Going(home))
            remaining = [who for who in self._members[home] if who not in gone]
            if relation is Relation.HEAD and remaining:
                changes.append(self._succeeded(home, remaining))
        return changes

    def _succeeded(self, home: UUID, remaining: Sequence[UUID]) -> Settling:
        before = dict(self._members[home])
        heir = min(remaining, key=lambda who: self._precedence(who, before[who]))
        was = before[heir]
        now = {heir: Relation.HEAD}
        for who in remaining:
            if who != heir:
                kin = relation_to(heir, who, self._people, self._spouses)
                now[who] = after_succession(kin, was, before[who])
        self._members[home] |= now
        return Settling(home, tuple(Member(who, relation) for who, relation in now.items()))

    def _precedence(self, who: UUID, relation: Relation) -> tuple[bool, int, date, str]:
        born = self._people[who].birth_on
        rank = _SUCCESSION.index(relation) if relation in _SUCCESSION else len(_SUCCESSION)
        return (self._today.year - born.year < _GROWN, rank, born, str(who))

    def _settle(self, home: UUID, who: UUID, relation: Relation | None = None) -> list[Change]:
        head = self._head(home)
        if relation is None:
            if not self._members[home]:
                relation = Relation.HEAD
            elif head is None:
                relation = Relation.OTHER
            else:
                relation = relation_to(head, who, self._people, self._spouses)
        self._members[home][who] = relation
        self._home[who] = home
        return [Settling(home, (Member(who, relation),))]

    def _form(self, household: Household) -> Household:
        self._members[household.id] = {member.person: member.relation for member in household.members}
        self._home |= {member.person: household.id for member in household.members}
        return household

    def _head(self, home: UUID) -> UUID | None:
        return next((who for who, relation in self._members[home].items() if relation is Relation.HEAD), None)
