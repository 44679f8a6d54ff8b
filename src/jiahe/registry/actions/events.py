"""The verbs of what happens in lives: deaths, moves, marriages, divorces, adoptions, guardians; and that it did not."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal.recording import record, record_all, turn
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.registry import problems
from jiahe.registry.facts import (
    Adopted,
    Died,
    Divorced,
    GuardianNamed,
    LifeEventCancelled,
    LifeEventKind,
    Married,
    MovedIn,
    MovedOut,
    RegistrationCancelled,
    Sex,
)
from jiahe.registry.models import LifeEvent, Person, PersonDocument
from jiahe.registry.queries.standing import descends, marriage_on, plausible, refuse_residence, row_for
from jiahe.registry.rules import identity
from jiahe.registry.rules.residence import age_on

_MARRY_FROM = {Sex.MALE: 22, Sex.FEMALE: 20}
"""Civil Code of the People's Republic of China, article 1047."""


def register_death(*, person: UUID, on: date, by: Author, at: datetime) -> Recorded:
    """A person died. Raises PersonUnknown, FutureDate, EventBeforeBirth, AlreadyDead, and NotPermitted if the person
    lived elsewhere on that day."""
    with turn():
        row = row_for(by, "Died", person)
        lived_in = plausible(LifeEventKind.DIED, on, row, localdate(at)) or row.home
        return record(Died(person, on, lived_in, Sex(row.sex)), by=by, at=at, area=lived_in, about=person)


def register_move_in(
    *, person: UUID, on: date, area: str, origin: str = "", number: str = "", by: Author, at: datetime
) -> Recorded:
    """A registered person lives in `area` from a day on; `origin` in words, else where he lived is taken.

    Who has moved here from beyond the officer's area proves himself by his identity number, given in full.
    Raises PersonUnknown, FutureDate, EventBeforeBirth, EventAfterDeath, AlreadyResident, AreaTooWide, and those of
    places for an area that is not there on that day.
    """
    with turn():
        row = Person.objects.filter(id=person, merged_into=None).first()
        if row is None or not (by.may("registry.MovedIn", row.home) or _proves(row, number)):
            raise problems.PersonUnknown()
        refuse_residence(area, on)
        lived_in = plausible(LifeEventKind.MOVED_IN, on, row, localdate(at))
        if lived_in == area:
            raise problems.AlreadyResident(on=on)
        fact = MovedIn(person, on, area, Sex(row.sex), origin.strip() or lived_in or "")
        return record(fact, by=by, at=at, area=area, about=person)


def register_move_out(*, person: UUID, on: date, destination: str, by: Author, at: datetime) -> Recorded:
    """A person no longer lives where he lived. Raises PersonUnknown, FutureDate, EventBeforeBirth, EventAfterDeath,
    NotResident."""
    with turn():
        row = row_for(by, "MovedOut", person)
        lived_in = plausible(LifeEventKind.MOVED_OUT, on, row, localdate(at)) or row.home
        fact = MovedOut(person, on, lived_in, Sex(row.sex), destination.strip())
        return record(fact, by=by, at=at, area=lived_in, about=person)


def register_marriage(
    *,
    person: UUID,
    on: date,
    spouse: UUID | None = None,
    spouse_name: str = "",
    sure: Collection[str] = (),
    by: Author,
    at: datetime,
) -> list[Recorded]:
    """Two people married; of a spouse who is registered where the author may record, the marriage is recorded too.

    Raises PersonUnknown, SpouseMissing, NotOneself, AlreadyMarried, the problems of impossible days, and
    TooYoungToMarry unless the author is sure.
    """
    if spouse is None and not spouse_name.strip():
        raise problems.SpouseMissing()
    if spouse == person:
        raise problems.NotOneself()
    today = localdate(at)
    with turn():
        rows = [row_for(by, "Married", person)]
        if spouse is not None:
            other = Person.objects.filter(id=spouse, merged_into=None).first()
            if other is None:
                raise problems.PersonUnknown()
            rows.append(other)
        drafts = []
        for row, partner in zip(rows, [spouse, person], strict=False):
            lived_in = plausible(LifeEventKind.MARRIED, on, row, today) or row.home
            if (standing := marriage_on(row, on)) is not None:
                raise problems.AlreadyMarried(name=row.full, since=standing.on)
            age = age_on(row.birth_on, on)
            if age < _MARRY_FROM.get(Sex(row.sex), 20) and problems.TooYoungToMarry.code not in sure:
                raise problems.TooYoungToMarry(name=row.full, age=age, on=on)
            said = "" if partner else spouse_name.strip()
            if by.may("registry.Married", lived_in):
                fact = Married(row.id, on, lived_in, Sex(row.sex), partner, said)
                drafts.append(Draft(fact, by, at, lived_in, row.id))
        return record_all(drafts)


def register_divorce(*, person: UUID, on: date, by: Author, at: datetime) -> list[Recorded]:
    """The marriage that stands on that day ended; of both, where the author may record.

    Raises PersonUnknown, NotMarried, the problems of impossible days.
    """
    today = localdate(at)
    with turn():
        row = row_for(by, "Divorced", person)
        plausible(LifeEventKind.DIVORCED, on, row, today)
        standing = marriage_on(row, on)
        if standing is None:
            raise problems.NotMarried(on=on)
        both = [(row, standing.other)]
        other = Person.objects.filter(id=standing.other, merged_into=None).first() if standing.other else None
        theirs = marriage_on(other, on) if other is not None else None
        if other is not None and theirs is not None and theirs.other == person:
            both.append((other, person))
        drafts = []
        for each, partner in both:
            lived_in = plausible(LifeEventKind.DIVORCED, on, each, today) or each.home
            if by.may("registry.Divorced", lived_in):
                fact = Divorced(each.id, on, lived_in, Sex(each.sex), partner)
                drafts.append(Draft(fact, by, at, lived_in, each.id))
        return record_all(drafts)


def register_adoption(*, person: UUID, on: date, parents: Sequence[UUID], by: Author, at: datetime) -> Recorded:
    """A child was adopted by one or two people. Raises PersonUnknown, ParentsMissing, NotOneself, ParentImpossible,
    CircularParents, the problems of impossible days."""
    if not 1 <= len(set(parents)) <= 2:
        raise problems.ParentsMissing()
    if person in parents:
        raise problems.NotOneself()
    with turn():
        row = row_for(by, "Adopted", person)
        lived_in = plausible(LifeEventKind.ADOPTED, on, row, localdate(at)) or row.home
        for parent in Person.objects.filter(id__in=parents):
            if parent.birth_on >= row.birth_on or (parent.died_on is not None and parent.died_on < on):
                raise problems.ParentImpossible(birth_on=row.birth_on)
            if descends(parent, person):
                raise problems.CircularParents()
        fact = Adopted(person, on, lived_in, Sex(row.sex), tuple(sorted(set(parents))))
        return record(fact, by=by, at=at, area=lived_in, about=person)


def name_guardian(*, person: UUID, on: date, guardian: UUID | None, by: Author, at: datetime) -> Recorded:
    """Who is a person's guardian from a day on; None ends a guardianship. Raises PersonUnknown, NotOneself, the
    problems of impossible days."""
    if guardian == person:
        raise problems.NotOneself()
    with turn():
        row = row_for(by, "GuardianNamed", person)
        lived_in = plausible(LifeEventKind.GUARDIAN_NAMED, on, row, localdate(at)) or row.home
        if guardian is not None and not Person.objects.filter(id=guardian, died_on=None).exists():
            raise problems.PersonUnknown()
        fact = GuardianNamed(person, on, lived_in, Sex(row.sex), guardian)
        return record(fact, by=by, at=at, area=lived_in, about=person)


def cancel_life_event(*, entry: UUID, reason: str, by: Author, at: datetime) -> Recorded:
    """A life event did not happen as recorded; of a couple, both. Without its birth a child leaves the register.

    Raises EventUnknown, ReasonMissing, ChildHasHistory.
    """
    with turn():
        event = LifeEvent.objects.filter(entry=entry).first()
        if event is None or not by.may("registry.LifeEventCancelled", event.area):
            raise problems.EventUnknown()
        if not reason.strip():
            raise problems.ReasonMissing()
        fact = LifeEventCancelled(event.person, LifeEventKind(event.kind), event.on)
        drafts = [Draft(fact, by, at, event.area, event.person, reason.strip(), entry)]
        child = Person.objects.filter(id=event.person, start_on=event.on).first()
        if event.kind == LifeEventKind.BORN and child is not None:
            if LifeEvent.objects.filter(person=child.id).exclude(entry=entry).exists():
                raise problems.ChildHasHistory()
            gone = RegistrationCancelled(child.id)
            drafts.append(Draft(gone, by, at, event.area, child.id, reason.strip(), child.entry))
        if event.kind in (LifeEventKind.MARRIED, LifeEventKind.DIVORCED) and event.other is not None:
            same = LifeEvent.objects.filter(person=event.other, other=event.person, kind=event.kind, on=event.on)
            for twin in same:
                if by.may("registry.LifeEventCancelled", twin.area):
                    theirs = LifeEventCancelled(twin.person, LifeEventKind(twin.kind), twin.on)
                    drafts.append(Draft(theirs, by, at, twin.area, twin.person, reason.strip(), twin.entry))
        return record_all(drafts)[0]


def _proves(row: Person, number: str) -> bool:
    given = identity.compact(number)
    return bool(given) and (
        given == row.identity_number or PersonDocument.objects.filter(person=row.id, number=given).exists()
    )
