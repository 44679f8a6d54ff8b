"""A case as its facts tell it (`telling`): where it stands, whose turn it is, and by when.

A case is a row of *stages*: reception, each step as often as it was taken, delivery. A stage has a desk and a day by
which it is due, so whoever held it when it fell due answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from jiahe.window import facts
from jiahe.window.definitions.shapes import End, PauseReason, Service, Step
from jiahe.window.rules.calendar import Calendar
from jiahe.window.rules.clock import Due, Run, Stop, account, due, reached, still_until, terms

RECEPTION, DELIVERY = "@reception", "@delivery"
"""What a stage is called that is no step of a service."""
HALF, RISK = Fraction(1, 2), Fraction(4, 5)


class Phase(StrEnum):
    """How far a case has come."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    RUNNING = "running"
    DECIDED = "decided"
    CLOSED = "closed"
    """The result is in the applicant's hand; from now on it lies in the archive."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OVER = (Phase.CLOSED, Phase.DECLINED, Phase.WITHDRAWN)
"""Nothing is left to be done."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of a case, with the day on which, and the officer, post and words with which it was recorded."""

    entry: UUID
    on: date
    officer: str
    post: str
    area: str
    fact: Any
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a case on a desk (None: nobody's): since when, by when, and how it ended. `held` is each desk it lay
    on, with the day from which."""

    step: str
    since: date
    desk: UUID | None
    due: Due
    half_on: date
    risk_on: date
    held: tuple[tuple[date, UUID | None], ...]
    ended_on: date | None = None
    outcome: str = ""
    officer: str = ""

    @property
    def answers(self) -> UUID | None:
        """The post on whose desk it lay when it fell due; None if it was nobody's then, or came to a desk only later:
        whoever leads answers for that."""
        desks = [desk for on, desk in self.held if on <= self.due.on]
        return desks[-1] if desks else None


@dataclass(slots=True)
class Story:
    """A case as its facts tell it. `owner` is the post that answers to the applicant: first asked, or handed over to.

    `accepted_on` is None until then; while it is, `due` counts from the day of receipt, as if nobody said anything.
    """

    opening: facts.CaseOpened
    service: Service
    calendar: Calendar = field(repr=False)
    area: str
    owner: UUID | None
    opened_on: date
    opened_by: str
    received_on: date
    tell_by: date
    code: str
    phase: Phase = Phase.RECEIVED
    brought: set[str] = field(default_factory=set)
    told_on: date | None = None
    missing: tuple[str, ...] = ()
    accepted_on: date | None = None
    accepted_by: str = ""
    silent: bool = False
    promised_on: date | None = None
    stops: tuple[Stop, ...] = ()
    extended: int = 0
    taken: tuple[str, ...] = ()
    stages: list[Stage] = field(default_factory=list)
    end: End | None = None
    ended_on: date | None = None
    decided_by: str = ""
    reason: str = ""
    delivered_on: date | None = None
    notes: list[Told] = field(default_factory=list)
    """What the applicant is told on the way, with its reason: stops, an extension, where he was handed over to."""
    vain: list[UUID] = field(default_factory=list)
    """Entries that could not be when they were recorded, so they changed nothing."""

    @property
    def about(self) -> UUID | None:
        """The applicant."""
        return self.opening.applicant

    @property
    def awaited(self) -> tuple[str, ...]:
        """What the applicant was told to bring and has not brought yet; nothing once it is decided."""
        return tuple(each for each in self.missing if each not in self.brought) if self.ended_on is None else ()

    @property
    def stage(self) -> Stage | None:
        """The stage it is in; None while the applicant's answer is waited for, and at the end."""
        last = self.stages[-1]
        return last if last.ended_on is None else None

    @property
    def step(self) -> Step | None:
        """The step of the service it stands at."""
        if self.phase is not Phase.RUNNING or self.stage is None:
            return None
        return self.service.step(self.stage.step)

    @property
    def run(self) -> Run:
        """What happened to its clock."""
        begun = self.accepted_on or self.received_on
        return Run(begun, self.stops, self.extended, self.ended_on)

    @property
    def due(self) -> Due:
        """By when it is to be decided."""
        return due(terms(self.service), self.run, self.calendar)

    @property
    def half_on(self) -> date:
        """The day on which half of its limit is used up."""
        return reached(terms(self.service), self.run, self.calendar, HALF)

    @property
    def risk_on(self) -> date:
        """The day from which it is at risk."""
        return reached(terms(self.service), self.run, self.calendar, RISK)

    @property
    def still_until(self) -> date | None:
        """The last day on which its clock stands still, if somebody stopped it and nobody set it going."""
        return still_until(terms(self.service), self.run, self.calendar) if self.phase is Phase.RUNNING else None


def silently_accepted(story: Story, on: date) -> bool:
    """Whether it counts as accepted on that day, since nobody said in time what is missing (article 32(1)(4) of the
    Administrative Licensing Law)."""
    return story.phase is Phase.RECEIVED and on > story.tell_by


def paused(story: Story, on: date) -> bool:
    """Whether the clock stands still on that day."""
    until = story.still_until
    return until is not None and on <= until


def left_of(story: Story, reason: PauseReason, on: date) -> int:
    """How many working days the clock may still stand still for that reason."""
    allowed = terms(story.service).stops.get(reason.value, 0)
    for_it = replace(story.run, stops=tuple(stop for stop in story.stops if stop.reason == reason.value))
    return max(0, allowed - account(terms(story.service), for_it, story.calendar, on).paused)
