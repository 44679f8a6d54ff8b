"""What can happen with officers, posts and duties. Days are civil days of the county; `*_on` is a date."""

from datetime import date
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.journal.facts import fact


@fact("staff.OfficerEnrolled@1")
class OfficerEnrolled:
    """Somebody became an officer; `area` is where he is enrolled."""

    officer: UUID
    name: str
    area: str
    on: date


@fact("staff.OfficerRenamed@1")
class OfficerRenamed:
    """The officer's name was corrected or has changed."""

    officer: UUID
    name: str


@fact("staff.OfficerLeft@1")
class OfficerLeft:
    """The officer works here no more; `on` is the first day without him."""

    officer: UUID
    on: date


@fact("staff.AccountOpened@1")
class AccountOpened:
    """The officer was given an account, or his password and second factor were set anew (`anew`).

    The account itself is a node-local credential; this says who handed it out. No password stands here.
    """

    officer: UUID
    anew: bool


@fact("staff.PostCreated@1")
class PostCreated:
    """There is a post: a role, for an area, perhaps at a facility, from a day on."""

    post: UUID
    role: str
    area: str
    facility: UUID | None
    title: Text
    on: date


@fact("staff.PostClosed@1")
class PostClosed:
    """The post is no more; `on` is the first day without it."""

    post: UUID
    on: date


@fact("staff.PostHeld@1")
class PostHeld:
    """An officer took a vacant post."""

    post: UUID
    officer: UUID
    on: date


@fact("staff.PostHandedOver@1")
class PostHandedOver:
    """A post went from one officer to the next, who from `on` answers for these open `duties`."""

    post: UUID
    giver: UUID
    taker: UUID
    on: date
    duties: tuple[UUID, ...]


@fact("staff.PostVacated@1")
class PostVacated:
    """The officer gave up the post and nobody has taken it; its duties wait for the next holder."""

    post: UUID
    officer: UUID
    on: date


@fact("staff.DeputyNamed@1")
class DeputyNamed:
    """From the day `starts_on` up to and with `ends_on` the officer may act in the post beside its holder."""

    deputation: UUID
    post: UUID
    officer: UUID
    starts_on: date
    ends_on: date


@fact("staff.DeputyEnded@1")
class DeputyEnded:
    """The deputation ends early; `on` is the first day without it."""

    deputation: UUID
    on: date


@fact("staff.DutyGiven@1")
class DutyGiven:
    """A post is asked to have something done by a day, about an area."""

    duty: UUID
    post: UUID
    title: str
    due_on: date
    about_area: str


@fact("staff.DutyDone@1")
class DutyDone:
    """What the duty asked for is done; `note` may say how."""

    duty: UUID
    on: date
    note: str


@fact("staff.BudgetRaised@1")
class BudgetRaised:
    """On the day `on` the officer may see and export so many rows of people, in all; why, the entry says."""

    officer: UUID
    on: date
    seen: int
    exported: int
