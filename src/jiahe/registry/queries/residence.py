"""Where people lived, told again from the rows: what the counted residents must equal."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from jiahe.registry.facts import LifeEventKind
from jiahe.registry.models import AreaFollowed, LifeEvent, Person
from jiahe.registry.rules.residence import Event, Followed, Residence, Start, Stay, lived_on, residence

# plain SQL: it is asked at every registration, and to compile the query costs more than to run it
_FOLLOWED = f'SELECT area, "on", successor FROM {AreaFollowed._meta.db_table} ORDER BY "on", entry'  # noqa: S608


def map_followed() -> Followed:
    """All redrawings of the map that residents follow; a few hundred rows in a county's history."""
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED)
        for area, on, successor in cursor.fetchall():
            found[area].append((on if isinstance(on, date) else date.fromisoformat(on), successor))
    return {area: tuple(steps) for area, steps in found.items()}


def told(person: Person, events: Sequence[LifeEvent], map_: Followed) -> Residence:
    """The person's residence, as the rules tell it."""
    start = Start(person.start_area, person.start_on, person.stamp)
    return residence(start, [Event(LifeEventKind(each.kind), each.area, each.on, each.stamp) for each in events], map_)


def stays_of(person: Person) -> tuple[Stay, ...]:
    """All stays of one person, for this room."""
    return told(person, list(LifeEvent.objects.filter(person=person.id)), map_followed()).stays


def residents_by_area(on: date) -> Counter[tuple[str, str]]:
    """How many live in each (area, sex) at the end of a day: counted one by one, for checking the counts by hand.

    Reads the whole register; the board reads the counts.
    """
    map_ = map_followed()
    events: dict[UUID, list[LifeEvent]] = defaultdict(list)
    for event in LifeEvent.objects.iterator(chunk_size=5_000):
        events[event.person].append(event)
    found: Counter[tuple[str, str]] = Counter()
    for person in Person.objects.iterator(chunk_size=5_000):
        area = lived_on(on, told(person, events.get(person.id, ()), map_).stays)
        if area is not None:
            found[area, person.sex] += 1
    return found
