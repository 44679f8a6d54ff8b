"""What can happen to a case at the window, from the first contact to the archive, and what applicants say of it.

Days follow from the instant of recording: nobody can say when something happened, so nobody can date it back. Reasons
in words stand in the entry's `why`.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from jiahe.journal.facts import fact
from jiahe.window.definitions.shapes import PauseReason


class Channel(StrEnum):
    """How somebody came, or how something reached him."""

    COUNTER = "counter"
    VISIT = "visit"
    PHONE = "phone"
    POST = "post"
    ONLINE = "online"


class Relation(StrEnum):
    """What a person is to an officer, who has no part in that person's cases."""

    MYSELF = "myself"
    KIN = "kin"
    OTHER = "other"
    """Any other interest: a friend, a debtor, a neighbour in dispute."""


@fact("window.CaseOpened@1")
class CaseOpened:
    """Somebody asked for a service, and the officer who was asked first owns it until he has handed it over.

    `number` stands on the receipt, `code` is the digest of the word by which it can be followed without an identity
    document. `documents` were brought; `regarding` is the case a complaint is about, `words` what it says.
    """

    case: UUID
    number: str
    code: str
    service: str
    version: int
    applicant: UUID | None
    channel: Channel
    documents: tuple[str, ...]
    regarding: UUID | None
    words: str


@fact("window.CodeGiven@1")
class CodeGiven:
    """A new word to follow the case by; the one before is good no more."""

    case: UUID
    code: str


@fact("window.DocumentsBrought@1")
class DocumentsBrought:
    """Documents that were seen since."""

    case: UUID
    documents: tuple[str, ...]


@fact("window.AttachmentAdded@1")
class AttachmentAdded:
    """A picture or file of a document; `blob` is the SHA-256 of its content, `media` its type, `size` its bytes."""

    case: UUID
    document: str
    blob: str
    media: str
    size: int


@fact("window.MissingTold@1")
class MissingTold:
    """The applicant was told, once, everything that is missing."""

    case: UUID
    missing: tuple[str, ...]


@fact("window.CaseAccepted@1")
class CaseAccepted:
    """The case is accepted; the applicant was promised a decision by `promised_on` (None: nothing was promised)."""

    case: UUID
    promised_on: date | None


@fact("window.CaseDeclined@1")
class CaseDeclined:
    """The case is not accepted, for the reason given."""

    case: UUID


@fact("window.CaseHandedOver@1")
class CaseHandedOver:
    """Whoever was asked first gave the case to the office of `area`, to a post of it, or to whoever takes it there."""

    case: UUID
    area: str
    post: UUID | None


@fact("window.DeskGiven@1")
class DeskGiven:
    """A step of the case is this post's; nobody's, while there is none that may have it."""

    case: UUID
    step: str
    post: UUID | None


@fact("window.StepDecided@1")
class StepDecided:
    """A step came out so; an outcome that ends the case is the decision, signed by its author."""

    case: UUID
    step: str
    outcome: str


@fact("window.ClockStopped@1")
class ClockStopped:
    """The clock stands still, for a reason the service lists."""

    case: UUID
    reason: PauseReason


@fact("window.ClockResumed@1")
class ClockResumed:
    """The clock goes on."""

    case: UUID


@fact("window.CaseExtended@1")
class CaseExtended:
    """The limit was extended by so many working days, and the applicant told why."""

    case: UUID
    days: int


@fact("window.CaseWithdrawn@1")
class CaseWithdrawn:
    """The applicant wants it no more. No reason is asked."""

    case: UUID


@fact("window.ResultDelivered@1")
class ResultDelivered:
    """The applicant has the result in hand."""

    case: UUID
    channel: Channel


@fact("window.CaseInspected@1")
class CaseInspected:
    """An officer who has no step in the case opened it, for the reason given."""

    case: UUID


@fact("window.InterestDeclared@1", voidable=True)
class InterestDeclared:
    """What a person is to an officer."""

    officer: UUID
    person: UUID
    relation: Relation


@fact("window.InterestEnded@1")
class InterestEnded:
    """It is so no more; somebody else than the officer says so."""

    officer: UUID
    person: UUID


@fact("window.ServiceRated@1", discreet=True)
class ServiceRated:
    """How an applicant was served, from 5 (very satisfied) to 1; whether a payment was asked of him, if he said so."""

    case: UUID
    score: int
    payment_asked: bool | None
    words: str


@fact("window.RatingAnswered@1", discreet=True)
class RatingAnswered:
    """A bad rating was followed up: whoever gave it was called back, or would not be, and what came of it."""

    case: UUID
    reached: bool


@fact("window.RatingOpened@1", discreet=True)
class RatingOpened:
    """An officer who had no part in the case opened whose bad rating it is, to call him back, for the reason given.

    Nothing of it stands in the history of the case, where those who were rated would read it.
    """

    case: UUID


@fact("window.TicketTaken@1")
class TicketTaken:
    """Somebody waits at the office of the entry's area: number `number` of the day `day`, from `slot` on ("HH:MM",
    booked) or at once (""). The entry is the ticket, and the ticket is nobody's: no name, no phone."""

    day: date
    number: int
    slot: str


@fact("window.TicketCalled@1")
class TicketCalled:
    """Whoever holds the ticket is asked to come to this counter, for the first time or again."""

    ticket: UUID
    counter: str


@fact("window.TicketClosed@1")
class TicketClosed:
    """He was served, or did not come when he was called."""

    ticket: UUID
    served: bool


@fact("window.TicketCancelled@1")
class TicketCancelled:
    """The ticket was given back before it was called."""

    ticket: UUID
