"""When the map is redrawn and what an area became is one area, its residents belong to that area from that day."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Q

from jiahe.journal.tables import insert
from jiahe.journal.values import Change, Recorded, projects
from jiahe.registry.models import AreaFollowed, LifeEvent, Person
from jiahe.registry.projections.residents import events_of, lives, people_of, portions, resettle
from jiahe.registry.queries.residence import map_followed
from jiahe.registry.rules.residence import Followed


@projects(AreaFollowed, Person)
def residents_follow_area(batch: Sequence[Recorded]) -> list[Change]:
    """Merged and moved areas; after a split somebody must say for each household where it belongs."""
    rows = [row for entry in batch for row in _rows(entry)]
    before = map_followed()
    insert(AreaFollowed, rows)
    return _walk(rows, before, map_followed())


@projects(AreaFollowed, Person)
def residents_stay_in_area(batch: Sequence[Recorded]) -> list[Change]:
    """The order was cancelled: everybody belongs where he belonged."""
    rows = [row for entry in batch for row in _rows(entry)]
    before = map_followed()
    AreaFollowed.objects.filter(entry__in=[entry.id for entry in batch]).delete()
    return _walk(rows, before, map_followed())


def _rows(entry: Recorded) -> Iterator[AreaFollowed]:
    became = [*entry.fact.kept, *(area.code for area in entry.fact.opened)]
    if len(became) == 1:
        for area in entry.fact.before:
            if area != became[0]:
                yield AreaFollowed(entry=entry.id, area=area, on=entry.fact.on, successor=became[0])


def _walk(rows: Sequence[AreaFollowed], before: Followed, after: Followed) -> list[Change]:
    """Recomputes those who ever lived where the map changed, in portions."""
    changes: list[Change] = []
    for some in portions(_ever_in({row.area for row in rows}, before, after)):
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
