"""Where a person lived and when, from what was recorded, whatever order it was recorded in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jiahe.basis.areas import lies_in
from jiahe.places.rules import Followed, area_after, step_after
from jiahe.registry.facts import LifeEventKind

_MOVES = (LifeEventKind.DIED, LifeEventKind.MOVED_IN, LifeEventKind.MOVED_OUT)
"""The life events that begin or end a residence."""


@dataclass(frozen=True, slots=True)
class Start:
    """The residence a person was registered with."""

    area: str
    on: date
    stamp: str


@dataclass(frozen=True, slots=True)
class Event:
    """A life event, as far as residence is concerned.

    `place`: where a move came from or went to, as it was said. `registered`: no event, but where a record began.
    """

    kind: LifeEventKind
    area: str
    on: date
    stamp: str
    place: str = ""
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """Resident in `area` from `from_on` up to, not including, `to_on` (None: still).

    `came` is None unless it began by a move, `went` unless it ended by one: then the area before or after, or what was
    said of it if that is not known here. Who is registered, dies, or stays while the map is redrawn has not moved.
    """

    area: str
    from_on: date
    to_on: date | None
    came: str | None = None
    went: str | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """The whole of it: all stays, where the record is kept now, where the person lives now, and the day of death."""

    stays: tuple[Stay, ...] = ()
    home: str | None = None
    area: str | None = None
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Leg:
    """What one event began and another ended, perhaps on the same day. `left`: what was said of where he went."""

    begun: Event
    to_on: date | None
    left: str | None


def residence(start: Start | None, events: Sequence[Event], followed: Followed) -> Residence:
    """The residence of a person, as at the end of each day; nobody counts before he is registered.

    Of two events on one day the one with the later stamp comes second. Moving into a place ends the stay before;
    moving out of a place where one no longer lives changes nothing; nothing follows a death.

    >>> registered = Start("A1", date(2020, 1, 1), "1")
    >>> moved = Event(LifeEventKind.MOVED_IN, "B1", date(2024, 5, 1), "2")
    >>> [(stay.area, str(stay.from_on), str(stay.to_on)) for stay in stays(registered, [moved], {})]
    [('A1', '2020-01-01', '2024-05-01'), ('B1', '2024-05-01', 'None')]
    """
    if start is None:
        return Residence(home=_last_area(events, followed), died_on=_death(events))
    if not events and start.area not in followed:
        return Residence((Stay(start.area, start.on, None),), start.area, start.area)
    legs: list[_Leg] = []
    here: Event | None = None
    home, died_on = start.area, None
    first = Event(LifeEventKind.MOVED_IN, start.area, start.on, start.stamp, registered=True)
    for event in sorted([first, *events], key=lambda each: (each.on, each.stamp)):
        if event.kind not in _MOVES:
            continue
        match event.kind:
            case LifeEventKind.MOVED_OUT:
                area = area_after(event.area, event.on, followed)
                if here is None or not lies_in(area_after(here.area, event.on, followed), area):
                    continue
            case LifeEventKind.DIED:
                died_on = event.on
            case LifeEventKind.MOVED_IN:
                pass
        if here is not None:
            legs.append(_Leg(here, event.on, event.place))
            here = None
        if event.kind is LifeEventKind.MOVED_IN:
            here = event
            home = event.area
        if died_on is not None:
            if legs and legs[-1].to_on == died_on:
                legs[-1] = replace(legs[-1], left=None)
            break
    if here is not None:
        legs.append(_Leg(here, None, None))
    home = area_after(home, date.max, followed)
    return Residence(_stays(legs, followed), home, home if here is not None else None, died_on)


def stays(start: Start | None, events: Sequence[Event], followed: Followed) -> tuple[Stay, ...]:
    """Only the stays of `residence`."""
    return residence(start, events, followed).stays


def _stays(legs: Sequence[_Leg], followed: Followed) -> tuple[Stay, ...]:
    """The stays, each with how it began and ended. Only the end of a day counts: who has moved on, or back, on the day
    of a move has moved once, or not at all."""
    found: list[Stay] = []
    begun: list[Event] = []
    for leg in legs:
        on = leg.begun.on
        begun = [*(event for event in begun if event.on == on), leg.begun]
        before = found[-1] if found and found[-1].to_on == on else None
        if leg.to_on == on:
            if before is not None:
                found[-1] = replace(before, went=leg.left)
            continue
        spans = _spans(leg.begun.area, on, leg.to_on, followed)
        came = _came(begun)
        if before is not None:
            moved = area_after(before.area, on, followed) != spans[0].area
            came = before.area if moved else None
            found[-1] = replace(before, went=spans[0].area if moved else None)
        spans[0] = replace(spans[0], came=came)
        spans[-1] = replace(spans[-1], went=leg.left)
        found += spans
    return tuple(found)


def _came(begun: Sequence[Event]) -> str | None:
    """How somebody came who lived nowhere the day before, from what began on the day: where he was registered first he
    did not move to, unless it is said that he moved in there on that day."""
    first = begun[0]
    moves = (each for each in begun if not each.registered and (not first.registered or each.area == first.area))
    return next((each.place for each in moves), None)


def _spans(area: str, from_on: date, to_on: date | None, followed: Followed) -> list[Stay]:
    """One stay, cut where its area was followed by another; a stay of no day is none."""
    spans = []
    area = area_after(area, from_on, followed)
    passed = {area}
    while (step := step_after(area, from_on, followed)) is not None and (to_on is None or step[0] < to_on):
        if step[1] in passed:
            break
        if from_on < step[0]:
            spans.append(Stay(area, from_on, step[0]))
        from_on, area = step
        passed.add(area)
    if to_on is None or from_on < to_on:
        spans.append(Stay(area, from_on, to_on))
    return spans


def _death(events: Sequence[Event]) -> date | None:
    return min((event.on for event in events if event.kind is LifeEventKind.DIED), default=None)


def _last_area(events: Sequence[Event], followed: Followed) -> str | None:
    last = max(events, key=lambda each: (each.on, each.stamp), default=None)
    return area_after(last.area, date.max, followed) if last else None


class Implausible(StrEnum):
    """Why a life event cannot have been so."""

    FUTURE = "future"
    BEFORE_BIRTH = "before_birth"
    AFTER_DEATH = "after_death"
    ALREADY_DEAD = "already_dead"
    NOT_RESIDENT = "not_resident"


def implausible(
    kind: LifeEventKind, on: date, *, birth_on: date | None, died_on: date | None, resident: bool, today: date
) -> Implausible | None:
    """The first reason why an event of that kind on that day cannot be; `resident`: on that day, in this register.

    >>> implausible(LifeEventKind.DIED, date(1980, 1, 1), birth_on=date(1990, 1, 1), died_on=None, resident=True,
    ...             today=date(2026, 11, 23))
    <Implausible.BEFORE_BIRTH: 'before_birth'>
    """
    if on > today:
        return Implausible.FUTURE
    if birth_on is not None and on < birth_on:
        return Implausible.BEFORE_BIRTH
    if died_on is not None and kind is LifeEventKind.DIED:
        return Implausible.ALREADY_DEAD
    if died_on is not None and on > died_on:
        return Implausible.AFTER_DEATH
    if kind is LifeEventKind.MOVED_OUT and not resident:
        return Implausible.NOT_RESIDENT
    return None


def lived_on(day: date, found: Sequence[Stay]) -> str | None:
    """The area where somebody with these stays was resident at the end of that day, if any."""
    return next((stay.area for stay in found if stay.from_on <= day and (stay.to_on is None or day < stay.to_on)), None)


def age_on(birth_on: date, day: date) -> int:
    """Completed years of life on that day; who was born on 29 February completes a common year on 1 March.

    >>> age_on(date(2004, 2, 29), date(2026, 2, 28)), age_on(date(2004, 2, 29), date(2026, 3, 1))
    (21, 22)
    """
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))
