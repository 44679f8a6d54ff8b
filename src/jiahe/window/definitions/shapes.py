"""What a service may say, as frozen values: who may apply, with what, in which steps, by when, to which end."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from jiahe.basis.languages import Text
from jiahe.places.facts import Level


class ItemType(StrEnum):
    """The national types of administrative items and public services."""

    PERMIT = "01"
    PENALTY = "02"
    COMPULSION = "03"
    LEVY = "04"
    PAYMENT = "05"
    INSPECTION = "06"
    CONFIRMATION = "07"
    REWARD = "08"
    ARBITRATION = "09"
    OTHER_POWER = "10"
    PUBLIC_SERVICE = "20"


class Handling(StrEnum):
    """Done while the applicant waits (即辦件), or within a limit of working days (承諾件)."""

    INSTANT = "instant"
    WITHIN_LIMIT = "within_limit"


class End(StrEnum):
    """How a case can end by a decision. Withdrawing is not among them: it is open at every step, whatever it says."""

    GRANTED = "granted"
    REFUSED = "refused"
    CLOSED = "closed"


class PauseReason(StrEnum):
    """For what the clock may stand still: article 45 of the Administrative Licensing Law, and what is missing."""

    SUPPLEMENT = "supplement"
    HEARING = "hearing"
    TESTING = "testing"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


class Shown(StrEnum):
    """All that a public notice may ever show of somebody (Personal Information Protection Law, articles 6 and 25)."""

    MASKED_NAME = "masked_name"
    VILLAGE = "village"
    PROGRAMME = "programme"
    YEAR = "year"
    AMOUNT_CLASS = "amount_class"


class Source(StrEnum):
    """Who brings a document: the applicant, once; or nobody, since the county holds it and looks it up itself."""

    APPLICANT = "applicant"
    COUNTY = "county"


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law or rule the service stands on: its text of the day `on`, its articles, and where it is published."""

    title: Text
    articles: str
    on: date
    link: str


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that must be seen to decide. `only_if` says in words for whom; empty means for everybody."""

    id: str
    title: Text
    source: Source = msgspec.field(name="from")
    only_if: Text = Text("")


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Working days from acceptance to decision: what is promised, and what the law allows where it says so.

    `deliver` is by when after the decision its result is handed over.
    """

    promised: int
    deliver: int
    statutory: int | None = None


class Extension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By how many working days at most, once, the limit may be extended, by a post with which role."""

    days: int
    by: str


class Pause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reason for which the clock may stand still, in one case for so many working days at most, all in all."""

    reason: PauseReason
    days: int
    title: Text


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public notice: for how many working days it hangs, and what it shows."""

    days: int
    shows: tuple[Shown, ...]


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a step can come out: the `next` step or an `end`. `times` is how often at most a case may take it."""

    id: str
    title: Text
    next: str = ""
    end: End | None = None
    times: int | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One post's part: who does it, at which level, in how many working days, and how it can come out.

    `not_by` are steps whose officer may not take this one: two officers look.
    """

    id: str
    title: Text
    role: str
    level: Level
    outcomes: tuple[Outcome, ...]
    promised: int | None = None
    statutory: int | None = None
    notice: Notice | None = None
    not_by: tuple[str, ...] = ()


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of one service. The first step is where a case begins once it is accepted.

    In force from `effective_from` up to, not including, `effective_until`. `opens` is the benefit or programme that a
    grant leads to, by its id. `confidential`: that somebody applied says something about his health or family which
    nobody else may learn, so nothing of it is ever put up in public. `fee` is in yuan.
    """

    id: str
    version: int
    effective_from: date
    author: str
    source: str
    reviewed_on: date
    review_by: date
    item_type: ItemType
    handling: Handling
    title: Text
    applicants: Text
    result: Text
    remedy: Text
    basis: tuple[Basis, ...]
    steps: tuple[Step, ...]
    documents: tuple[Document, ...] = ()
    limit: Limit | None = None
    extension: Extension | None = None
    pauses: tuple[Pause, ...] = ()
    effective_until: date | None = None
    catalogue_code: str = ""
    opens: str = ""
    confidential: bool = False
    fee: int = 0
    fee_basis: str = ""

    @property
    def names_applicant(self) -> bool:
        """Whether it is decided for one person: some document is asked for or looked up."""
        return bool(self.documents)

    def step(self, id_: str) -> Step:
        """The step of that id. Raises KeyError."""
        return {step.id: step for step in self.steps}[id_]

    def in_force(self, on: date) -> bool:
        """Whether this version holds on a day."""
        return self.effective_from <= on and (self.effective_until is None or on < self.effective_until)
