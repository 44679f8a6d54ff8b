"""What is said of one person: that he is registered, and what was added, corrected, merged, taken back, looked at."""

from datetime import date
from uuid import UUID

from jiahe.journal.facts import fact, upcaster
from jiahe.registry.facts.words import (
    Certainty,
    FieldChange,
    Identity,
    Name,
    NameKind,
    Purpose,
    Sex,
)


def _one_current(names: tuple[Name, ...]) -> None:
    if [name.kind for name in names].count(NameKind.CURRENT) != 1:
        raise ValueError("everybody has exactly one current name")


@fact("registry.PersonRegistered@1", voidable=True)
class PersonRegistered1:
    """As it was written before certainty, the father and the registered residence were asked for."""

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
        _one_current(self.names)


@fact("registry.PersonRegistered@2", voidable=True)
class PersonRegistered:
    """A person enters the register, resident in `area` since the day `since` (a new-born: since birth).

    `registered_area` is where his household registration (hukou) is kept: an area code, words, or empty for "here".
    """

    person: UUID
    names: tuple[Name, ...]
    sex: Sex
    birth_on: date
    identity: Identity | None
    area: str
    since: date
    phone: str | None
    mother: UUID | None
    father: UUID | None = None
    certainty: Certainty = Certainty.DAY
    registered_area: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError unless exactly one name is the current one."""
        _one_current(self.names)

    @property
    def name(self) -> Name:
        """The current name."""
        return next(name for name in self.names if name.kind is NameKind.CURRENT)


@upcaster(PersonRegistered1, PersonRegistered)
def _(old: PersonRegistered1) -> PersonRegistered:
    return PersonRegistered(
        old.person, old.names, old.sex, old.birth_on, old.identity, old.area, old.since, old.phone, old.mother
    )


@fact("registry.PersonCorrected@1")
class PersonCorrected:
    """Something the register said about a person was wrong or out of date."""

    person: UUID
    changes: tuple[FieldChange, ...]


@fact("registry.NameAdded@1", voidable=True)
class NameAdded:
    """A person also is, or was, called so: from the day `since`, up to, not including, `until`, if known."""

    person: UUID
    name: Name
    since: date | None
    until: date | None


@fact("registry.DocumentAdded@1", voidable=True)
class DocumentAdded:
    """A person has another document with a number; the main one stands in the registration."""

    person: UUID
    identity: Identity
    since: date | None
    until: date | None


@fact("registry.PhoneAdded@1", voidable=True)
class PhoneAdded:
    """A person can also be reached at this number; `whose` says in words whose it is, empty for his own."""

    person: UUID
    number: str
    whose: str


@fact("registry.ParticularWithdrawn@1")
class ParticularWithdrawn:
    """An added name, document or phone holds no more; recorded with `voids=` the entry that added it."""

    person: UUID


@fact("registry.PersonsMerged@1", voidable=True)
class PersonsMerged:
    """Two records are of one person: `gone` is kept on under `person`.

    `taken` are the fields in which the record that stays takes what the other one said.
    """

    person: UUID
    gone: UUID
    taken: tuple[FieldChange, ...]


@fact("registry.MergeUndone@1")
class MergeUndone:
    """They are two people after all; recorded with `voids=` the PersonsMerged entry."""

    person: UUID
    gone: UUID


@fact("registry.FoundDistinct@1", voidable=True)
class FoundDistinct:
    """Somebody compared two records and found two people; they are not shown as doubles again."""

    person: UUID
    other: UUID


@fact("registry.RegistrationCancelled@1")
class RegistrationCancelled:
    """There is no such person (a birth recorded in error); recorded with `voids=` the PersonRegistered entry."""

    person: UUID


@fact("registry.RecordOpened@1")
class RecordOpened1:
    """As it was written before openings outside a care relation were told apart."""

    person: UUID
    purpose: Purpose
    reason: str


@fact("registry.RecordOpened@2")
class RecordOpened:
    """An officer opened one person's record; `reason` is his own words, needed for the purpose "other" and whenever
    his post does not care for this person (`outside`: the glass was broken)."""

    person: UUID
    purpose: Purpose
    reason: str
    outside: bool


@upcaster(RecordOpened1, RecordOpened)
def _(old: RecordOpened1) -> RecordOpened:
    return RecordOpened(old.person, old.purpose, old.reason, outside=False)


@fact("registry.RecordExported@1")
class RecordExported:
    """All that is held on a person was written out for him; `form` is "page" or "json"."""

    person: UUID
    form: str
