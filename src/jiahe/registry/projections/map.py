"""When the map is redrawn and what an area became is one area, its residents belong to that area from that day."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from jiahe.journal.values import Change, Recorded, projects
from jiahe.places.queries import followed
from jiahe.places.rules import Followed
from jiahe.registry.models import LifeEvent, Person
from jiahe.registry.projections.residents import events_of, lives, people_of, portions, resettle


@projects(Person)
def residents_follow_area(batch: Sequence[Recorded]) -> list[Change]:
    """Merged and moved areas, after places has redrawn them; after a split somebody must say for each household."""
    return _walk(batch, before=followed(without=_orders(batch)), after=followed())


@projects(Person)
def residents_stay_in_area(batch: Sequence[Recorded]) -> list[Change]:
    """The order is cancelled, before places forgets it: everybody belongs where he belonged."""
    return _walk(batch, before=followed(), after=followed(without=_orders(batch)))


def _orders(batch: Sequence[Recorded]) -> set[UUID]:
    return {entry.id for entry in batch}


def _walk(batch: Sequence[Recorded], *, before: Followed, after: Followed) -> list[Change]:
    """Recomputes those who ever lived where the map changed, in portions."""
    changes: list[Change] = []
    for some in portions(_ever_in({area for entry in batch for area in entry.fact.before}, before, after)):
        people = people_of(some)
        events = events_of(some)
        changes += resettle(people, lives(people.values(), events, before), events, after)
    return changes


def _ever_in(areas: set[str], *maps: Followed) -> set[UUID]:
    """Those whose residence may pass through one of these areas, on either map."""
    reaching = set(areas)
    while True:
        more = {area for map_ in maps for area, steps in map_.items() if any(step[1] in reaching for step in steps)}
        if more <= reaching:
            break
        reaching |= more
    started = Person.objects.filter(Q(home__in=reaching) | Q(start_area__in=reaching)).values_list("id", flat=True)
    passed = LifeEvent.objects.filter(area__in=reaching).values_list("person", flat=True)
    return {*started, *passed}
