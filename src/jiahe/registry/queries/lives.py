"""All that decides where people live and which household they belong to, read together and told together.

Merged records count as one person: what is said of either is said of the one that stays.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from jiahe.places.queries import followed
from jiahe.places.rules import Followed
from jiahe.registry.facts import LifeEventKind, Relation
from jiahe.registry.models import LifeEvent, Membership, Merge, Person
from jiahe.registry.rules.belonging import Belonging, Spell, belongs, spells
from jiahe.registry.rules.merging import Merging, kept_as
from jiahe.registry.rules.residence import Event, Residence, Start, Stay, residence

PORTION = 5_000
"""As many ids as one statement may name on every database, with room to spare."""


@dataclass(frozen=True, slots=True)
class Life:
    """Where a person lived and lives, and which household he belongs to now. One merged into another lives nowhere."""

    sex: str
    born_in: int
    stays: tuple[Stay, ...]
    home: str
    area: str | None
    died_on: date | None
    household: UUID | None
    relation: str
    merged_into: UUID | None


@dataclass(frozen=True)
class Around:
    """The rows that decide about some people: themselves, and those whose records were merged with theirs."""

    people: Mapping[UUID, Person]
    events: Sequence[LifeEvent]
    memberships: Sequence[Membership]
    merges: Sequence[Merge]

    def without(self, entries: Collection[UUID]) -> "Around":
        """As it was before, or will be without, what these entries said."""
        return replace(
            self,
            events=[row for row in self.events if row.entry not in entries],
            memberships=[row for row in self.memberships if row.entry not in entries],
            merges=[row for row in self.merges if row.entry not in entries],
        )

    @cached_property
    def kept_as(self) -> Mapping[UUID, UUID]:
        """For each merged record the one that stays."""
        return kept_as(Merging(row.kept, row.gone, row.stamp) for row in self.merges)

    def lives(self, map_: Followed, people: Mapping[UUID, Person] | None = None) -> dict[UUID, Life]:
        """The life of each of these people (of all, if not given), as the rules tell it."""
        rows = self.people if people is None else people
        events, said = _by_person(self.events), _by_person(self.memberships)
        merged = defaultdict(list)
        for gone, kept in self.kept_as.items():
            if kept in rows:
                merged[kept].append(gone)
        return {
            who: self._life(row, [who, *merged[who]], events, said, rows, map_)
            for who, row in rows.items()
            if who is not None
        }

    def _life(
        self,
        row: Person,
        records: Sequence[UUID],
        events: Mapping[UUID, Sequence[LifeEvent]],
        said: Mapping[UUID, Sequence[Membership]],
        rows: Mapping[UUID, Person],
        map_: Followed,
    ) -> Life:
        happened = [_event(each) for who in records for each in events.get(who, ())]
        started = [_start(rows[who]) for who in records[1:] if who in rows]
        lived = residence_of(row, [*happened, *started], map_)
        home = lived.home or row.start_area
        if (kept := self.kept_as.get(row.id)) is not None:
            return Life(row.sex, row.birth_on.year, (), home, None, lived.died_on, None, "", kept)
        belonged = belongs(spells([_belonging(each) for who in records for each in said.get(who, ())], happened))
        household, relation = (belonged.household, belonged.relation.value) if belonged else (None, "")
        return Life(row.sex, row.birth_on.year, lived.stays, home, lived.area, lived.died_on, household, relation, None)


def around(ids: Collection[UUID]) -> Around:
    """What decides about these people; reads every record that was merged with one of theirs."""
    everyone, merges = merged_with(ids)
    people: dict[UUID, Person] = {}
    events: list[LifeEvent] = []
    memberships: list[Membership] = []
    for some in portions(everyone):
        people |= {row.id: row for row in Person.objects.filter(id__in=some)}
        events += LifeEvent.objects.filter(person__in=some)
        memberships += Membership.objects.filter(person__in=some)
    return Around(people, events, memberships, merges)


def portions(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """The ids in lists that fit into one statement."""
    everyone = list(ids)
    for start in range(0, len(everyone), PORTION):
        yield everyone[start : start + PORTION]


def everybody() -> Iterator[tuple[Person, Life]]:
    """Everybody of the register with his life, in portions of the table; reads all of it."""
    map_, after = followed(), None
    rows = Person.objects.order_by("id")
    while portion := list((rows.filter(id__gt=after) if after else rows)[:PORTION]):
        found = around([row.id for row in portion]).lives(map_)
        yield from ((row, found[row.id]) for row in portion)
        after = portion[-1].id


def residence_of(row: Person, events: Sequence[Event], map_: Followed) -> Residence:
    """The person's residence after these events, as the rules tell it."""
    return residence(Start(row.start_area, row.start_on, row.stamp), events, map_)


def stays_of(row: Person) -> tuple[Stay, ...]:
    """All stays of one person, for this room."""
    return around([row.id]).lives(followed())[row.id].stays


def spells_of(row: Person) -> tuple[Spell, ...]:
    """All households one person belonged to, for this room."""
    found = around([row.id])
    records = {row.id, *(gone for gone, kept in found.kept_as.items() if kept == row.id)}
    said = [_belonging(each) for each in found.memberships if each.person in records]
    return spells(said, [_event(each) for each in found.events if each.person in records])


def records_of(who: UUID) -> list[UUID]:
    """The ids under which something may have been said of this person: his own first, then those merged into it."""
    _, merges = merged_with([who])
    found = kept_as(Merging(row.kept, row.gone, row.stamp) for row in merges)
    return [who, *sorted(gone for gone, kept in found.items() if kept == who)]


def merged_with(ids: Collection[UUID]) -> tuple[set[UUID], list[Merge]]:
    """These records and all that hang together with one of them by merges; and these merges."""
    everyone = reach = set(ids)
    merges: dict[UUID, Merge] = {}
    while reach:
        found = [
            row
            for some in portions(reach)
            for row in Merge.objects.filter(Q(kept__in=some) | Q(gone__in=some))
            if row.entry not in merges
        ]
        merges |= {row.entry: row for row in found}
        reach = {who for row in found for who in (row.kept, row.gone)} - everyone
        everyone |= reach
    return everyone, list(merges.values())


def _by_person(rows: Iterable[LifeEvent | Membership]) -> dict[UUID, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for row in rows:
        found[row.person].append(row)
    return found


def _event(row: LifeEvent) -> Event:
    return Event(LifeEventKind(row.kind), row.area, row.on, row.stamp, row.place)


def _start(row: Person) -> Event:
    """Where a merged record began is, for the one that stays, where he lived from that day on."""
    return Event(LifeEventKind.MOVED_IN, row.start_area, row.start_on, row.stamp, registered=True)


def _belonging(row: Membership) -> Belonging:
    return Belonging(row.household, Relation(row.relation) if row.relation else None, row.on, row.stamp)
