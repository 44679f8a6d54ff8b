"""From facts to rows. Every fact adds its own rows and touches no others, so order cannot matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.journal.tables import insert
from jiahe.journal.values import Recorded, projects
from jiahe.places.facts import NamedArea
from jiahe.places.models import AreaChange, FacilityChange, Succession
from jiahe.places.rules import ALWAYS, What, level_of, parent_of


@projects(AreaChange)
def area_opened(batch: Sequence[Recorded]) -> None:
    """The areas begin."""
    insert(AreaChange, [_opening(entry, entry.fact.opened, entry.fact.on or ALWAYS) for entry in batch])


@projects(AreaChange)
def area_renamed(batch: Sequence[Recorded]) -> None:
    """Each area has one more dated name."""
    insert(
        AreaChange,
        [
            _change(entry, entry.fact.code, What.RENAMED, entry.fact.on, entry.fact.official, entry.fact.name)
            for entry in batch
        ],
    )


@projects(AreaChange)
def area_closed(batch: Sequence[Recorded]) -> None:
    """The areas end."""
    insert(AreaChange, [_change(entry, entry.fact.code, What.CLOSED, entry.fact.on) for entry in batch])


@projects(AreaChange, Succession, FacilityChange)
def areas_redrawn(batch: Sequence[Recorded]) -> None:
    """What is opened begins, what is not kept ends, each that was leads to each that is, and facilities go along."""
    insert(AreaChange, [row for entry in batch for row in _redrawn(entry)])
    insert(Succession, [row for entry in batch for row in _succession(entry)])
    insert(
        FacilityChange,
        [_facility(entry, What.MOVED, one.facility, area=one.area) for entry in batch for one in entry.fact.facilities],
    )


@projects(AreaChange, Succession, FacilityChange)
def area_change_undone(batch: Sequence[Recorded]) -> None:
    """Everything the entries said about areas is forgotten."""
    entries = [entry.id for entry in batch]
    AreaChange.objects.filter(entry__in=entries).delete()
    Succession.objects.filter(entry__in=entries).delete()
    FacilityChange.objects.filter(entry__in=entries).delete()


@projects(FacilityChange)
def facility_opened(batch: Sequence[Recorded]) -> None:
    """The facilities begin their work."""
    insert(
        FacilityChange,
        [
            _facility(
                entry,
                What.OPENED,
                entry.fact.facility,
                name=entry.fact.name,
                kind=entry.fact.kind,
                area=entry.fact.area,
            )
            for entry in batch
        ],
    )


@projects(FacilityChange)
def facility_renamed(batch: Sequence[Recorded]) -> None:
    """Each facility has one more dated name."""
    insert(
        FacilityChange, [_facility(entry, What.RENAMED, entry.fact.facility, name=entry.fact.name) for entry in batch]
    )


@projects(FacilityChange)
def facility_moved(batch: Sequence[Recorded]) -> None:
    """Each facility has one more dated area."""
    insert(FacilityChange, [_facility(entry, What.MOVED, entry.fact.facility, area=entry.fact.area) for entry in batch])


@projects(FacilityChange)
def facility_closed(batch: Sequence[Recorded]) -> None:
    """The facilities end their work."""
    insert(FacilityChange, [_facility(entry, What.CLOSED, entry.fact.facility) for entry in batch])


@projects(FacilityChange)
def facility_change_undone(batch: Sequence[Recorded]) -> None:
    """Everything the entries said about facilities is forgotten."""
    FacilityChange.objects.filter(entry__in=[entry.id for entry in batch]).delete()


def _opening(entry: Recorded, opened: NamedArea, on: date) -> AreaChange:
    return _change(entry, opened.code, What.OPENED, on, opened.official, opened.name)


def _change(
    entry: Recorded, code: str, what: What, on: date, official: str = "", name: Text | None = None
) -> AreaChange:
    name = name or Text("")
    return AreaChange(
        code=code,
        entry=entry.id,
        level=level_of(code) or "",
        parent=parent_of(code),
        what=what,
        on=on,
        stamp=entry.stamp,
        official=official,
        en=name.en,
        zh_hant=name.zh_hant,
        zh_hans=name.zh_hans,
    )


def _redrawn(entry: Recorded) -> Iterator[AreaChange]:
    fact = entry.fact
    for opened in fact.opened:
        yield _opening(entry, opened, fact.on)
    for code in fact.before:
        if code not in fact.kept:
            yield _change(entry, code, What.CLOSED, fact.on)


def _succession(entry: Recorded) -> Iterator[Succession]:
    fact = entry.fact
    for old in fact.before:
        for new in (*fact.kept, *(opened.code for opened in fact.opened)):
            if old != new:
                yield Succession(old=old, new=new, entry=entry.id, kind=fact.kind, on=fact.on, order=fact.order)


def _facility(
    entry: Recorded, what: What, facility: UUID, *, name: Text | None = None, kind: str = "", area: str = ""
) -> FacilityChange:
    name = name or Text("")
    return FacilityChange(
        facility=facility,
        entry=entry.id,
        what=what,
        on=entry.fact.on,
        stamp=entry.stamp,
        kind=kind,
        area=area,
        en=name.en,
        zh_hant=name.zh_hant,
        zh_hans=name.zh_hans,
    )
