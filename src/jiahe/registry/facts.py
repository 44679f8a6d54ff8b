"""What can happen in the register of people. Dates are civil days; areas are codes (their path is their meaning)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from jiahe.journal.facts import fact


class Sex(StrEnum):
    """GB/T 2261.1: male (1), female (2), unknown (0), unstated (9)."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"
    UNSTATED = "unstated"


class NameKind(StrEnum):
    """What a name is to its bearer; everybody has exactly one current name."""

    CURRENT = "current"
    FORMER = "former"
    ALIAS = "alias"
    OTHER_SCRIPT = "other_script"


class IdentityKind(StrEnum):
    """The document an identity number stands on."""

    RESIDENT_ID = "resident_id"
    """GB 11643, 18 places with a check digit; also the residence permit of Hong Kong, Macao and Taiwan residents."""
    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"
    OTHER = "other"


class LifeEventKind(StrEnum):
    """The life events of this slice; each is a fact of its own."""

    BORN = "born"
    DIED = "died"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"


class Field(StrEnum):
    """What can be corrected about a person, each by itself: of two corrections of one field the later stamp wins."""

    NAME = "name"
    SURNAME = "surname"
    SEX = "sex"
    BIRTH_ON = "birth_on"
    IDENTITY = "identity"
    PHONE = "phone"
    MOTHER = "mother"
    AREA = "area"
    SINCE = "since"


class Purpose(StrEnum):
    """Why somebody opens one person's record."""

    SERVICE = "service"
    REGISTRATION = "registration"
    CORRECTION = "correction"
    COMPLAINT = "complaint"
    AUDIT = "audit"
    OWN_REQUEST = "own_request"
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


def _something(text: str) -> str:
    if not text:
        raise ValueError("this field is never empty")
    return text


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's correction: the text its editor saw (`old`) and the text he wrote (`new`); empty is "not known".

    Dates are ISO 8601, a mother is her id, an identity is `kind:number`, a name is the full current name.
    """

    field: Field
    old: str
    new: str

    def __post_init__(self) -> None:
        """Raises ValueError for a text that its field cannot hold."""
        for text in (self.old, self.new):
            if text or self.field in _NEEDED:
                _READERS.get(self.field, str)(text)


_NEEDED = (Field.NAME, Field.SEX, Field.BIRTH_ON, Field.AREA, Field.SINCE)
_READERS: dict[Field, Callable[[str], object]] = {
    Field.NAME: _something,
    Field.SEX: Sex,
    Field.BIRTH_ON: date.fromisoformat,
    Field.IDENTITY: lambda text: IdentityKind(text.partition(":")[0]),
    Field.MOTHER: UUID,
    Field.AREA: _something,
    Field.SINCE: date.fromisoformat,
}


@fact("registry.PersonRegistered@1", voidable=True)
class PersonRegistered:
    """A person enters the register, resident in `area` since the day `since` (a new-born: since birth)."""

    person: UUID
    names: tuple[Name, ...]
    sex: Sex
    birth_on: date
    identity: Identity | None
    area: str
    since: date
    phone: str | None
    mother: UUID | None

    def __post_init__(self) -> None:
        """Raises ValueError unless exactly one name is the current one."""
        if [name.kind for name in self.names].count(NameKind.CURRENT) != 1:
            raise ValueError("everybody has exactly one current name")

    @property
    def name(self) -> Name:
        """The current name."""
        return next(name for name in self.names if name.kind is NameKind.CURRENT)


@fact("registry.PersonCorrected@1")
class PersonCorrected:
    """Something the register said about a person was wrong or out of date."""

    person: UUID
    changes: tuple[FieldChange, ...]


@fact("registry.Born@1", voidable=True)
class Born:
    """A child was born; `area` is where its mother lives. Recorded together with the child's PersonRegistered."""

    person: UUID
    on: date
    area: str
    sex: Sex
    mother: UUID | None
    certificate: str | None


@fact("registry.Died@1", voidable=True)
class Died:
    """A person died on the day `on`, when resident in `area`."""

    person: UUID
    on: date
    area: str
    sex: Sex


@fact("registry.MovedIn@1", voidable=True)
class MovedIn:
    """A person lives in `area` from the day `on`; this ends an earlier residence. `origin`: an area code or words."""

    person: UUID
    on: date
    area: str
    sex: Sex
    origin: str


@fact("registry.MovedOut@1", voidable=True)
class MovedOut:
    """A person no longer lives in `area` from the day `on`. `destination`: an area code or words."""

    person: UUID
    on: date
    area: str
    sex: Sex
    destination: str


@fact("registry.LifeEventCancelled@1")
class LifeEventCancelled:
    """A life event did not happen as recorded; recorded with `voids=` that entry, the reason in `why`."""

    person: UUID
    event: LifeEventKind
    on: date


@fact("registry.RegistrationCancelled@1")
class RegistrationCancelled:
    """There is no such person (a birth recorded in error); recorded with `voids=` the PersonRegistered entry."""

    person: UUID


@fact("registry.RecordOpened@1")
class RecordOpened:
    """An officer opened one person's record; `reason` is his own words, needed for the purpose "other"."""

    person: UUID
    purpose: Purpose
    reason: str
