"""What its facts make of a case. The same, whatever order they came in: they are heard in the order of their stamps.

What could not be when it was recorded (two officers who did not see each other) changes nothing and is named in `vain`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from jiahe.window import facts
from jiahe.window.definitions.shapes import Handling, Service, Step
from jiahe.window.rules.calendar import Calendar
from jiahe.window.rules.clock import TELL_WITHIN, Run, Stop, Terms, due, reached, terms
from jiahe.window.rules.story import DELIVERY, HALF, RECEPTION, RISK, Phase, Stage, Story, Told, silently_accepted
from jiahe.window.rules.walking import open_outcomes


def tell(service: Service, calendar: Calendar, happened: Sequence[Told]) -> Story | None:
    """The story of a case under that version of its service; `happened` in the order of their stamps.

    None if it was never opened (what opened it was erased, or has not come yet).
    """
    opening = next((each for each in happened if isinstance(each.fact, facts.CaseOpened)), None)
    if opening is None:
        return None
    teller = _Teller(service, calendar, opening)
    for each in happened:
        if each is not opening and not teller.hears(each):
            teller.story.vain.append(each.entry)
    return teller.story


class _Teller:
    """Hears one fact after the other; each method says whether it could be."""

    def __init__(self, service: Service, calendar: Calendar, opening: Told) -> None:
        fact: facts.CaseOpened = opening.fact
        on = opening.on
        post = UUID(opening.post) if _is_id(opening.post) else None
        self.story = Story(
            opening=fact,
            service=service,
            calendar=calendar,
            area=opening.area,
            owner=post,
            opened_on=on,
            opened_by=opening.officer,
            received_on=on,
            tell_by=calendar.after(on, TELL_WITHIN),
            code=fact.code,
            brought=set(fact.documents),
        )
        self._extended_at = 0
        self._receive(on)
        if service.handling is Handling.INSTANT:
            self._accept(on, opening.officer, "accepted")

    def hears(self, told: Told) -> bool:
        """Whether the fact changes the case as it says. After five working days without a word the case counts as
        accepted, and is, as soon as something is recorded that needs it to be."""
        silent = silently_accepted(self.story, told.on)
        if not silent or isinstance(told.fact, _OPEN_TO_ALL):
            return self._heard(told)
        now = self.story
        before = replace(now, stages=[*now.stages], brought={*now.brought}, notes=[*now.notes])
        self.story.silent = True
        self._accept(self.story.received_on, "", "silence", ended_on=told.on)
        if isinstance(told.fact, facts.CaseAccepted):
            self.story.accepted_by, self.story.promised_on = told.officer, told.fact.promised_on
            return True
        heard = self._heard(told)
        if not heard:
            self.story = before
        return heard

    def _heard(self, told: Told) -> bool:
        hearing = _HEARD.get(type(told.fact))
        return hearing is not None and hearing(self, told, told.fact)

    # ---- reception ----

    def _code_given(self, told: Told, fact: facts.CodeGiven) -> bool:
        self.story.code = fact.code
        return True

    def _documents_brought(self, told: Told, fact: facts.DocumentsBrought) -> bool:
        story = self.story
        if story.ended_on is not None:
            return False
        story.brought |= set(fact.documents)
        if story.phase is Phase.INCOMPLETE and not set(story.missing) - story.brought:
            story.phase, story.received_on = Phase.RECEIVED, told.on
            story.tell_by = story.calendar.after(told.on, TELL_WITHIN)
            self._receive(told.on)
        return True

    def _missing_told(self, told: Told, fact: facts.MissingTold) -> bool:
        story = self.story
        if story.phase is not Phase.RECEIVED or story.told_on is not None:
            return False
        story.told_on, story.missing, story.phase = told.on, fact.missing, Phase.INCOMPLETE
        self._leave(told.on, "missing_told", told.officer)
        story.notes.append(told)
        return True

    def _case_accepted(self, told: Told, fact: facts.CaseAccepted) -> bool:
        if self.story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE):
            return False
        self.story.promised_on = fact.promised_on
        self._accept(told.on, told.officer, "accepted")
        return True

    def _case_declined(self, told: Told, fact: facts.CaseDeclined) -> bool:
        if self.story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE):
            return False
        self._stop_here(Phase.DECLINED, told, "declined")
        self.story.decided_by, self.story.reason = told.officer, told.why
        return True

    def _case_handed_over(self, told: Told, fact: facts.CaseHandedOver) -> bool:
        story = self.story
        if story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE):
            return False
        story.owner = fact.post
        if not story.area.startswith(fact.area):  # an office above has it now; the steps stay where they are
            story.area = fact.area
        story.notes.append(told)
        if story.phase is Phase.RECEIVED:
            self._leave(told.on, "handed_over", told.officer)
            self._receive(told.on)
        return True

    # ---- steps ----

    def _desk_given(self, told: Told, fact: facts.DeskGiven) -> bool:
        stage = self.story.stage
        if stage is None or stage.step != fact.step:
            return False
        self.story.stages[-1] = replace(stage, desk=fact.post, held=(*stage.held, (told.on, fact.post)))
        return True

    def _step_decided(self, told: Told, fact: facts.StepDecided) -> bool:
        story = self.story
        if story.step is None or story.step.id != fact.step:
            return False
        outcome = next((o for o in open_outcomes(story.service, story.taken) if o.id == fact.outcome), None)
        if outcome is None:
            return False
        story.taken = (*story.taken, fact.outcome)
        self._resume(told.on)
        self._leave(told.on, fact.outcome, told.officer)
        if outcome.end is None:
            self._enter(story.service.step(outcome.next), since=told.on, on=told.on)
            return True
        story.end, story.ended_on, story.decided_by, story.reason = outcome.end, told.on, told.officer, told.why
        self._deliver(told.on)
        return True

    def _clock_stopped(self, told: Told, fact: facts.ClockStopped) -> bool:
        story = self.story
        lawful = fact.reason.value in terms(story.service).stops
        if story.phase is not Phase.RUNNING or not lawful or any(stop.until is None for stop in story.stops):
            return False
        story.stops = (*story.stops, Stop(fact.reason.value, told.on))
        story.notes.append(told)
        self._count_anew()
        return True

    def _clock_resumed(self, told: Told, fact: facts.ClockResumed) -> bool:
        if all(stop.until is not None for stop in self.story.stops):
            return False
        self._resume(told.on)
        self._count_anew()
        return True

    def _case_extended(self, told: Told, fact: facts.CaseExtended) -> bool:
        story = self.story
        if story.phase is not Phase.RUNNING or story.extended or not terms(story.service).extension:
            return False
        story.extended = fact.days
        if story.stage is not None and told.on <= story.stage.due.on:  # what was late already stays late
            self._extended_at = len(story.stages)
        story.notes.append(told)
        self._count_anew()
        return True

    # ---- the end ----

    def _case_withdrawn(self, told: Told, fact: facts.CaseWithdrawn) -> bool:
        if self.story.phase not in (Phase.RECEIVED, Phase.INCOMPLETE, Phase.RUNNING):
            return False
        self._stop_here(Phase.WITHDRAWN, told, "withdrawn")
        return True

    def _result_delivered(self, told: Told, fact: facts.ResultDelivered) -> bool:
        if self.story.phase is not Phase.DECIDED:
            return False
        self._leave(told.on, "delivered", told.officer)
        self.story.phase, self.story.delivered_on = Phase.CLOSED, told.on
        return True

    # ---- stages ----

    def _receive(self, on: date) -> None:
        """A stage of reception: the five days run from receipt, whoever has it."""
        story = self.story
        run = Run(story.received_on)
        self._add(RECEPTION, Terms(TELL_WITHIN, {}), run, story.owner, on)

    def _accept(self, since: date, officer: str, how: str, *, ended_on: date | None = None) -> None:
        story = self.story
        story.phase, story.accepted_on, story.accepted_by = Phase.RUNNING, since, officer
        if story.stage is not None:
            self._leave(ended_on or since, how, officer)
        # accepted by silence: the case's clock runs from receipt, the first step's from when somebody could have known
        self._enter(story.service.steps[0], since=ended_on, on=ended_on or since)

    def _enter(self, step: Step, *, since: date | None, on: date) -> None:
        story = self.story
        story.phase = Phase.RUNNING
        run = Run(story.accepted_on or on, story.stops, 0, since=since)
        self._add(step.id, replace(terms(story.service, step), extension=0), run, None, on)

    def _deliver(self, on: date) -> None:
        story = self.story
        if story.service.limit is None:
            story.phase, story.delivered_on = Phase.CLOSED, on
            return
        story.phase = Phase.DECIDED
        self._add(DELIVERY, Terms(story.service.limit.deliver, {}), Run(on), story.owner, on)

    def _add(self, step: str, terms_: Terms, run: Run, desk: UUID | None, on: date) -> None:
        story = self.story
        by = due(terms_, run, story.calendar)
        half, risk = (reached(terms_, run, story.calendar, share) for share in (HALF, RISK))
        story.stages.append(Stage(step, on, desk, by, half, risk, ((on, desk),)))

    def _count_anew(self) -> None:
        """The days of the step it stands at, since its clock was stopped, set going, or given more."""
        story, stage = self.story, self.story.stage
        if stage is None or story.step is None or story.accepted_on is None:
            return
        granted = story.extended if self._extended_at == len(story.stages) else 0
        run = Run(story.accepted_on, story.stops, granted, since=stage.since if story.taken or story.silent else None)
        limit = terms(story.service, story.step)
        by = due(limit, run, story.calendar)
        half, risk = (reached(limit, run, story.calendar, share) for share in (HALF, RISK))
        story.stages[-1] = replace(stage, due=by, half_on=half, risk_on=risk)

    def _leave(self, on: date, outcome: str, officer: str) -> None:
        stage = self.story.stages[-1]
        self.story.stages[-1] = replace(stage, ended_on=on, outcome=outcome, officer=officer)

    def _resume(self, on: date) -> None:
        self.story.stops = tuple(
            stop if stop.until is not None else replace(stop, until=on) for stop in self.story.stops
        )

    def _stop_here(self, phase: Phase, told: Told, how: str) -> None:
        story = self.story
        if story.stage is not None:
            self._leave(told.on, how, told.officer)
        self._resume(told.on)
        story.phase, story.ended_on = phase, told.on


_OPEN_TO_ALL = (facts.CaseWithdrawn, facts.CaseHandedOver, facts.CodeGiven, facts.DocumentsBrought)
"""What can be before acceptance and after it alike."""
_HEARD: Mapping[type, Callable[[_Teller, Told, Any], bool]] = {
    facts.CodeGiven: _Teller._code_given,
    facts.DocumentsBrought: _Teller._documents_brought,
    facts.MissingTold: _Teller._missing_told,
    facts.CaseAccepted: _Teller._case_accepted,
    facts.CaseDeclined: _Teller._case_declined,
    facts.CaseHandedOver: _Teller._case_handed_over,
    facts.DeskGiven: _Teller._desk_given,
    facts.StepDecided: _Teller._step_decided,
    facts.ClockStopped: _Teller._clock_stopped,
    facts.ClockResumed: _Teller._clock_resumed,
    facts.CaseExtended: _Teller._case_extended,
    facts.CaseWithdrawn: _Teller._case_withdrawn,
    facts.ResultDelivered: _Teller._result_delivered,
}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
