"""What happens in a life. Dates are civil days; areas are codes (their path is their meaning)."""

from datetime import date
from uuid import UUID

from jiahe.journal.facts import fact
from jiahe.registry.facts.words import LifeEventKind, Sex


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


@fact("registry.Married@1", voidable=True)
class Married:
    """A person married on the day `on`, when resident in `area`; each of a couple has a fact of his own.

    `spouse` is the other one, if registered, else `spouse_name` says who.
    """

    person: UUID
    on: date
    area: str
    sex: Sex
    spouse: UUID | None
    spouse_name: str


@fact("registry.Divorced@1", voidable=True)
class Divorced:
    """A marriage ended by divorce on the day `on`; each of the two has a fact of his own."""

    person: UUID
    on: date
    area: str
    sex: Sex
    spouse: UUID | None


@fact("registry.Adopted@1", voidable=True)
class Adopted:
    """A child was adopted on the day `on` by `parents` (one or two), when resident in `area`."""

    person: UUID
    on: date
    area: str
    sex: Sex
    parents: tuple[UUID, ...]


@fact("registry.GuardianNamed@1", voidable=True)
class GuardianNamed:
    """From the day `on` the guardian of a person is `guardian`; None ends a guardianship."""

    person: UUID
    on: date
    area: str
    sex: Sex
    guardian: UUID | None


@fact("registry.LifeEventCancelled@1")
class LifeEventCancelled:
    """A life event did not happen as recorded; recorded with `voids=` that entry, the reason in `why`."""

    person: UUID
    event: LifeEventKind
    on: date
