"""Life events: their rows, and where people live and belong after them."""

from collections.abc import Sequence
from uuid import UUID

from jiahe.journal.tables import insert
from jiahe.journal.values import Change, Recorded, projects
from jiahe.places.queries import followed
from jiahe.registry.facts import (
    Adopted,
    Born,
    Died,
    Divorced,
    GuardianNamed,
    LifeEventKind,
    Married,
    MovedIn,
    MovedOut,
)
from jiahe.registry.models import LifeEvent, Person
from jiahe.registry.projections.residents import resettle
from jiahe.registry.queries.lives import around

Happened = Born | Died | MovedIn | MovedOut | Married | Divorced | Adopted | GuardianNamed


@projects(LifeEvent, Person)
def life_event(batch: Sequence[Recorded]) -> list[Change]:
    """Something happened: its row, and where the person lives and belongs now."""
    rows = [_row(entry) for entry in batch]
    insert(LifeEvent, rows)
    found, map_ = around({row.person for row in rows}), followed()
    before = found.without({row.entry for row in rows})
    return resettle(found.people, before.lives(map_), found.lives(map_))


@projects(LifeEvent, Person)
def life_event_undone(batch: Sequence[Recorded]) -> list[Change]:
    """The event was cancelled or erased: as if it had never been."""
    gone = {entry.id for entry in batch}
    found, map_ = around({entry.fact.person for entry in batch}), followed()
    LifeEvent.objects.filter(entry__in=gone).delete()
    return resettle(found.people, found.lives(map_), found.without(gone).lives(map_))


def _row(entry: Recorded) -> LifeEvent:
    kind, place, others = _told(entry.fact)
    other, second, *_ = (*others, None, None)
    return LifeEvent(
        entry=entry.id,
        stamp=entry.stamp,
        person=entry.fact.person,
        kind=kind,
        on=entry.fact.on,
        area=entry.fact.area,
        place=place,
        other=other,
        second=second,
    )


def _told(fact: Happened) -> tuple[LifeEventKind, str, tuple[UUID | None, ...]]:
    match fact:
        case Born():
            return LifeEventKind.BORN, "", ()
        case Died():
            return LifeEventKind.DIED, "", ()
        case MovedIn():
            return LifeEventKind.MOVED_IN, fact.origin, ()
        case MovedOut():
            return LifeEventKind.MOVED_OUT, fact.destination, ()
        case Married():
            return LifeEventKind.MARRIED, fact.spouse_name, (fact.spouse,)
        case Divorced():
            return LifeEventKind.DIVORCED, "", (fact.spouse,)
        case Adopted():
            return LifeEventKind.ADOPTED, "", fact.parents
        case GuardianNamed():
            return LifeEventKind.GUARDIAN_NAMED, "", (fact.guardian,)
