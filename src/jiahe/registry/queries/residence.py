"""Where people lived, told again from the rows: what the counted residents must equal."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from jiahe.places.queries import followed
from jiahe.places.rules import Followed
from jiahe.registry.facts import LifeEventKind
from jiahe.registry.models import LifeEvent, Person
from jiahe.registry.rules.residence import Event, Residence, Start, Stay, lived_on, residence


def told(person: Person, events: Sequence[LifeEvent], map_: Followed) -> Residence:
    """The person's residence, as the rules tell it."""
    start = Start(person.start_area, person.start_on, person.stamp)
    return residence(start, [Event(LifeEventKind(each.kind), each.area, each.on, each.stamp) for each in events], map_)


def stays_of(person: Person) -> tuple[Stay, ...]:
    """All stays of one person, for this room."""
    return told(person, list(LifeEvent.objects.filter(person=person.id)), followed()).stays


def residents_by_area(on: date) -> Counter[tuple[str, str]]:
    """How many live in each (area, sex) at the end of a day: counted one by one, for checking the counts by hand."""
    found: Counter[tuple[str, str]] = Counter()
    for (area, sex, _), n in residents_by_birth(on).items():
        found[area, sex] += n
    return found


def residents_by_birth(on: date) -> Counter[tuple[str, str, int]]:
    """How many live in each (area, sex, year of birth) at the end of a day, counted one by one.

    Reads the whole register; the board reads the counts.
    """
    map_ = followed()
    events: dict[UUID, list[LifeEvent]] = defaultdict(list)
    for event in LifeEvent.objects.iterator(chunk_size=5_000):
        events[event.person].append(event)
    found: Counter[tuple[str, str, int]] = Counter()
    for person in Person.objects.iterator(chunk_size=5_000):
        area = lived_on(on, told(person, events.get(person.id, ()), map_).stays)
        if area is not None:
            found[area, person.sex, person.birth_on.year] += 1
    return found
