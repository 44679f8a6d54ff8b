"""The verbs of places. Each decides under the journal's lock and records one fact, or several that stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Q

from jiahe.basis.areas import lies_in
from jiahe.basis.areas import within as within_range
from jiahe.basis.ids import new_id
from jiahe.basis.languages import Text
from jiahe.journal.recording import record, record_all, turn
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.places import queries
from jiahe.places.definitions import AreaList
from jiahe.places.facts import (
    AreaClosed,
    AreaOpened,
    AreaRenamed,
    AreasRedrawn,
    ChangeCancelled,
    FacilityClosed,
    FacilityKind,
    FacilityMoved,
    FacilityOpened,
    FacilityRenamed,
    NamedArea,
    Redrawing,
    Removal,
)
from jiahe.places.models import AreaChange, FacilityChange
from jiahe.places.problems import (
    AlreadyClosed,
    AreasInside,
    BuiltUpon,
    ChangedLater,
    CodeMalformed,
    CodeTaken,
    CountryCodeUnknown,
    FacilitiesInside,
    FacilityNotOpen,
    LevelsDiffer,
    NameMissing,
    NotInsideParent,
    TooFarAhead,
    TooFewAreas,
)
from jiahe.places.rules import (
    What,
    clean_name,
    free_code,
    is_child,
    level_of,
    meeting_place,
    parent_of,
    province_exists,
)

LOAD_PORTION = 10_000
_FAR = timedelta(days=366)


def load_areas(*, areas: AreaList, by: Author, at: datetime, home: str = "") -> int:
    """Open every area of the list that is not yet known, as older than our records. How many were opened.

    What lies outside of the area `home` (the province it is in) is recorded as said there: this node can say it to
    others only as its own. Done in portions that each commit; doing it again opens nothing.
    """
    count = 0
    rows = iter(areas.areas)
    while portion := sorted(islice(rows, LOAD_PORTION), key=lambda area: area.code):
        with turn():
            codes = AreaChange.objects.filter(code__gte=portion[0].code, code__lte=portion[-1].code)
            known = set(codes.values_list("code", flat=True))
            new = [area for area in portion if area.code not in known]
            record_all(
                [Draft(AreaOpened(area, None), by, at, area.code if lies_in(area.code, home) else home) for area in new]
            )
        count += len(new)
    return count


def open_area(*, area: NamedArea, on: date, by: Author, at: datetime) -> Recorded:
    """Begin an area on a day. Raises CodeMalformed, CountryCodeUnknown, CodeTaken, NameMissing, TooFarAhead, and
    AreaClosed or its kin for the area it lies in."""
    with turn():
        _refuse_far(on, at)
        fact = AreaOpened(_openable(area, on), on)
        return record(fact, by=by, at=at, area=area.code)


def rename_area(*, code: str, official: str, name: Text, on: date, by: Author, at: datetime) -> Recorded:
    """Give an area another name from a day on. Raises UnknownArea, AreaClosed, AreaNotYetOpen, NameMissing."""
    with turn():
        _refuse_far(on, at)
        queries.require_open(code, on=on)
        named = _with_clean_names(NamedArea(code, official, name))
        return record(AreaRenamed(code, named.official, named.name, on), by=by, at=at, area=code)


def close_area(*, code: str, on: date, by: Author, at: datetime) -> Recorded:
    """End an area without a successor. Raises AreasInside, FacilitiesInside, AlreadyClosed, ChangedLater and others."""
    with turn():
        row = _endable(code, on, at)
        if inside := queries.children(code, on=on):
            raise AreasInside(name=row.name, on=on, count=len(inside))
        if working := queries.facilities(within=code, on=on):
            raise FacilitiesInside(name=row.name, on=on, count=len(working))
        return record(AreaClosed(code, on), by=by, at=at, area=code)


def move_area(
    *, code: str, to: str, on: date, by: Author, at: datetime, new_code: str = "", order: str = ""
) -> list[Recorded]:
    """Put an area, with all areas and facilities in it, into the area `to`. It gets the code `new_code`, or the first
    free one that keeps its ending. Raises NotInsideParent, CodeTaken, ChangedLater and others."""
    with turn():
        row = _endable(code, on, at)
        used = queries.used_codes(to)
        target = new_code or free_code(to, code, used)
        _refuse_code(target)
        if level_of(target) is not row.level or not is_child(target, to):
            raise NotInsideParent(area=target, parent=to)
        if target in used:
            raise CodeTaken(area=target, name=queries.area(target, on=on).name)
        queries.require_open(to, on=on)
        place = meeting_place([parent_of(code), to])
        return record_all([Draft(fact, by, at, place) for fact in _moves(code, target, on, order)])


def split_area(
    *, code: str, into: Sequence[NamedArea], keep: bool, on: date, by: Author, at: datetime, order: str = ""
) -> Recorded:
    """Part an area into several. If `keep`, it stays as one of them; else it ends, and its facilities go to the first.

    Raises TooFewAreas, LevelsDiffer, AreasInside (an area that ends must be empty of areas) and others.
    """
    with turn():
        row = _endable(code, on, at)
        codes = {area.code for area in into}
        if len(codes) + keep < 2 or len(codes) < len(into):
            raise TooFewAreas()
        opened = tuple(_openable(area, on, like=code) for area in into)
        if not keep and (inside := queries.children(code, on=on)):
            raise AreasInside(name=row.name, on=on, count=len(inside))
        going = () if keep else _going(code, opened[0].code, on)
        fact = AreasRedrawn(Redrawing.SPLIT, (code,), (code,) if keep else (), opened, on, order, going)
        place = meeting_place(parent_of(each) for each in (code, *codes))
        return record(fact, by=by, at=at, area=place)


def merge_areas(
    *, codes: Sequence[str], into: NamedArea | str, on: date, by: Author, at: datetime, order: str = ""
) -> list[Recorded]:
    """Join areas into one: a new one, or (by its code) one that exists. What lay in those that end goes along.

    Raises TooFewAreas, LevelsDiffer, CodeTaken, ChangedLater and others.
    """
    with turn():
        before = tuple(dict.fromkeys([*codes, into] if isinstance(into, str) else codes))
        if len(before) < 2:
            raise TooFewAreas()
        for code in before:
            _endable(code, on, at)
            _refuse_other_level(code, before[0])
        opened = () if isinstance(into, str) else (_openable(into, on, like=before[0]),)
        kept = (into,) if isinstance(into, str) else ()
        target = into if isinstance(into, str) else into.code
        place = meeting_place(parent_of(code) for code in (*before, target))
        ended = [code for code in before if code not in kept]
        going = tuple(removal for code in ended for removal in _going(code, target, on))
        facts = [AreasRedrawn(Redrawing.MERGED, before, kept, opened, on, order, going)]
        used = queries.used_codes(target)
        for child in (child for code in ended for child in queries.children(code, on=on)):
            new = free_code(target, child.code, used)
            used.add(new)
            facts.extend(_moves(child.code, new, on, order))
        return record_all([Draft(fact, by, at, place) for fact in facts])


def cancel_change(*, entry: UUID, why: str, by: Author, at: datetime) -> Recorded:
    """Undo what one entry said about areas or a facility, because it was wrong. Raises BuiltUpon, NotVoidable."""
    with turn():
        areas = list(AreaChange.objects.filter(entry=entry))
        facility = FacilityChange.objects.filter(entry=entry).first()
        place = _place_of_facility_change(facility) if facility and not areas else _place_of_area_change(entry, areas)
        return record(ChangeCancelled(place), by=by, at=at, area=place, why=why, voids=entry)


def _place_of_area_change(entry: UUID, rows: list[AreaChange]) -> str:
    opened = [row.code for row in rows if row.what == What.OPENED]
    others = AreaChange.objects.exclude(entry=entry).filter(Q(code__in=opened) | Q(parent__in=opened))
    in_them = FacilityChange.objects.exclude(entry=entry).filter(area__in=opened)
    if others.exists() or in_them.exists():
        raise BuiltUpon()
    return meeting_place(parent_of(row.code) for row in rows)


def _place_of_facility_change(row: FacilityChange) -> str:
    others = FacilityChange.objects.exclude(entry=row.entry).filter(facility=row.facility)
    if row.what == What.OPENED and others.exists():
        raise BuiltUpon()
    return queries.facility(row.facility, on=row.on).area


def open_facility(*, kind: FacilityKind, area: str, name: Text, on: date, by: Author, at: datetime) -> Recorded:
    """Begin the work of a facility. Raises NameMissing, UnknownArea, AreaClosed, AreaNotYetOpen, TooFarAhead."""
    with turn():
        _refuse_far(on, at)
        queries.require_open(area, on=on)
        fact = FacilityOpened(new_id(at), kind, area, _clean(name), on)
        return record(fact, by=by, at=at, area=area)


def move_facility(*, facility: UUID, to: str, on: date, by: Author, at: datetime) -> Recorded:
    """Let a facility work in another area. Raises UnknownFacility, FacilityNotOpen, UnknownArea, AreaClosed."""
    with turn():
        row = _working(facility, on, at)
        queries.require_open(to, on=on)
        return record(FacilityMoved(facility, to, on), by=by, at=at, area=meeting_place([row.area, to]))


def rename_facility(*, facility: UUID, name: Text, on: date, by: Author, at: datetime) -> Recorded:
    """Give a facility another name from a day on. Raises UnknownFacility, FacilityNotOpen, NameMissing."""
    with turn():
        row = _working(facility, on, at)
        return record(FacilityRenamed(facility, _clean(name), on), by=by, at=at, area=row.area)


def close_facility(*, facility: UUID, on: date, by: Author, at: datetime) -> Recorded:
    """End the work of a facility. Raises UnknownFacility, FacilityNotOpen, AlreadyClosed."""
    with turn():
        row = _working(facility, on, at)
        if row.closed_on is not None:
            raise AlreadyClosed(name=row.name, closed_on=row.closed_on)
        return record(FacilityClosed(facility, on), by=by, at=at, area=row.area)


def _working(facility: UUID, on: date, at: datetime) -> queries.FacilityRow:
    _refuse_far(on, at)
    row = queries.facility(facility, on=on)
    if not row.open_on(on):
        raise FacilityNotOpen(name=row.name, on=on, opened_on=row.opened_on)
    return row


def _moves(code: str, target: str, on: date, order: str) -> Iterator[AreasRedrawn]:
    """The area and all in it, each to the code that begins with `target` and ends as it ended."""
    for row in queries.areas(within=code, on=on):
        new = NamedArea(target + row.code.removeprefix(code), row.official, row.name)
        yield AreasRedrawn(Redrawing.MOVED, (row.code,), (), (new,), on, order, _going(row.code, new.code, on))


def _going(code: str, target: str, on: date) -> tuple[Removal, ...]:
    """The facilities of the area itself, on their way into `target`."""
    found = queries.facilities(within=code, on=on)
    return tuple(Removal(facility.id, target) for facility in found if facility.area == code)


def _endable(code: str, on: date, at: datetime) -> queries.AreaRow:
    """The area, which exists on that day, has no end, and nothing in it changes after that day."""
    _refuse_far(on, at)
    row = queries.require_open(code, on=on)
    if row.closed_on is not None:
        raise AlreadyClosed(name=row.name, closed_on=row.closed_on)
    low, high = within_range(code)
    if AreaChange.objects.filter(code__gte=low, code__lt=high, on__gt=on).exists():
        raise ChangedLater(name=row.name, on=on)
    return row


def _openable(area: NamedArea, on: date, *, like: str = "") -> NamedArea:
    """The area with clean names, if its code is free and the area it lies in exists on that day."""
    _refuse_code(area.code)
    if like:
        _refuse_other_level(area.code, like)
    if taken := queries.named([area.code], on=on):
        raise CodeTaken(area=area.code, name=taken[area.code].name)
    if parent := parent_of(area.code):
        queries.require_open(parent, on=on)
    return _with_clean_names(area)


def _with_clean_names(area: NamedArea) -> NamedArea:
    official = clean_name(area.official)
    if official is None:
        raise NameMissing()
    return NamedArea(area.code, official, _clean(area.name))


def _clean(name: Text) -> Text:
    en, hant, hans = (clean_name(words) for words in (name.en, name.zh_hant, name.zh_hans))
    if en is None or hant is None or hans is None:
        raise NameMissing()
    return Text(en, hant, hans)


def _refuse_code(code: str) -> None:
    if level_of(code) is None:
        raise CodeMalformed(area=code)
    if not province_exists(code):
        raise CountryCodeUnknown(area=code)


def _refuse_other_level(code: str, other: str) -> None:
    if level_of(code) is not level_of(other):
        raise LevelsDiffer(area=code, other=other)


def _refuse_far(on: date, at: datetime) -> None:
    if on > at.date() + _FAR:
        raise TooFarAhead(on=on)
