"""What others may read about places. Areas and facilities are public knowledge, so nothing here asks for a scope.

Every answer is about one day, `on`. Each function costs a constant number of queries, whatever the number of areas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from jiahe.basis.areas import lies_in
from jiahe.basis.areas import within as within_range
from jiahe.basis.languages import Text
from jiahe.journal.remembered import Remembered
from jiahe.places.facts import FacilityKind, Level, Redrawing
from jiahe.places.models import AreaChange, FacilityChange, Succession
from jiahe.places.problems import AreaClosed, AreaNotYetOpen, UnknownArea, UnknownFacility
from jiahe.places.rules import (
    ALWAYS,
    Followed,
    Turn,
    What,
    area_after,
    level_of,
    life,
    parent_of,
    path_of,
    successors,
)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area as it was on the day asked for. `opened_on` is None for one older than our records."""

    code: str
    level: Level
    parent: str
    name: Text
    opened_on: date | None
    closed_on: date | None
    official: str

    def open_on(self, day: date) -> bool:
        """Whether the area exists on that day."""
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or day < self.closed_on)


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A facility as it was on the day asked for."""

    id: UUID
    kind: FacilityKind
    area: str
    name: Text
    opened_on: date
    closed_on: date | None

    def open_on(self, day: date) -> bool:
        """Whether the facility works on that day."""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


@dataclass(frozen=True, slots=True)
class AreaEvent:
    """One line in the history of an area. `others` are the codes it gave way to (`successor`), or came from."""

    on: date | None
    what: What | Redrawing
    name: Text | None
    official: str
    others: tuple[str, ...]
    successor: bool
    order: str
    entry: UUID


_remembered = Remembered("places", most=2_000)
"""Areas are asked for by every form and change a few times in a year."""


def area(code: str, *, on: date) -> AreaRow:
    """The area with its name on that day, also when it does not exist on it. Raises UnknownArea."""
    found = _remembered.get((code, on), lambda: _areas(AreaChange.objects.filter(code=code), on))
    if not found:
        raise UnknownArea(area=code)
    return found[0]


def require_open(code: str, *, on: date) -> AreaRow:
    """The area, which exists on that day. Raises UnknownArea, AreaNotYetOpen, AreaClosed."""
    row = area(code, on=on)
    if row.opened_on is not None and on < row.opened_on:
        raise AreaNotYetOpen(area=code, name=row.name, on=on, opened_on=row.opened_on)
    if row.closed_on is not None and row.closed_on <= on:
        raise AreaClosed(area=code, name=row.name, on=on, closed_on=row.closed_on)
    return row


def areas(*, within: str = "", level: Level | None = None, on: date) -> list[AreaRow]:
    """The areas that exist on that day in `within` (itself included), in the order of their codes."""

    def find() -> tuple[AreaRow, ...]:
        low, high = within_range(within)
        rows = AreaChange.objects.filter(code__gte=low, code__lt=high)
        return tuple(_existing(rows.filter(level=level) if level else rows, on))

    return list(_remembered.get((within, level, on), find))


def named(codes: Iterable[str], *, on: date) -> dict[str, AreaRow]:
    """Those of `codes` that are known, by code, with their names on that day, whether or not they exist on it."""
    return {row.code: row for row in _areas(AreaChange.objects.filter(code__in=set(codes)), on)}


def children(code: str, *, on: date) -> list[AreaRow]:
    """The areas directly inside `code` that exist on that day; the provinces for the empty code."""
    return _existing(AreaChange.objects.filter(parent=code), on)


def child_counts(codes: Collection[str], *, on: date) -> dict[str, int]:
    """How many areas lie directly inside each of `codes` on that day."""
    counts = dict.fromkeys(codes, 0)
    for row in _existing(AreaChange.objects.filter(parent__in=codes), on):
        counts[row.parent] += 1
    return counts


def path(code: str, *, on: date) -> list[AreaRow]:
    """The areas from the province down to `code`, as far as they are known."""
    return _areas(AreaChange.objects.filter(code__in=path_of(code)), on)


def find(words: str, *, within: str = "", on: date, limit: int = 30) -> list[AreaRow]:
    """The areas existing on that day whose code or present or former name contains `words`."""
    low, high = within_range(within)
    named_so = Q(zh_hans__icontains=words) | Q(zh_hant__icontains=words) | Q(en__icontains=words)
    hits = AreaChange.objects.filter(
        named_so | Q(official__icontains=words) | Q(code=words), code__gte=low, code__lt=high
    )
    codes = hits.order_by("code").values_list("code", flat=True).distinct()[:limit]
    return _existing(AreaChange.objects.filter(code__in=list(codes)), on)


def used_codes(parent: str) -> set[str]:
    """Every code ever given directly inside `parent`."""
    return set(AreaChange.objects.filter(parent=parent).values_list("code", flat=True))


def present(codes: Collection[str], *, on: date) -> dict[str, tuple[str, ...]]:
    """For each code the areas that are there on that day: itself, or what followed it through moves, splits, mergers.

    So records under an old code can be shown as the map is now; an area closed without a successor gives ().
    """
    links: dict[str, list[str]] = defaultdict(list)
    for old, new in _links(codes, on):
        links[old].append(new)
    concerned = {*codes, *(new for followers in links.values() for new in followers)}
    still_open = {row.code for row in _existing(AreaChange.objects.filter(code__in=concerned), on)}
    return {code: successors(code, links, still_open) for code in codes}


def followed(*, without: Collection[UUID] = ()) -> Followed:
    """All moves and mergers of areas, for whatever belongs to an area; a few hundred rows in a country's history.

    A split leads nowhere by itself: somebody must say for each thing where it belongs. `without`: as if these orders
    had not been given.
    """
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED, [Redrawing.SPLIT.value])
        for entry, old, on, new in cursor.fetchall():
            if not without or UUID(str(entry)) not in without:
                found[old].append((on if isinstance(on, date) else date.fromisoformat(on), new))
    return found


# plain SQL: it is asked at every registration, and to compile the query costs more than to run it
_FOLLOWED = 'SELECT entry, old, "on", new FROM places_succession WHERE kind <> %s ORDER BY "on", entry'


def moved(*, on: date) -> dict[str, str]:
    """Each former code with the one that is in its place on that day."""
    map_ = followed()
    return {area: now for area in map_ if (now := area_after(area, on, map_)) != area}


def area_on(area: str, *, on: date) -> str:
    """The code that is in the place of an area on that day."""
    return area_after(area, on, followed())


def lying_in(area: str, *, on: date) -> Q:
    """Rows of the areas (by the code they had when they were written) that lie in this one on that day."""
    return placed_in(area, moved(on=on))


def placed_in(area: str, now: Mapping[str, str]) -> Q:
    """The same, by what `moved` says."""
    low, high = within_range(area)
    come = [old for old, new in now.items() if lies_in(new, area)]
    gone = [old for old, new in now.items() if lies_in(old, area) and not lies_in(new, area)]
    found = Q(area__gte=low, area__lt=high) | Q(area__in=come)
    return found & ~Q(area__in=gone) if gone else found


def history(code: str) -> list[AreaEvent]:
    """All that happened to the area, oldest first. Raises UnknownArea."""
    changes = list(AreaChange.objects.filter(code=code))
    if not changes:
        raise UnknownArea(area=code)
    redrawn: dict[tuple[UUID, bool], list[Succession]] = defaultdict(list)
    for link in Succession.objects.filter(Q(old=code) | Q(new=code)).order_by("old", "new"):
        redrawn[link.entry, link.old == code].append(link)
    by_entry = {row.entry: row for row in changes}
    events = [
        AreaEvent(
            on=links[0].on,
            what=Redrawing(links[0].kind),
            name=None if forward else _name(by_entry.get(entry)),
            official="" if forward or entry not in by_entry else by_entry[entry].official,
            others=tuple(link.new if forward else link.old for link in links),
            successor=forward,
            order=links[0].order,
            entry=entry,
        )
        for (entry, forward), links in redrawn.items()
    ]
    by_order = {entry for entry, _ in redrawn}
    for row in changes:
        if row.entry in by_order:
            continue
        on = None if row.on == ALWAYS else row.on
        events.append(AreaEvent(on, What(row.what), _name(row), row.official, (), False, "", row.entry))
    return sorted(events, key=lambda event: (event.on or ALWAYS, str(event.entry), event.what))


def facility(identifier: UUID, *, on: date) -> FacilityRow:
    """The facility as on that day, also when it does not work on it. Raises UnknownFacility."""
    found = _facilities(FacilityChange.objects.filter(facility=identifier), on)
    if not found:
        raise UnknownFacility()
    return found[0]


def facilities(*, within: str = "", kind: FacilityKind | None = None, on: date) -> list[FacilityRow]:
    """The facilities that work on that day in `within`, in the order of area code, kind and name."""
    low, high = within_range(within)
    there = FacilityChange.objects.filter(area__gte=low, area__lt=high).values("facility")
    rows = _facilities(FacilityChange.objects.filter(facility__in=there), on)
    wanted = [row for row in rows if row.open_on(on) and low <= row.area < high and (kind is None or row.kind is kind)]
    return sorted(wanted, key=lambda row: (row.area, row.kind, row.name.zh_hans, row.id))


def _existing(changes: QuerySet[AreaChange], on: date) -> list[AreaRow]:
    return [row for row in _areas(changes, on) if row.open_on(on)]


def _areas(changes: QuerySet[AreaChange], on: date) -> list[AreaRow]:
    """One row for each area of whose opening something is known, in the order of the codes; one query."""
    turns: dict[str, list[Turn]] = {}
    columns = changes.order_by("code").values_list(
        "code", "what", "on", "stamp", "official", "en", "zh_hant", "zh_hans"
    )
    for code, what, day, stamp, official, *names in columns:
        name = Text(*names) if names[-1] else None
        turns.setdefault(code, []).append(Turn(What(what), day, stamp, name, official))
    return [row for code, known in turns.items() if (row := _area_row(code, known, on))]


def _area_row(code: str, turns: list[Turn], on: date) -> AreaRow | None:
    level, then = level_of(code), life(turns, on)
    if level is None or then is None:
        return None
    opened_on = None if then.opened_on == ALWAYS else then.opened_on
    return AreaRow(code, level, parent_of(code), then.name, opened_on, then.closed_on, then.official)


def _facilities(changes: QuerySet[FacilityChange], on: date) -> list[FacilityRow]:
    kinds: dict[UUID, FacilityKind] = {}
    turns: dict[UUID, list[Turn]] = defaultdict(list)
    for row in changes:
        name = _name(row)
        turns[row.facility].append(Turn(What(row.what), row.on, row.stamp, name, area=row.area))
        if row.kind:
            kinds[row.facility] = FacilityKind(row.kind)
    return [
        FacilityRow(identifier, kinds[identifier], then.area, then.name, then.opened_on, then.closed_on)
        for identifier, known in turns.items()
        if (then := life(known, on))
    ]


def _name(row: AreaChange | FacilityChange | None) -> Text | None:
    return Text(row.en, row.zh_hant, row.zh_hans) if row is not None and row.zh_hans else None


def _links(codes: Collection[str], on: date) -> set[tuple[str, str]]:
    """The successions that lead on from `codes` by that day, through any chain; one query for each link of it."""
    found: set[tuple[str, str]] = set()
    asked: set[str] = set()
    frontier = set(codes)
    while frontier:
        asked |= frontier
        rows = Succession.objects.filter(old__in=frontier, on__lte=on).values_list("old", "new")
        found.update(rows)
        frontier = {new for _, new in rows} - asked
    return found
