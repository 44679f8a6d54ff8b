"""The words of the register's facts: vocabularies and the values facts are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Sex(StrEnum):
    """GB/T 2261.1: male (1), female (2), unknown (0), unstated (9)."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"
    UNSTATED = "unstated"


class Certainty(StrEnum):
    """How much of a birth date is known. What is not known is written as the first month and the first day."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"
    """Not even the year is sure."""


class NameKind(StrEnum):
    """What a name is to its bearer; everybody has exactly one current name."""

    CURRENT = "current"
    FORMER = "former"
    ALIAS = "alias"
    OTHER_SCRIPT = "other_script"


class IdentityKind(StrEnum):
    """The document an identity number stands on."""

    RESIDENT_ID = "resident_id"
    """GB 11643, 18 places with a check digit."""
    RESIDENCE_PERMIT = "residence_permit"
    """Of residents of Hong Kong (810000), Macao (820000) and Taiwan (830000): 18 places, checked in the same way."""
    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"
    OTHER = "other"


class LifeEventKind(StrEnum):
    """The life events; each is a fact of its own."""

    BORN = "born"
    DIED = "died"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    MARRIED = "married"
    DIVORCED = "divorced"
    ADOPTED = "adopted"
    GUARDIAN_NAMED = "guardian_named"


class ContactBy(StrEnum):
    """How a person wants to be reached."""

    PHONE = "phone"
    MESSAGE = "message"
    LETTER = "letter"
    VISIT = "visit"
    COMES_HERSELF = "comes"
    """She comes to the window; nobody contacts her."""


class Field(StrEnum):
    """What can be corrected about a person, each by itself: of two corrections of one field the later stamp wins."""

    NAME = "name"
    SURNAME = "surname"
    SEX = "sex"
    BIRTH_ON = "birth_on"
    CERTAINTY = "certainty"
    IDENTITY = "identity"
    PHONE = "phone"
    MOTHER = "mother"
    FATHER = "father"
    AREA = "area"
    SINCE = "since"
    REGISTERED_AREA = "registered_area"
    LANGUAGE = "language"
    CONTACT_BY = "contact_by"
    NOT_AT_HOME = "not_at_home"


class Purpose(StrEnum):
    """Why somebody opens one person's record."""

    SERVICE = "service"
    REGISTRATION = "registration"
    CORRECTION = "correction"
    COMPLAINT = "complaint"
    AUDIT = "audit"
    OWN_REQUEST = "own_request"
    OTHER = "other"


class HouseholdKind(StrEnum):
    """Family households, and collective ones (a dormitory, a home)."""

    FAMILY = "family"
    COLLECTIVE = "collective"


class Relation(StrEnum):
    """What a member is to the head of the household (GB/T 4761, in short)."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    CHILD_IN_LAW = "child_in_law"
    GRANDCHILD = "grandchild"
    PARENT = "parent"
    PARENT_IN_LAW = "parent_in_law"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written; `surname` is empty where there is none (买买提·艾力), then `given` is the whole."""

    kind: NameKind
    full: str
    surname: str
    given: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A number and the document it stands on."""

    kind: IdentityKind
    number: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a household, and what he is to its head."""

    person: UUID
    relation: Relation


def _something(text: str) -> str:
    if not text:
        raise ValueError("this field is never empty")
    return text


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's correction: the text its editor saw (`old`) and the text he wrote (`new`); empty is "not known".

    Dates are ISO 8601, parents are their ids, an identity is `kind:number`, a name is the full current name,
    `registered_area` an area code or words, `language` a BCP 47 tag, `not_at_home` "yes" or empty. The same text twice
    says that its author saw both sides of a conflict and keeps what holds.
    """

    field: Field
    old: str
    new: str

    def __post_init__(self) -> None:
        """Raises ValueError for a text that its field cannot hold."""
        for text in (self.old, self.new):
            if text or self.field in _NEEDED:
                _READERS.get(self.field, str)(text)


_NEEDED = (Field.NAME, Field.SEX, Field.BIRTH_ON, Field.CERTAINTY, Field.AREA, Field.SINCE)
_READERS: dict[Field, Callable[[str], object]] = {
    Field.NAME: _something,
    Field.SEX: Sex,
    Field.BIRTH_ON: date.fromisoformat,
    Field.CERTAINTY: Certainty,
    Field.IDENTITY: lambda text: IdentityKind(text.partition(":")[0]),
    Field.MOTHER: UUID,
    Field.FATHER: UUID,
    Field.AREA: _something,
    Field.SINCE: date.fromisoformat,
    Field.CONTACT_BY: ContactBy,
    Field.NOT_AT_HOME: lambda text: ("yes",).index(text),
}
