"""Entering people in the register: one, a new-born, or many at once; and taking registrations back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.basis.ids import new_id
from jiahe.basis.problem import Problem
from jiahe.journal import queries as journal
from jiahe.journal.recording import record_all, turn
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.registry import problems
from jiahe.registry.facts import (
    Born,
    Certainty,
    FoundDistinct,
    HouseholdChangeCancelled,
    IdentityKind,
    LifeEventCancelled,
    LifeEventKind,
    Member,
    MembersSettled,
    Name,
    PersonRegistered,
    RegistrationCancelled,
    Relation,
    Sex,
)
from jiahe.registry.models import Household, LifeEvent, Membership, Person
from jiahe.registry.queries.doubles import doubles_of
from jiahe.registry.queries.lives import portions
from jiahe.registry.queries.standing import free_identity, refuse_parents, refuse_residence, registrations
from jiahe.registry.rules.belonging import relation_of_child
from jiahe.registry.rules.newcomers import Document, Newcomer, registration


def register_person(
    *,
    name: str,
    surname: str = "",
    sex: Sex,
    birth_on: date,
    document: Document | None = None,
    area: str,
    since: date,
    phone: str = "",
    mother: UUID | None = None,
    father: UUID | None = None,
    other_names: tuple[Name, ...] = (),
    certainty: Certainty = Certainty.DAY,
    registered_area: str = "",
    sure: Collection[str] = (),
    by: Author,
    at: datetime,
) -> Recorded:
    """Enter a person who lives in `area` since the day `since`.

    `sure` holds the codes of what was asked back and confirmed. Raises LikelyDouble and ParentUnlikely otherwise; the
    problems of names, numbers and dates (`rules.entry`), IdentityTaken, ParentImpossible, AreaTooWide, and those of
    places for an area that is not there.
    """
    given = Newcomer(
        name, sex, birth_on, area, since, surname, document, phone, mother, father, other_names, certainty,
        registered_area,
    )  # fmt: skip
    with turn():
        fact = _checked(given, new_id(at), localdate(at), sure)
        drafts = [Draft(fact, by, at, area, fact.person), *_not_doubles(fact, sure, by, at)]
        return record_all(drafts)[0]


def register_birth(
    *,
    name: str,
    surname: str = "",
    sex: Sex,
    on: date,
    area: str,
    mother: UUID | None = None,
    father: UUID | None = None,
    certificate: str = "",
    sure: Collection[str] = (),
    by: Author,
    at: datetime,
) -> Recorded:
    """Enter a new-born, resident since birth where the mother lives, in her household if she has one there.

    Gives the birth's entry; its `about` is the child. Raises as `register_person`; IdentityTaken if the birth
    certificate's number was used before.
    """
    document = Document(IdentityKind.BIRTH_CERTIFICATE, certificate) if certificate.strip() else None
    given = Newcomer(name, sex, on, area, on, surname, document, mother=mother, father=father)
    with turn():
        fact = _checked(given, new_id(at), localdate(at), sure)
        born = Born(fact.person, on, area, sex, mother, fact.identity.number if fact.identity else None)
        drafts = [Draft(each, by, at, area, fact.person) for each in (fact, born)]
        drafts += _into_household(fact, by, at)
        return record_all([*drafts, *_not_doubles(fact, sure, by, at)])[1]


def register_people(*, people: Sequence[Newcomer], why: str = "", by: Author, at: datetime) -> list[Recorded | Problem]:
    """Enter all who can be entered, in one transaction; at the place of each who cannot stands the Problem.

    Two with one number in the same list are refused both. Likely doubles are entered: ask `queries.judge_people` first.
    """
    with turn():
        facts = list(registrations(people, at, localdate(at)))
        drafts = [
            Draft(fact, by, at, fact.area, fact.person, why) for fact in facts if isinstance(fact, PersonRegistered)
        ]
        done = iter(record_all(drafts))
        return [next(done) if isinstance(fact, PersonRegistered) else fact for fact in facts]


def cancel_registrations(*, entries: Collection[UUID], reason: str, by: Author, at: datetime) -> list[Recorded]:
    """Take these registrations back as one act, with the births recorded together with them.

    Raises ReasonMissing; PeopleHaveHistory, naming those of whom more was recorded since; PersonUnknown for one that
    the author may not take back.
    """
    if not reason.strip():
        raise problems.ReasonMissing()
    with turn():
        rows = [row for some in portions(entries) for row in Person.objects.filter(entry__in=some)]
        if any(not by.may("registry.RegistrationCancelled", row.home) for row in rows):
            raise problems.PersonUnknown()
        if lived := [row.id for row in rows if _has_history(row)]:
            raise problems.PeopleHaveHistory(count=len(lived), people=lived)
        births = LifeEvent.objects.filter(person__in=[row.id for row in rows], kind=LifeEventKind.BORN)
        drafts = [
            Draft(
                LifeEventCancelled(born.person, LifeEventKind.BORN, born.on),
                by, at, born.area, born.person, reason.strip(), born.entry,
            )
            for born in births
        ]  # fmt: skip
        drafts += [
            Draft(RegistrationCancelled(row.id), by, at, row.home, row.id, reason.strip(), row.entry) for row in rows
        ]
        drafts += _households_of({row.id for row in rows}, reason.strip(), by, at)
        return record_all(drafts)


def _checked(given: Newcomer, person: UUID, today: date, sure: Collection[str]) -> PersonRegistered:
    """The registration of one, with every obstacle looked for."""
    refuse_residence(given.area, today)
    refuse_parents(mother=given.mother, father=given.father, birth_on=given.birth_on, sure=sure)
    fact = registration(given, person, today)
    if fact.identity is not None:
        free_identity(given.document, birth_on=given.birth_on, certainty=given.certainty, sex=given.sex, today=today)
    return fact


def _into_household(fact: PersonRegistered, by: Author, at: datetime) -> list[Draft]:
    """A new-born belongs to its mother's household, if she lives where it does."""
    mother = Person.objects.filter(id=fact.mother).first() if fact.mother else None
    if mother is None or mother.household is None or mother.area != fact.area:
        return []
    relation = relation_of_child(Relation(mother.relation) if mother.relation else None)
    settled = MembersSettled(mother.household, fact.since, (Member(fact.person, relation),), None)
    return [Draft(settled, by, at, fact.area)]


def _not_doubles(fact: PersonRegistered, sure: Collection[str], by: Author, at: datetime) -> list[Draft]:
    """That the author saw those much like this one and said it is none of them. Raises LikelyDouble if he did not."""
    found = doubles_of([fact])[0]
    if found and problems.LikelyDouble.code not in sure:
        raise problems.LikelyDouble(count=len(found), doubles=tuple(found))
    return [
        Draft(FoundDistinct(fact.person, each.person), by, at, fact.area, fact.person)
        for each in found
        if by.may("registry.FoundDistinct", fact.area)
    ]


def _households_of(people: set[UUID], reason: str, by: Author, at: datetime) -> Iterator[Draft]:
    """Households that were formed of these people alone, and are none without them."""
    entries = {
        entry
        for some in portions(people)
        for entry in Membership.objects.filter(person__in=some).values_list("entry", flat=True)
    }
    for some in portions(entries):
        others = set(
            Membership.objects.filter(entry__in=some).exclude(person__in=people).values_list("entry", flat=True)
        )
        for row in Household.objects.filter(entry__in=set(some) - others):
            yield Draft(HouseholdChangeCancelled(row.id), by, at, row.home, None, reason, row.entry)


def _has_history(row: Person) -> bool:
    """Whether more was recorded about this person than the registration and what came with it."""
    beside = {"registry.Born", "registry.RecordOpened", "registry.FoundDistinct", "registry.PersonRegistered"}
    return any(entry.kind.partition("@")[0] not in beside for entry in journal.history(about=row.id, limit=50))
