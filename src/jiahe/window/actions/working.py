"""Step by step to the decision and into the applicant's hand: desks, outcomes, the clock, withdrawing, delivery."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal.recording import record, record_all, turn
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.places import queries as places
from jiahe.staff.scope import Acting
from jiahe.window import facts, problems
from jiahe.window.definitions import days
from jiahe.window.definitions.shapes import End, PauseReason, Step
from jiahe.window.facts import Channel
from jiahe.window.projections.cases import told
from jiahe.window.queries.desks import eligible, manned, recused
from jiahe.window.queries.holding import require_here
from jiahe.window.queries.open import barred, desk_for, refuse_foreign, stage_of, story_for, story_here
from jiahe.window.rules.notices import hangs_until
from jiahe.window.rules.story import Phase, Story, left_of
from jiahe.window.rules.walking import open_outcomes

RECUSED_REASON = "recused"
"""Recorded in English, told in the reader's language."""


def take_step(*, case: UUID, by: Acting, at: datetime) -> Recorded:
    """Take a step that lies on nobody's desk. Raises CaseUnknown, Recused, HeldElsewhere, NotYourTurn for one that
    a colleague has taken, WrongRole, ApproverIsAcceptor."""
    today = localdate(at)
    with turn():
        story = story_here(by, "DeskGiven", case, on=today)
        stage, step = story.stage, story.step
        if stage is None or step is None or manned(stage.desk, story.area, on=today):
            raise problems.NotYourTurn
        if by.role != step.role or not _fits(story, step, UUID(by.post), today):
            raise problems.WrongRole
        if by.officer in barred(story, step):
            raise problems.ApproverIsAcceptor
        return record(facts.DeskGiven(case, step.id, UUID(by.post)), by=by, at=at, area=story.area, about=story.about)


def give_desks(*, cases: Collection[UUID], post: UUID | None, reason: str, by: Acting, at: datetime) -> list[Recorded]:
    """Whoever leads an office puts steps on another desk: on one post's, or (None) each on that with the least to do.

    All of them or none. Raises CaseUnknown, Recused, HeldElsewhere, CannotNow, ReasonMissing, WrongRole, PostUnfit, and
    NotYourself for a step on one's own desk: whose work goes elsewhere, a superior says.
    """
    today = localdate(at)
    if not reason.strip():
        raise problems.ReasonMissing
    with turn():
        done = []
        for case in dict.fromkeys(cases):
            story = story_here(by, "DeskGiven", case, on=today)
            stage, step = story.stage, story.step
            if stage is None or step is None:
                raise problems.CannotNow
            if str(stage.desk) == by.post:
                raise problems.NotYourself
            desk = post or _another(story, step, stage.desk, today)
            if desk is None or desk == stage.desk:
                raise problems.PostUnfit
            if not _fits(story, step, desk, today):
                raise problems.WrongRole
            done.append(
                record(
                    facts.DeskGiven(case, step.id, desk),
                    by=by,
                    at=at,
                    area=story.area,
                    about=story.about,
                    why=reason.strip(),
                )
            )
        return done


def pass_on(*, case: UUID, by: Acting, at: datetime) -> Recorded:
    """An officer who has an interest in a case, or may not decide it, gives his step to the next post, unseen. Raises
    CaseUnknown, HeldElsewhere, NotYourTurn."""
    today = localdate(at)
    with turn():
        story = told([case]).get(case)
        if story is None:
            raise problems.CaseUnknown
        story.area = places.area_on(story.area, on=today)
        if not by.may("window.DeskGiven", story.area):
            raise problems.CaseUnknown
        require_here(case, on=today)
        stage, step = stage_of(by, story)
        opening = story.opening
        free = not recused(by.officer, opening.applicant, opening.regarding, on=today)
        if free and by.officer not in barred(story, step):
            raise problems.NotYourTurn
        desk = _another(story, step, stage.desk, today, without={by.officer})
        return record(
            facts.DeskGiven(case, step.id, desk), by=by, at=at, area=story.area, about=story.about, why=RECUSED_REASON
        )


def decide_step(*, case: UUID, outcome: str, reason: str = "", by: Acting, at: datetime) -> Recorded:
    """Say how the step on one's desk came out; the next step gets its desk, or the case its decision.

    Raises CaseUnknown, Recused, HeldElsewhere, NotYourTurn, OutcomeClosed, ApproverIsAcceptor, NoticeHangs, and
    ReasonMissing for a refusal and for what sends back.
    """
    today = localdate(at)
    with turn():
        story = story_here(by, "StepDecided", case, on=today)
        stage, step = stage_of(by, story)
        chosen = next((each for each in open_outcomes(story.service, story.taken) if each.id == outcome), None)
        if chosen is None:
            raise problems.OutcomeClosed
        if by.officer in barred(story, step):
            raise problems.ApproverIsAcceptor
        until = hangs_until(step, stage.since, days())
        if until is not None and today <= until:
            raise problems.NoticeHangs(until=until)
        if (chosen.end is End.REFUSED or chosen.times is not None) and not reason.strip():
            raise problems.ReasonMissing
        about = story.opening.applicant
        drafts = [Draft(facts.StepDecided(case, step.id, outcome), by, at, story.area, about, reason.strip())]
        if chosen.end is None:
            onward = story.service.step(chosen.next)
            story.stages[-1] = replace(stage, officer=by.officer)  # who may not take the next one, he is among them
            desk = desk_for(story, onward, on=today)
            drafts.append(Draft(facts.DeskGiven(case, onward.id, desk), by, at, story.area, about))
        return record_all(drafts)[0]


def stop_clock(*, case: UUID, reason: PauseReason, note: str, by: Author, at: datetime) -> Recorded:
    """Let the clock stand still, for a reason the service lists. Raises CaseUnknown, Recused, HeldElsewhere,
    NotYourTurn, CannotNow, PausedAlready, PauseUnlawful, ReasonMissing."""
    today = localdate(at)
    with turn():
        story = story_here(by, "ClockStopped", case, on=today)
        if story.phase is not Phase.RUNNING:
            raise problems.CannotNow
        stage, _ = stage_of(by, story)
        if today > stage.due.on:
            raise problems.CannotNow
        if any(stop.until is None for stop in story.stops):
            raise problems.PausedAlready
        if not left_of(story, reason, today):
            raise problems.PauseUnlawful
        if not note.strip():
            raise problems.ReasonMissing
        return record(
            facts.ClockStopped(case, reason), by=by, at=at, area=story.area, about=story.about, why=note.strip()
        )


def resume_clock(*, case: UUID, by: Author, at: datetime) -> Recorded:
    """Set the clock going again. Raises CaseUnknown, Recused, HeldElsewhere, NotYourTurn, CannotNow."""
    with turn():
        story = story_here(by, "ClockResumed", case, on=localdate(at))
        if story.phase is not Phase.RUNNING or all(stop.until is not None for stop in story.stops):
            raise problems.CannotNow
        stage_of(by, story)
        return record(facts.ClockResumed(case), by=by, at=at, area=story.area, about=story.about)


def extend_case(*, case: UUID, days: int, reason: str, by: Acting, at: datetime) -> Recorded:
    """Extend the limit, once, by the post the service names, and tell the applicant why. Raises CaseUnknown, Recused,
    HeldElsewhere, CannotNow, ExtendedAlready, ReasonMissing."""
    today = localdate(at)
    with turn():
        story = story_here(by, "CaseExtended", case, on=today)
        allowed = story.service.extension
        if story.phase is not Phase.RUNNING:
            raise problems.CannotNow
        if allowed is None or story.extended or by.role != allowed.by or not 0 < days <= allowed.days:
            raise problems.ExtendedAlready
        if today > story.due.on:
            raise problems.ExtendedAlready
        if not reason.strip():
            raise problems.ReasonMissing
        return record(
            facts.CaseExtended(case, days), by=by, at=at, area=story.area, about=story.about, why=reason.strip()
        )


def withdraw_case(*, case: UUID, by: Author, at: datetime) -> Recorded:
    """The applicant wants it no more; no reason is asked. Raises CaseUnknown, Recused, CannotNow."""
    with turn():
        story = story_for(by, "CaseWithdrawn", case, on=localdate(at))
        if story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE, Phase.RUNNING):
            raise problems.CannotNow
        return record(facts.CaseWithdrawn(case), by=by, at=at, area=story.area, about=story.about)


def deliver_result(*, case: UUID, channel: Channel, by: Author, at: datetime) -> Recorded:
    """The applicant has the result. Raises CaseUnknown, Recused, HeldElsewhere, NotYourTurn, CannotNow."""
    with turn():
        story = story_here(by, "ResultDelivered", case, on=localdate(at))
        refuse_foreign(by, story, on=localdate(at))
        if story.phase is not Phase.DECIDED:
            raise problems.CannotNow
        return record(facts.ResultDelivered(case, channel), by=by, at=at, area=story.area, about=story.about)


def _another(story: Story, step: Step, desk: UUID | None, today: date, without: Collection[str] = ()) -> UUID | None:
    return next((post for post in _desks(story, step, today, without) if post != desk), None)


def _fits(story: Story, step: Step, post: UUID, today: date) -> bool:
    return post in _desks(story, step, today, ())


def _desks(story: Story, step: Step, today: date, without: Collection[str]) -> list[UUID]:
    opening, barred_ = story.opening, barred(story, step) | set(without)
    found = eligible(
        step, story.area, applicant=opening.applicant, regarding=opening.regarding, without=barred_, on=today
    )
    return [post.id for post in found]
