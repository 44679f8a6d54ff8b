"""What is said of one registered person: corrected, restored, added, taken back, looked at."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal.recording import record, turn
from jiahe.journal.values import Author, Recorded
from jiahe.registry import problems
from jiahe.registry.facts import (
    Certainty,
    DocumentAdded,
    Field,
    FieldChange,
    IdentityKind,
    NameAdded,
    NameKind,
    ParticularWithdrawn,
    PersonCorrected,
    PhoneAdded,
    Purpose,
    RecordExported,
    RecordOpened,
    Sex,
)
from jiahe.registry.models import FieldValue, Person, PersonDocument, PersonName, PersonPhone
from jiahe.registry.queries.lives import records_of
from jiahe.registry.queries.standing import free_identity, refuse_children, refuse_parents, refuse_residence, row_for
from jiahe.registry.queries.values import texts_as_of
from jiahe.registry.rules import identity
from jiahe.registry.rules.entry import clean_name, clean_phone, refuse_birth, refuse_since
from jiahe.registry.rules.newcomers import Document

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def correct_person(
    *,
    person: UUID,
    changes: Mapping[Field, str],
    seen: str,
    why: str = "",
    sure: Collection[str] = (),
    by: Author,
    at: datetime,
) -> Recorded:
    """Correct fields, written as `facts.FieldChange` says; `seen` is the stamp of the record as its editor saw it.

    Raises ChangedMeanwhile if somebody changed one of these fields since; NothingChanged; PersonUnknown; and the
    problems of each field as at registration; `sure` as there.
    """
    today = localdate(at)
    with turn():
        row = row_for(by, "PersonCorrected", person)
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
        _refuse_as_a_whole(row, present, {change.field: change.new for change in corrections}, today, sure)
        fact = PersonCorrected(person, tuple(corrections))
        return record(fact, by=by, at=at, area=row.home, about=person, why=why.strip())


def open_record(
    *, person: UUID, purpose: Purpose, reason: str = "", outside: bool = False, by: Author, at: datetime
) -> Recorded:
    """Say why one opens a person's record, before it is shown; `outside` a care relation only with a reason in words.

    Raises PersonUnknown, ReasonMissing (for "other", and outside).
    """
    with turn():
        row = row_for(by, "RecordOpened", person)
        if (outside or purpose is Purpose.OTHER) and not reason.strip():
            raise problems.ReasonMissing()
        fact = RecordOpened(person, purpose, reason.strip(), outside)
        return record(fact, by=by, at=at, area=row.home, about=person)


def decide_conflict(*, entry: UUID, field: Field, restore: bool, by: Author, at: datetime) -> Recorded:
    """Of a conflict, what was overwritten unseen holds again (`restore`), or what holds is right: its author saw both.

    Raises ConflictUnknown, PersonUnknown.
    """
    with turn():
        row, said = _conflict(entry, field, by)
        change = FieldChange(field, said.value, said.unseen or "" if restore else said.value)
        return record(PersonCorrected(row.id, (change,)), by=by, at=at, area=row.home, about=row.id)


def add_name(
    *,
    person: UUID,
    name: str,
    surname: str = "",
    kind: NameKind,
    since: date | None = None,
    until: date | None = None,
    by: Author,
    at: datetime,
) -> Recorded:
    """Another name, with its days if known. Raises PersonUnknown, DocumentHeld, and the problems of names."""
    with turn():
        row = row_for(by, "NameAdded", person)
        clean = clean_name(name, surname, kind=kind)
        if PersonName.objects.filter(person=person, full=clean.full, kind=kind).exists():
            raise problems.DocumentHeld()
        return record(NameAdded(person, clean, since, until), by=by, at=at, area=row.home, about=person)


def add_document(
    *,
    person: UUID,
    kind: IdentityKind,
    number: str,
    since: date | None = None,
    until: date | None = None,
    by: Author,
    at: datetime,
) -> Recorded:
    """Another document. Raises PersonUnknown, NumberMissing, DocumentHeld, IdentityTaken, the problems of numbers."""
    with turn():
        row = row_for(by, "DocumentAdded", person)
        found = free_identity(
            Document(kind, number),
            birth_on=row.birth_on,
            certainty=Certainty(row.certainty),
            sex=Sex(row.sex),
            today=localdate(at),
            owner=person,
        )
        if found is None:
            raise problems.NumberMissing()
        held = PersonDocument.objects.filter(person=person, number=found.number).exists()
        if held or row.identity_number == found.number:
            raise problems.DocumentHeld()
        return record(DocumentAdded(person, found, since, until), by=by, at=at, area=row.home, about=person)


def add_phone(*, person: UUID, number: str, whose: str = "", by: Author, at: datetime) -> Recorded:
    """Another phone. Raises PersonUnknown, NumberMissing, PhoneMalformed, DocumentHeld."""
    with turn():
        row = row_for(by, "PhoneAdded", person)
        digits = clean_phone(number)
        if digits is None:
            raise problems.NumberMissing()
        if row.phone == digits or PersonPhone.objects.filter(person=person, number=digits).exists():
            raise problems.DocumentHeld()
        return record(PhoneAdded(person, digits, whose.strip()), by=by, at=at, area=row.home, about=person)


def withdraw_particular(*, entry: UUID, reason: str = "", by: Author, at: datetime) -> Recorded:
    """An added name, document or phone holds no more. Raises ParticularUnknown, PersonUnknown."""
    with turn():
        said = (
            PersonDocument.objects.filter(entry=entry).first()
            or PersonPhone.objects.filter(entry=entry).first()
            or PersonName.objects.filter(entry=entry, added=True).first()
        )
        if said is None:
            raise problems.ParticularUnknown()
        row = row_for(by, "ParticularWithdrawn", said.person)
        fact = ParticularWithdrawn(row.id)
        return record(fact, by=by, at=at, area=row.home, about=row.id, why=reason.strip(), voids=entry)


def export_record(*, person: UUID, form: str, by: Author, at: datetime) -> Recorded:
    """Say that all that is held on a person is written out, before it is. Raises PersonUnknown."""
    with turn():
        row = row_for(by, "RecordExported", person)
        return record(RecordExported(person, form), by=by, at=at, area=row.home, about=person)


def _conflict(entry: UUID, field: Field, by: Author) -> tuple[Person, FieldValue]:
    said = FieldValue.objects.filter(entry=entry, field=field, unseen__isnull=False).first()
    if said is None:
        raise problems.ConflictUnknown()
    row = row_for(by, "PersonCorrected", said.person)
    latest = FieldValue.objects.filter(person__in=records_of(row.id), field=field).order_by("-stamp").first()
    return row, latest if latest is not None and latest.unseen is not None else said


def _clean(changes: Mapping[Field, str], present: Mapping[Field, str], today: date) -> dict[Field, str]:
    """The wanted texts as they are recorded; each by itself can be."""
    wanted = dict(changes)
    if Field.NAME in wanted or Field.SURNAME in wanted:
        full = wanted.get(Field.NAME, present[Field.NAME])
        name = clean_name(full, wanted.get(Field.SURNAME, ""))
        wanted |= {Field.NAME: name.full, Field.SURNAME: name.surname}
    if wanted.get(Field.LANGUAGE):
        if not _TAG.fullmatch(wanted[Field.LANGUAGE]):
            raise problems.LanguageUnknown(text=wanted[Field.LANGUAGE])
    if Field.PHONE in wanted:
        wanted[Field.PHONE] = clean_phone(wanted[Field.PHONE]) or ""
    if wanted.get(Field.IDENTITY):
        kind, _, number = wanted[Field.IDENTITY].partition(":")
        wanted[Field.IDENTITY] = f"{kind}:{identity.compact(number)}"
    if Field.AREA in wanted and wanted[Field.AREA] != present[Field.AREA]:
        refuse_residence(wanted[Field.AREA], today)
    return wanted


def _refuse_as_a_whole(
    row: Person, present: Mapping[Field, str], new: Mapping[Field, str], today: date, sure: Collection[str]
) -> None:
    """Whether birth, residence, identity, parents and children fit each other after the correction."""
    after = {**present, **new}
    birth_on, sex = date.fromisoformat(after[Field.BIRTH_ON]), Sex(after[Field.SEX])
    refuse_birth(birth_on, today)
    if Field.SINCE in new or Field.BIRTH_ON in new:
        refuse_since(date.fromisoformat(after[Field.SINCE]), birth_on=birth_on, today=today)
    found = identity.from_text(after[Field.IDENTITY])
    if found is not None and new.keys() & {Field.IDENTITY, Field.BIRTH_ON, Field.SEX}:
        document = Document(found.kind, found.number)
        certainty = Certainty(after[Field.CERTAINTY])
        free_identity(document, birth_on=birth_on, certainty=certainty, sex=sex, today=today, owner=row.id)
    if new.keys() & {Field.MOTHER, Field.FATHER, Field.BIRTH_ON}:
        mother, father = (UUID(text) if text else None for text in (after[Field.MOTHER], after[Field.FATHER]))
        refuse_parents(mother=mother, father=father, birth_on=birth_on, sure=sure, child=row.id)
    if Field.BIRTH_ON in new:
        refuse_children(parent=row.id, birth_on=birth_on, sure=sure)
