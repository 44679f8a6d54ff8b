"""When the map is redrawn and an area became one area, its residents and households belong there from that day."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from jiahe.journal.values import Change, Recorded, projects
from jiahe.places.queries import followed
from jiahe.places.rules import Followed
from jiahe.registry.models import Household, HouseholdPlace, LifeEvent, Person
from jiahe.registry.projections.households import place_anew
from jiahe.registry.projections.residents import resettle
from jiahe.registry.queries.lives import around, portions


@projects(Person, Household)
def residents_follow_area(batch: Sequence[Recorded]) -> list[Change]:
    """Merged and moved areas, after places has redrawn them; after a split somebody must say for each household."""
    return _walk(batch, before=followed(without=_orders(batch)), after=followed())


@projects(Person, Household)
def residents_stay_in_area(batch: Sequence[Recorded]) -> list[Change]:
    """The order is cancelled, before places forgets it: everybody belongs where he belonged."""
    return _walk(batch, before=followed(), after=followed(without=_orders(batch)))


def _orders(batch: Sequence[Recorded]) -> set[UUID]:
    return {entry.id for entry in batch}


def _walk(batch: Sequence[Recorded], *, before: Followed, after: Followed) -> list[Change]:
    """Recomputes those who ever lived where the map changed, in portions."""
    reaching = _reaching({area for entry in batch for area in entry.fact.before}, before, after)
    changes: list[Change] = []
    for some in portions(_ever_in(reaching)):
        found = around(some)
        changes += resettle(found.people, found.lives(before), found.lives(after))
    for some in portions(set(HouseholdPlace.objects.filter(area__in=reaching).values_list("household", flat=True))):
        place_anew(some, after)
    return changes


def _reaching(areas: set[str], *maps: Followed) -> set[str]:
    """The areas from which, on either map, one comes to one of these."""
    reaching = set(areas)
    while True:
        more = {area for map_ in maps for area, steps in map_.items() if any(step[1] in reaching for step in steps)}
        if more <= reaching:
            return reaching
        reaching |= more


def _ever_in(areas: set[str]) -> set[UUID]:
    started = Person.objects.filter(Q(home__in=areas) | Q(start_area__in=areas)).values_list("id", flat=True)
    passed = LifeEvent.objects.filter(area__in=areas).values_list("person", flat=True)
    return {*started, *passed}
