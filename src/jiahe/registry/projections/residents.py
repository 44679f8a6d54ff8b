"""Who lived where, before and after: the difference goes to the counts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from jiahe.journal.tables import upsert
from jiahe.journal.values import Change
from jiahe.places.rules import Followed
from jiahe.registry.models import LifeEvent, Person
from jiahe.registry.queries.residence import told
from jiahe.registry.rules.residence import Stay

RESIDENTS = "residents"
"""The state measure: people living in an area at the end of a day, by sex."""

RESIDENTS_BY_BIRTH = "residents_by_birth"
"""The same people by sex and year of birth, as in "female.1987": from it follow the ages on any day."""

PORTION = 5_000
"""As many ids as one statement may name on every database, with room to spare."""

Events = Mapping[UUID, Sequence[LifeEvent]]
Lives = Mapping[UUID, tuple[str, Sequence[Stay]]]
"""For each person the sex and year of birth, as they are counted ("female.1987"), and the stays."""


def portions(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """The ids in lists that fit into one statement."""
    everyone = list(ids)
    for start in range(0, len(everyone), PORTION):
        yield everyone[start : start + PORTION]


def people_of(ids: Collection[UUID]) -> dict[UUID, Person]:
    """The rows of those who are registered, by id."""
    return {person.id: person for some in portions(ids) for person in Person.objects.filter(id__in=some)}


def events_of(ids: Collection[UUID]) -> Events:
    """Their life events that stand, by person."""
    found = defaultdict(list)
    for some in portions(ids):
        for event in LifeEvent.objects.filter(person__in=some):
            found[event.person].append(event)
    return found


def counted_as(person: Person) -> str:
    """The stratum in which the person is counted: sex and year of birth."""
    return f"{person.sex}.{person.birth_on.year}"


def settle(person: Person, events: Sequence[LifeEvent], map_: Followed) -> tuple[str, Sequence[Stay]]:
    """Sets where the person lives, where his record is kept and when he died; gives what he counts as, and stays."""
    found = told(person, events, map_)
    person.home, person.area, person.died_on = found.home or person.start_area, found.area, found.died_on
    return counted_as(person), found.stays


def lives(people: Iterable[Person], events: Events, map_: Followed) -> Lives:
    """What each counts as, and his stays, without changing anything."""
    return {person.id: (counted_as(person), told(person, events.get(person.id, ()), map_).stays) for person in people}


def resettle(people: Mapping[UUID, Person], before: Lives, events: Events, map_: Followed) -> list[Change]:
    """Brings the residence of these rows up to date."""
    after, moved = {}, []
    for who, person in people.items():
        was = (person.home, person.area, person.died_on)
        after[who] = settle(person, events.get(who, ()), map_)
        if was != (person.home, person.area, person.died_on):
            moved.append(person)
    upsert(Person, moved, key=("id",), update=("home", "area", "died_on"))
    return difference(before, after)


def difference(before: Lives, after: Lives) -> list[Change]:
    """What to add to the residents, by sex and by birth, so that the counts of `before` become those of `after`."""
    tally: Counter[tuple[str, str, date, str]] = Counter()
    for sign, told_lives in ((-1, before), (1, after)):
        for stratum, found in told_lives.values():
            for stay in found:
                for measure, part in ((RESIDENTS, stratum.partition(".")[0]), (RESIDENTS_BY_BIRTH, stratum)):
                    tally[measure, stay.area, stay.from_on, part] += sign
                    if stay.to_on is not None:
                        tally[measure, stay.area, stay.to_on, part] -= sign
    return [Change(*key, n) for key, n in tally.items() if n]
