"""When the office writes an event down, and at which desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random
from typing import NamedTuple
from uuid import UUID

from jiahe.journal.values import Author
from jiahe.node.demo.parameters import Registration
from jiahe.node.demo.people import (
    Birth,
    Coming,
    Divorce,
    Doubled,
    Event,
    Going,
    Household,
    Leaving,
    Settling,
    VillageLife,
    Wedding,
)

OPENS, WORKDAY_S = time(8, 30), 9 * 3600
"""When a working day begins, and its seconds."""
_MINUTE = timedelta(minutes=1)
BY_CLINICIAN, BY_WINDOW, BY_CLERK = 0.35, 0.35, 0.10
"""Share of births the clinic writes down, of moves and marriages the window does, of everything the township office
does."""


class Desks(NamedTuple):
    """Who writes down, by area: the village's worker; the township's clerk, window and clinic."""

    workers: Mapping[str, Author]
    clerks: Mapping[str, Author]
    windows: Mapping[str, Author]
    clinicians: Mapping[str, Author]


class Written(NamedTuple):
    """An event with the instant and the officer of its writing down. Sorts by instant."""

    at: datetime
    order: int
    by: Author
    event: Event


def written(
    life: VillageLife,
    desks: Desks,
    registration: Registration,
    *,
    since: date,
    until: datetime,
    zone: tzinfo,
    seed: int,
    start: int,
) -> Iterator[Written]:
    """The events of a village with the instant they were written down: mostly within days, some late.

    Nothing before the day after `since`; what would be written down at the instant `until` or later is not yet known to
    the office. What concerns one person or one household is written in the order in which it happened, and those who
    come or go together are written down together. `start` numbers the first.
    """
    rng = Random(f"{seed}:desk:{life.village.code}")  # noqa: S311 - a crowd, not a secret
    last: dict[UUID, datetime] = {}
    together: dict[tuple[object, ...], tuple[datetime, Author]] = {}
    for order, event in enumerate(life.events, start=start):
        day = max(event.on + timedelta(days=_delay(rng, registration)), since + timedelta(days=1))
        at, by = _instant(rng, day, zone), _desk(rng, event, desks)
        act = (type(event), event.on, event.person.household)
        joins = isinstance(event, Coming | Leaving) and act in together
        if joins:
            at, by = together[act]
        concerned = set(_concerned(event))
        before = max((last[each] for each in concerned if each in last), default=None)
        if before is not None and (at < before or (at == before and not joins)):
            at = before + _MINUTE
        together[act] = at, by
        last |= dict.fromkeys(concerned, at)
        if at < until:
            yield Written(at, order, by, event)


def _concerned(event: Event) -> Iterator[UUID]:
    """The people and households an event says something of."""
    yield event.person.id
    if isinstance(event, Wedding | Divorce) and event.spouse:
        yield event.spouse.id
    for change in event.changes:
        match change:
            case Household():
                yield change.id
                yield from (member.person for member in change.members)
                if change.parted_from:
                    yield change.parted_from
            case Settling():
                yield change.household
                yield from (member.person for member in change.members)
            case Going():
                yield change.household


def _delay(rng: Random, registration: Registration) -> int:
    if rng.random() < registration.late:
        return rng.randint(registration.prompt_days + 1, registration.late_days)
    return int(registration.prompt_days * rng.random() ** 2)


def _instant(rng: Random, on: date, zone: tzinfo) -> datetime:
    return datetime.combine(on, OPENS, zone) + timedelta(seconds=int(rng.random() * WORKDAY_S))


def _desk(rng: Random, event: Event, desks: Desks) -> Author:
    village = event.person.village
    township, chance = village[:9], rng.random()
    match event:
        case Birth() if chance < BY_CLINICIAN:
            return desks.clinicians[township]
        case Leaving() | Coming() | Wedding() | Divorce() | Doubled() if chance < BY_WINDOW:
            return desks.windows[township]
    return desks.clerks[township] if chance > 1 - BY_CLERK else desks.workers[village]
