"""From the demo's values to facts: what the office of the county would have written down, when, and who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from jiahe.journal.values import Author, Draft
from jiahe.node.demo.desk import OPENS, WORKDAY_S, Written
from jiahe.node.demo.people import (
    Birth,
    Change,
    Coming,
    Death,
    Divorce,
    Doubled,
    FormerName,
    Going,
    Household,
    Leaving,
    Particular,
    Passport,
    Person,
    SecondPhone,
    Settling,
    VillageLife,
    Wedding,
)
from jiahe.node.demo.posts import Staffing
from jiahe.places.facts import FacilityOpened
from jiahe.registry.facts import (
    Born,
    Died,
    Divorced,
    DocumentAdded,
    HouseholdFormed,
    HouseholdKind,
    Identity,
    IdentityKind,
    Married,
    MembersSettled,
    MovedIn,
    MovedOut,
    Name,
    NameAdded,
    NameKind,
    PersonRegistered,
    PhoneAdded,
    Sex,
)
from jiahe.staff.facts import AccountOpened, DeputyNamed, DutyGiven, OfficerEnrolled, PostCreated, PostHeld


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
    names = [Name(NameKind.CURRENT, person.name, person.surname, person.given)]
    if person.alias:
        names.append(Name(NameKind.ALIAS, person.alias, "", person.alias))
    identity = Identity(IdentityKind.RESIDENT_ID, person.number) if person.number else None
    fact = PersonRegistered(
        person.id,
        tuple(names),
        _sex(person),
        person.birth_on,
        identity,
        person.village,
        since,
        person.phone,
        person.mother,
        person.father,
        person.certainty,
        person.registered_area,
    )
    return Draft(fact, by, at, person.village, person.id)


def drafts(entry: Written) -> Iterator[Draft]:
    """The facts of one event: a birth or a newcomer also enters the register, and households follow."""
    event, by, at = entry.event, entry.by, entry.at
    person, area, sex = event.person, event.person.village, _sex(event.person)
    facts: list[Any]
    match event:
        case Birth():
            yield registered(person, by=by, at=at, since=event.on)
            facts = [Born(person.id, event.on, area, sex, person.mother, None)]
        case Death():
            facts = [Died(person.id, event.on, area, sex)]
        case Leaving():
            facts = [MovedOut(person.id, event.on, area, sex, event.place)]
        case Coming():
            if not event.back:
                yield registered(person, by=by, at=at, since=event.on)
            facts = [MovedIn(person.id, event.on, area, sex, event.place)]
        case Wedding(spouse=None):
            facts = [Married(person.id, event.on, area, sex, None, event.spouse_name)]
        case Wedding(spouse=Person() as spouse):
            facts = [
                Married(person.id, event.on, area, sex, spouse.id, ""),
                Married(spouse.id, event.on, area, _sex(spouse), person.id, ""),
            ]
        case Divorce(spouse=spouse):
            facts = [
                Divorced(person.id, event.on, area, sex, spouse.id),
                Divorced(spouse.id, event.on, area, _sex(spouse), person.id),
            ]
        case Doubled():
            facts = []
            yield registered(person, by=by, at=at, since=event.on)
    for fact in facts:
        yield Draft(fact, by, at, area, fact.person)
    for change in event.changes:
        yield from _changed(change, event.on, area, by=by, at=at)


def opening(life: VillageLife, *, by: Author, since: date, zone: tzinfo, turn: int, turns: int) -> Iterator[Draft]:
    """The register's first day: everybody of one village, how they live together, and what is known of them beside.

    The villages take turns through the working day, so that the journal is in the order of time: this one's is the
    `turn`th part of `turns`.
    """
    begin = datetime.combine(since, OPENS, zone) + timedelta(seconds=WORKDAY_S * turn / turns)
    steps = len(life.people) + len(life.households) + len(life.particulars)
    step = timedelta(seconds=WORKDAY_S / turns / max(steps, 1))
    for number, person in enumerate(life.people):
        yield registered(person, by=by, at=begin + number * step, since=since)
    begin += len(life.people) * step
    for number, household in enumerate(life.households):
        yield from _changed(household, since, life.village.code, by=by, at=begin + number * step)
    begin += len(life.households) * step
    for number, particular in enumerate(life.particulars):
        fact = _beside(particular)
        yield Draft(fact, by, begin + number * step, life.village.code, fact.person)


def _changed(change: Change, on: date, area: str, *, by: Author, at: datetime) -> Iterator[Draft]:
    """What is written of a change; that somebody went is said by his move or death already."""
    match change:
        case Household():
            formed = HouseholdFormed(
                change.id, HouseholdKind.FAMILY, on, area, change.address, change.members, change.parted_from
            )
            yield Draft(formed, by, at, area)
        case Settling():
            yield Draft(MembersSettled(change.household, on, change.members, None), by, at, area)
        case Going():
            pass


def _beside(particular: Particular) -> NameAdded | PhoneAdded | DocumentAdded:
    person = particular.person
    match particular:
        case FormerName():
            name = Name(NameKind.FORMER, person.surname + particular.given, person.surname, particular.given)
            return NameAdded(person.id, name, None, particular.until)
        case SecondPhone():
            return PhoneAdded(person.id, particular.number, particular.whose)
        case Passport():
            passport = Identity(IdentityKind.PASSPORT, particular.number)
            return DocumentAdded(person.id, passport, particular.since, particular.until)


def _sex(person: Person) -> Sex:
    return Sex.MALE if person.man else Sex.FEMALE
