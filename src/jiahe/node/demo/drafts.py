"""From the demo's values to facts: what the office of the county would have written down, when, and who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from jiahe.journal.values import Author, Draft
from jiahe.node.demo.parameters import Registration
from jiahe.node.demo.people import Birth, Coming, Death, Event, Leaving, Person, VillageLife
from jiahe.node.demo.posts import Staffing
from jiahe.places.facts import FacilityOpened
from jiahe.registry.facts import (
    Born,
    Died,
    Identity,
    IdentityKind,
    MovedIn,
    MovedOut,
    Name,
    NameKind,
    PersonRegistered,
    Sex,
)
from jiahe.staff.facts import AccountOpened, DeputyNamed, DutyGiven, OfficerEnrolled, PostCreated, PostHeld

_OPENS, _WORKDAY_S = time(8, 30), 9 * 3600
_MINUTE = timedelta(minutes=1)
BY_CLINICIAN, BY_WINDOW, BY_CLERK = 0.35, 0.35, 0.10
"""Share of births the clinic writes down, of moves the window does, of everything the township office does."""


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


def set_up(staff: Staffing, *, by: Author, at: datetime, on: date) -> Iterator[Draft]:
    """Facilities, officers and posts, there since the day `on`."""
    for facility in staff.facilities:
        fact = FacilityOpened(facility.id, facility.kind, facility.area, facility.name, on)
        yield Draft(fact, by, at, facility.area)
    for each in staff.appointments:
        post = each.holding
        created = PostCreated(post.post, post.role, post.area, each.facility, post.title, on)
        yield Draft(OfficerEnrolled(post.officer, post.name, post.area, on), by, at, post.area)
        yield Draft(created, by, at, post.area)
        yield Draft(PostHeld(post.post, post.officer, on), by, at, post.area)


def open_matters(staff: Staffing, *, manager: Author, founder: Author, at: datetime) -> Iterator[Draft]:
    """What stands open when the demo begins: deputies and duties of the county's manager; and who has an account."""
    for deputy in staff.deputies:
        named = DeputyNamed(deputy.id, deputy.post, deputy.officer, deputy.starts_on, deputy.ends_on)
        yield Draft(named, manager, at, deputy.area)
    for duty in staff.duties:
        given = DutyGiven(duty.id, duty.post, duty.title, duty.due_on, duty.area)
        yield Draft(given, manager, at, duty.area)
    for each in staff.appointments:
        if each.username:
            yield Draft(AccountOpened(each.holding.officer, False), founder, at, each.holding.area)


def registered(person: Person, *, by: Author, at: datetime, since: date) -> Draft:
    """That a person entered the register, resident in his village since the day `since`."""
    name = Name(NameKind.CURRENT, person.name, person.surname, person.given)
    identity = Identity(IdentityKind.RESIDENT_ID, person.number) if person.number else None
    fact = PersonRegistered(
        person.id, (name,), _sex(person), person.birth_on, identity, person.village, since, person.phone, person.mother
    )
    return Draft(fact, by, at, person.village, person.id)


def written(
    life: VillageLife, desks: Desks, registration: Registration, *, until: date, zone: tzinfo, seed: int, start: int
) -> Iterator[Written]:
    """The events of a village with the instant they were written down: mostly within days, some late.

    What would be written down on or after the day `until` is not yet known to the office. `start` numbers the first.
    """
    rng = Random(f"{seed}:desk:{life.village.code}")  # noqa: S311 - a crowd, not a secret
    end = datetime.combine(until, time(), zone)
    last: dict[UUID, datetime] = {}
    for order, event in enumerate(life.events, start=start):
        at = _instant(rng, event.on + timedelta(days=_delay(rng, registration)), zone)
        before = last.get(event.person.id)
        if before is not None and at <= before:
            at = before + _MINUTE
        last[event.person.id] = at
        if at < end:
            yield Written(at, order, _desk(rng, event, desks), event)


def drafts(entry: Written) -> Iterator[Draft]:
    """The facts of one event: a birth or a newcomer also enters the register."""
    event, by, at = entry.event, entry.by, entry.at
    person, area, sex = event.person, event.person.village, _sex(event.person)
    fact: Any
    match event:
        case Birth():
            yield registered(person, by=by, at=at, since=event.on)
            fact = Born(person.id, event.on, area, sex, person.mother, None)
        case Death():
            fact = Died(person.id, event.on, area, sex)
        case Leaving():
            fact = MovedOut(person.id, event.on, area, sex, event.place)
        case Coming():
            if not event.back:
                yield registered(person, by=by, at=at, since=event.on)
            fact = MovedIn(person.id, event.on, area, sex, event.place)
    yield Draft(fact, by, at, area, person.id)


def opening(people: Sequence[Person], *, by: Author, since: date, zone: tzinfo) -> Iterator[Draft]:
    """The register's first day: everybody of one village, one after the other through the working day."""
    begin = datetime.combine(since, _OPENS, zone)
    step = timedelta(seconds=_WORKDAY_S / max(len(people), 1))
    for number, person in enumerate(people):
        yield registered(person, by=by, at=begin + number * step, since=since)


def _sex(person: Person) -> Sex:
    return Sex.MALE if person.man else Sex.FEMALE


def _delay(rng: Random, registration: Registration) -> int:
    if rng.random() < registration.late:
        return rng.randint(registration.prompt_days + 1, registration.late_days)
    return int(registration.prompt_days * rng.random() ** 2)


def _instant(rng: Random, on: date, zone: tzinfo) -> datetime:
    return datetime.combine(on, _OPENS, zone) + timedelta(seconds=int(rng.random() * _WORKDAY_S))


def _desk(rng: Random, event: Event, desks: Desks) -> Author:
    village = event.person.village
    township, chance = village[:9], rng.random()
    match event:
        case Birth() if chance < BY_CLINICIAN:
            return desks.clinicians[township]
        case Leaving() | Coming() if chance < BY_WINDOW:
            return desks.windows[township]
    return desks.clerks[township] if chance > 1 - BY_CLERK else desks.workers[village]
