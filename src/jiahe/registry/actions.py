"""The verbs of the register. Each looks and decides under the journal's lock, then records its facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.basis.ids import new_id
from jiahe.journal.recording import record, record_all, turn
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.places.facts import Level
from jiahe.places.queries import require_open
from jiahe.registry import problems
from jiahe.registry.facts import (
    Born,
    Died,
    Field,
    FieldChange,
    Identity,
    IdentityKind,
    LifeEventCancelled,
    LifeEventKind,
    MovedIn,
    MovedOut,
    Name,
    PersonCorrected,
    PersonRegistered,
    Purpose,
    RecordOpened,
    RegistrationCancelled,
    Sex,
)
from jiahe.registry.models import LifeEvent, Person
from jiahe.registry.queries import stays_of, texts_as_of
from jiahe.registry.rules import identity
from jiahe.registry.rules.entry import (
    clean_identity,
    clean_name,
    clean_phone,
    refuse_birth,
    refuse_event,
    refuse_since,
)
from jiahe.registry.rules.residence import age_on, lived_on

_RESIDENCES = (Level.TOWNSHIP, Level.VILLAGE)
_MOTHERS_AGES = range(10, 66)


@dataclass(frozen=True, slots=True)
class Document:
    """An identity number as typed, and the document it stands on."""

    kind: IdentityKind
    number: str


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
    other_names: tuple[Name, ...] = (),
    by: Author,
    at: datetime,
) -> Recorded:
    """Enter a person who lives in `area` since the day `since`.

    Raises the problems of names, numbers and dates (`rules.entry`), IdentityTaken, MotherImpossible, AreaTooWide, and
    those of places for an area that is not there.
    """
    today = localdate(at)
    with turn():
        refuse_birth(birth_on, today)
        refuse_since(since, birth_on=birth_on, today=today)
        _refuse_residence(area, today)
        _refuse_mother(mother, birth_on)
        person = new_id(at)
        fact = PersonRegistered(
            person=person,
            names=(clean_name(name, surname), *other_names),
            sex=sex,
            birth_on=birth_on,
            identity=_free_identity(document, birth_on=birth_on, sex=sex, today=today),
            area=area,
            since=since,
            phone=clean_phone(phone),
            mother=mother,
        )
        return record(fact, by=by, at=at, area=area, about=person)


def register_birth(
    *,
    name: str,
    surname: str = "",
    sex: Sex,
    on: date,
    area: str,
    mother: UUID | None = None,
    certificate: str = "",
    by: Author,
    at: datetime,
) -> Recorded:
    """Enter a new-born, resident since birth where the mother lives. Gives the birth's entry; its `about` is the child.

    Raises as `register_person`; IdentityTaken if the birth certificate's number was used before.
    """
    today = localdate(at)
    with turn():
        refuse_birth(on, today)
        _refuse_residence(area, today)
        _refuse_mother(mother, on)
        child = new_id(at)
        document = Document(IdentityKind.BIRTH_CERTIFICATE, certificate)
        number = _free_identity(document, birth_on=on, sex=sex, today=today)
        registered = PersonRegistered(
            person=child,
            names=(clean_name(name, surname),),
            sex=sex,
            birth_on=on,
            identity=number,
            area=area,
            since=on,
            phone=None,
            mother=mother,
        )
        born = Born(child, on, area, sex, mother, number.number if number else None)
        return record_all([Draft(fact, by, at, area, child) for fact in (registered, born)])[1]


def register_death(*, person: UUID, on: date, by: Author, at: datetime) -> Recorded:
    """A person died. Raises PersonUnknown, FutureDate, EventBeforeBirth, AlreadyDead, and NotPermitted if the person
    lived elsewhere on that day."""
    with turn():
        row = _within(by, Died, person)
        lived_in = _plausible(LifeEventKind.DIED, on, row, localdate(at)) or row.home
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
        row = Person.objects.filter(id=person).first()
        if row is None or not (by.may("registry.MovedIn", row.home) or _proves(row, number)):
            raise problems.PersonUnknown()
        _refuse_residence(area, on)
        lived_in = _plausible(LifeEventKind.MOVED_IN, on, row, localdate(at))
        if lived_in == area:
            raise problems.AlreadyResident(on=on)
        fact = MovedIn(person, on, area, Sex(row.sex), origin.strip() or lived_in or "")
        return record(fact, by=by, at=at, area=area, about=person)


def register_move_out(*, person: UUID, on: date, destination: str, by: Author, at: datetime) -> Recorded:
    """A person no longer lives where he lived. Raises PersonUnknown, FutureDate, EventBeforeBirth, EventAfterDeath,
    NotResident."""
    with turn():
        row = _within(by, MovedOut, person)
        lived_in = _plausible(LifeEventKind.MOVED_OUT, on, row, localdate(at)) or row.home
        fact = MovedOut(person, on, lived_in, Sex(row.sex), destination.strip())
        return record(fact, by=by, at=at, area=lived_in, about=person)


def correct_person(
    *, person: UUID, changes: Mapping[Field, str], seen: str, why: str = "", by: Author, at: datetime
) -> Recorded:
    """Correct fields, written as `facts.FieldChange` says; `seen` is the stamp of the record as its editor saw it.

    Raises ChangedMeanwhile if somebody changed one of these fields since; NothingChanged; PersonUnknown; and the
    problems of each field as at registration.
    """
    today = localdate(at)
    with turn():
        row = _within(by, PersonCorrected, person)
        was, present = texts_as_of(row, seen), texts_as_of(row)
        wanted = _clean(changes, present, today)
        corrections = []
        for field, text in wanted.items():
            if present[field] not in (was[field], text):
                raise problems.ChangedMeanwhile(changed=field, seen=was[field], present=present[field], wrote=text)
            if text != present[field]:
                corrections.append(FieldChange(field, present[field], text))
        if not corrections:
            raise problems.NothingChanged()
        _refuse_as_a_whole(row, present, {change.field: change.new for change in corrections}, today)
        fact = PersonCorrected(person, tuple(corrections))
        return record(fact, by=by, at=at, area=row.home, about=person, why=why.strip())


def cancel_life_event(*, entry: UUID, reason: str, by: Author, at: datetime) -> Recorded:
    """A life event did not happen as recorded. Cancelling a birth takes the child out of the register.

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
        return record_all(drafts)[0]


def open_record(
    *, person: UUID, purpose: Purpose, reason: str = "", outside: bool = False, by: Author, at: datetime
) -> Recorded:
    """Say why one opens a person's record, before it is shown; `outside` a care relation only with a reason in words.

    Raises PersonUnknown, ReasonMissing (for "other", and outside).
    """
    with turn():
        row = _within(by, RecordOpened, person)
        if (outside or purpose is Purpose.OTHER) and not reason.strip():
            raise problems.ReasonMissing()
        fact = RecordOpened(person, purpose, reason.strip(), outside)
        return record(fact, by=by, at=at, area=row.home, about=person)


def _within(by: Author, fact: type, person: UUID) -> Person:
    """The person, if the author may record such facts where the record is kept. Raises PersonUnknown."""
    row = Person.objects.filter(id=person).first()
    if row is None or not by.may(f"registry.{fact.__name__}", row.home):
        raise problems.PersonUnknown()
    return row


def _plausible(kind: LifeEventKind, on: date, row: Person, today: date) -> str | None:
    """Where the person lived on that day, once it is clear that the event can have been."""
    lived_in = lived_on(on, stays_of(row))
    refuse_event(kind, on, birth_on=row.birth_on, died_on=row.died_on, resident=lived_in is not None, today=today)
    return lived_in


def _proves(row: Person, number: str) -> bool:
    return bool(row.identity_number) and identity.compact(number) == row.identity_number


def _refuse_residence(area: str, on: date) -> None:
    place = require_open(area, on=on)
    if place.level not in _RESIDENCES:
        raise problems.AreaTooWide(name=place.name.zh_hans)


def _refuse_mother(mother: UUID | None, birth_on: date) -> None:
    if mother is None:
        return
    row = Person.objects.filter(id=mother).first()
    if row is None:
        raise problems.PersonUnknown()
    dead = row.died_on is not None and row.died_on < birth_on
    if row.sex == Sex.MALE or dead or age_on(row.birth_on, birth_on) not in _MOTHERS_AGES:
        raise problems.MotherImpossible(birth_on=birth_on)


def _free_identity(
    document: Document | None, *, birth_on: date, sex: Sex, today: date, owner: UUID | None = None
) -> Identity | None:
    if document is None:
        return None
    found = clean_identity(document.kind, document.number, birth_on=birth_on, sex=sex, today=today)
    if found is not None:
        holders = Person.objects.filter(identity_tail=found.number[::-1], identity_kind=found.kind)
        if (holders.exclude(id=owner) if owner else holders).exists():
            raise problems.IdentityTaken()
    return found


def _clean(changes: Mapping[Field, str], present: Mapping[Field, str], today: date) -> dict[Field, str]:
    """The wanted texts as they are recorded; each by itself can be."""
    wanted = dict(changes)
    if Field.NAME in wanted or Field.SURNAME in wanted:
        full = wanted.get(Field.NAME, present[Field.NAME])
        name = clean_name(full, wanted.get(Field.SURNAME, ""))
        wanted |= {Field.NAME: name.full, Field.SURNAME: name.surname}
    if Field.PHONE in wanted:
        wanted[Field.PHONE] = clean_phone(wanted[Field.PHONE]) or ""
    if wanted.get(Field.IDENTITY):
        kind, _, number = wanted[Field.IDENTITY].partition(":")
        wanted[Field.IDENTITY] = f"{kind}:{identity.compact(number)}"
    if Field.AREA in wanted and wanted[Field.AREA] != present[Field.AREA]:
        _refuse_residence(wanted[Field.AREA], today)
    return wanted


def _refuse_as_a_whole(row: Person, present: Mapping[Field, str], new: Mapping[Field, str], today: date) -> None:
    """Whether birth, residence, identity and mother fit each other after the correction."""
    after = {**present, **new}
    birth_on, sex = date.fromisoformat(after[Field.BIRTH_ON]), Sex(after[Field.SEX])
    refuse_birth(birth_on, today)
    if Field.SINCE in new or Field.BIRTH_ON in new:
        refuse_since(date.fromisoformat(after[Field.SINCE]), birth_on=birth_on, today=today)
    found = identity.from_text(after[Field.IDENTITY])
    if found is not None and new.keys() & {Field.IDENTITY, Field.BIRTH_ON, Field.SEX}:
        document = Document(found.kind, found.number)
        _free_identity(document, birth_on=birth_on, sex=sex, today=today, owner=row.id)
    if Field.MOTHER in new and after[Field.MOTHER]:
        _refuse_mother(UUID(after[Field.MOTHER]), birth_on)
