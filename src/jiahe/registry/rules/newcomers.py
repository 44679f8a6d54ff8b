"""Somebody to be entered in the register, as typed, and the registration that follows from that alone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jiahe.registry.facts import Certainty, IdentityKind, Name, PersonRegistered, Sex
from jiahe.registry.rules.entry import clean_identity, clean_name, clean_phone, refuse_birth, refuse_since


@dataclass(frozen=True, slots=True)
class Document:
    """An identity number as typed, and the document it stands on."""

    kind: IdentityKind
    number: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be entered, as typed: the keywords of `register_person`."""

    name: str
    sex: Sex
    birth_on: date
    area: str
    since: date
    surname: str = ""
    document: Document | None = None
    phone: str = ""
    mother: UUID | None = None
    father: UUID | None = None
    other_names: tuple[Name, ...] = ()
    certainty: Certainty = Certainty.DAY
    registered_area: str = ""


def registration(given: Newcomer, person: UUID, today: date) -> PersonRegistered:
    """The fact, if every value can be. Raises the problems of names, numbers and dates (`rules.entry`)."""
    refuse_birth(given.birth_on, today)
    refuse_since(given.since, birth_on=given.birth_on, today=today)
    known = given.birth_on if given.certainty is Certainty.DAY else None
    document = given.document
    return PersonRegistered(
        person=person,
        names=(clean_name(given.name, given.surname), *given.other_names),
        sex=given.sex,
        birth_on=given.birth_on,
        identity=clean_identity(document.kind, document.number, birth_on=known, sex=given.sex, today=today)
        if document
        else None,
        area=given.area,
        since=given.since,
        phone=clean_phone(given.phone),
        mother=given.mother,
        father=given.father,
        certainty=given.certainty,
        registered_area=given.registered_area.strip(),
    )
