"""Cases that go any way: whatever was recorded of one, it never skips a step, and its days add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiahe.staff.definitions import roles
from jiahe.window import facts
from jiahe.window.definitions import FOLDER, load
from jiahe.window.definitions.shapes import End, PauseReason, Service
from jiahe.window.facts import Channel
from jiahe.window.rules.calendar import statutory
from jiahe.window.rules.clock import account, due, terms
from jiahe.window.rules.story import OVER, RECEPTION, Phase, Story, Told
from jiahe.window.rules.telling import tell
from jiahe.window.rules.walking import stands

pytestmark = pytest.mark.once("sqlcipher")  # pure

MANY = settings(max_examples=80, deadline=None, derandomize=True)
SERVICES = load(FOLDER, roles=roles(FOLDER.parent / "roles")).versions
CASE, POSTS = UUID(int=1), [UUID(int=100 + n) for n in range(3)]
FIRST = date(2025, 1, 2)


@st.composite
def happenings(draw: st.DrawFn, service: Service) -> list[Told]:
    """Anything officers may have recorded of a case that was opened, sensible or not, day after day."""
    opened = facts.CaseOpened(CASE, "1", "", service.id, service.version, None, Channel.COUNTER, (), None, "")
    steps = [step.id for step in service.steps]
    outcomes = sorted({each.id for step in service.steps for each in step.outcomes})
    any_fact: st.SearchStrategy[Any] = st.one_of(
        st.builds(facts.StepDecided, st.just(CASE), st.sampled_from(steps), st.sampled_from(outcomes)),
        st.builds(facts.StepDecided, st.just(CASE), st.sampled_from(steps), st.sampled_from(outcomes)),
        st.builds(facts.DeskGiven, st.just(CASE), st.sampled_from(steps), st.sampled_from([*POSTS, None])),
        st.builds(facts.ClockStopped, st.just(CASE), st.sampled_from(PauseReason)),
        st.builds(facts.ClockResumed, st.just(CASE)),
        st.builds(facts.CaseAccepted, st.just(CASE), st.none()),
        st.builds(facts.MissingTold, st.just(CASE), st.just(("identity_card",))),
        st.builds(facts.DocumentsBrought, st.just(CASE), st.just(("identity_card",))),
        st.builds(facts.CaseHandedOver, st.just(CASE), st.just("411723101"), st.sampled_from(POSTS)),
        st.builds(facts.CaseExtended, st.just(CASE), st.integers(1, 10)),
        st.builds(facts.ResultDelivered, st.just(CASE), st.just(Channel.COUNTER)),
        st.builds(facts.CaseDeclined, st.just(CASE)),
        st.builds(facts.CaseWithdrawn, st.just(CASE)),
    )
    gaps = draw(st.lists(st.integers(0, 6), max_size=14))
    on, told = FIRST, [_told(0, FIRST, opened)]
    for n, gap in enumerate(gaps, 1):
        on += timedelta(days=gap)
        told.append(_told(n, on, draw(any_fact)))
    return told


def _told(n: int, on: date, fact: Any) -> Told:
    return Told(UUID(int=1000 + n), on, f"officer {n % 3}", str(POSTS[n % 3]), "411723101001", fact)


@MANY
@given(st.data())
def test_no_step_is_skipped_and_nothing_goes_on_after_the_end(data: st.DataObject) -> None:
    service = data.draw(st.sampled_from(SERVICES))
    story = tell(service, statutory(), data.draw(happenings(service)))
    assert story is not None
    here = stands(service, story.taken)  # raises for an outcome that was not open
    assert (story.end is not None) == isinstance(here, End)
    walked = [stage.step for stage in story.stages if not stage.step.startswith("@")]
    at: Any = service.steps[0].id
    for n, step in enumerate(walked):
        assert step == at
        if n < len(story.taken):
            outcome = next(each for each in service.step(step).outcomes if each.id == story.taken[n])
            at = outcome.next or outcome.end
    open_stages = [stage for stage in story.stages if stage.ended_on is None]
    assert len(open_stages) == (0 if story.phase in (*OVER, Phase.INCOMPLETE) else 1)
    assert story.stages[-1:] == open_stages or not open_stages


@MANY
@given(st.data())
def test_what_could_not_be_changes_nothing(data: st.DataObject) -> None:
    service = data.draw(st.sampled_from(SERVICES))
    happened = data.draw(happenings(service))
    story = tell(service, statutory(), happened)
    assert story is not None
    heard = [each for each in happened if each.entry not in story.vain]
    again = tell(service, statutory(), heard)
    assert again is not None
    again.vain = story.vain
    assert again == story


@MANY
@given(st.data())
def test_the_days_of_all_steps_are_the_days_of_the_case(data: st.DataObject) -> None:
    service = data.draw(st.sampled_from([each for each in SERVICES if each.limit]))
    story = tell(service, statutory(), data.draw(happenings(service)))
    assert story is not None
    if story.accepted_on is None or story.ended_on is None or story.end is None:
        return
    whole = account(terms(service), story.run, story.calendar, story.ended_on)
    steps = [stage for stage in story.stages if not stage.step.startswith("@")]
    spans = [story.calendar.between(_begun(story, stage), stage.ended_on) for stage in steps if stage.ended_on]
    assert whole.used + whole.paused == sum(spans)


@MANY
@given(st.data())
def test_a_day_once_due_is_never_before_what_the_clock_says(data: st.DataObject) -> None:
    service = data.draw(st.sampled_from(SERVICES))
    story = tell(service, statutory(), data.draw(happenings(service)))
    assert story is not None
    assert story.due == due(terms(service), story.run, statutory())
    for stage in story.stages:
        assert stage.half_on <= stage.risk_on <= stage.due.on
        assert stage.step != RECEPTION or stage.due.on >= story.opened_on
        held = {desk for _, desk in stage.held}
        assert stage.answers in held | {None}


def _begun(story: Story, stage: Any) -> date:
    steps = [each for each in story.stages if not each.step.startswith("@")]
    n = steps.index(stage)
    return steps[n - 1].ended_on or stage.since if n else story.accepted_on or stage.since
