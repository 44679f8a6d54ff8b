"""Life events: their rows, and where people live after them."""

from collections.abc import Sequence

from jiahe.journal.tables import insert
from jiahe.journal.values import Change, Recorded, projects
from jiahe.places.queries import followed
from jiahe.registry.facts import Born, Died, LifeEventKind, MovedIn, MovedOut
from jiahe.registry.models import LifeEvent, Person
from jiahe.registry.projections.residents import events_of, lives, people_of, resettle


@projects(LifeEvent, Person)
def life_event(batch: Sequence[Recorded]) -> list[Change]:
    """A birth, death or move: its row, and where the person lives now."""
    rows = [_row(entry) for entry in batch]
    insert(LifeEvent, rows)
    new = {row.entry for row in rows}
    people = people_of({row.person for row in rows})
    events, map_ = events_of(people), followed()
    earlier = {who: [event for event in each if event.entry not in new] for who, each in events.items()}
    return resettle(people, lives(people.values(), earlier, map_), events, map_)


@projects(LifeEvent, Person)
def life_event_undone(batch: Sequence[Recorded]) -> list[Change]:
    """The event was cancelled or erased: as if it had never been."""
    gone = {entry.id for entry in batch}
    people = people_of({entry.fact.person for entry in batch})
    events, map_ = events_of(people), followed()
    before = lives(people.values(), events, map_)
    LifeEvent.objects.filter(entry__in=gone).delete()
    standing = {who: [event for event in each if event.entry not in gone] for who, each in events.items()}
    return resettle(people, before, standing, map_)


def _row(entry: Recorded) -> LifeEvent:
    kind, place = _told(entry.fact)
    return LifeEvent(
        entry=entry.id,
        stamp=entry.stamp,
        person=entry.fact.person,
        kind=kind,
        on=entry.fact.on,
        area=entry.fact.area,
        place=place,
    )


def _told(fact: Born | Died | MovedIn | MovedOut) -> tuple[LifeEventKind, str]:
    match fact:
        case Born():
            return LifeEventKind.BORN, ""
        case Died():
            return LifeEventKind.DIED, ""
        case MovedIn():
            return LifeEventKind.MOVED_IN, fact.origin
        case MovedOut():
            return LifeEventKind.MOVED_OUT, fact.destination
