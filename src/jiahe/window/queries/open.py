"""A case as an action finds it: open to its author, who is not recused; and what the next desk is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from jiahe.journal.values import Author
from jiahe.places import queries as places
from jiahe.staff.queries import PostRow
from jiahe.staff.scope import Scope
from jiahe.window.definitions.shapes import Step
from jiahe.window.problems import CaseUnknown, NotYourTurn, Recused
from jiahe.window.projections.cases import told
from jiahe.window.queries.desks import eligible, manned, next_desk, recused
from jiahe.window.queries.holding import require_here
from jiahe.window.rules.story import Stage, Story


def story_for(by: Author, kind: str, case: UUID, *, on: date) -> Story:
    """The case, for a verb of this room. Raises CaseUnknown, Recused."""
    story = told([case]).get(case)
    if story is None:
        raise CaseUnknown
    story.area = places.area_on(story.area, on=on)
    if not by.may(f"window.{kind}", story.area):
        raise CaseUnknown
    if recused(by.officer, story.opening.applicant, story.opening.regarding, on=on):
        raise Recused
    return story


def story_here(by: Author, kind: str, case: UUID, *, on: date) -> Story:
    """The same, for a verb that decides or moves the case. Raises CaseUnknown, Recused, HeldElsewhere."""
    story = story_for(by, kind, case, on=on)
    require_here(case, on=on)
    return story


def refuse_foreign(by: Author, story: Story, *, on: date) -> None:
    """Raises NotYourTurn unless the case's reception is the author's: his post owns it, or one in which nobody
    is, or whose area it lies in no more."""
    if str(story.owner) != by.post and manned(story.owner, story.area, on=on):
        raise NotYourTurn


def stage_of(by: Author, story: Story) -> tuple[Stage, Step]:
    """The step the case stands at, on the author's desk. Raises NotYourTurn."""
    stage, step = story.stage, story.step
    if stage is None or step is None or str(stage.desk) != by.post:
        raise NotYourTurn
    return stage, step


def desk_for(story: Story, step: Step, *, on: date) -> UUID | None:
    """The post that gets this step, with somebody in it who may decide it."""
    without = barred(story, step)
    opening = story.opening
    return next_desk(step, story.area, applicant=opening.applicant, regarding=opening.regarding, without=without, on=on)


def desks_of(scope: Scope, case: UUID, *, on: date) -> list[PostRow]:
    """The posts that may have the step a case in scope stands at; none if it stands at none. Raises CaseUnknown."""
    story = told([case]).get(case)
    if story is None or not scope.covers(places.area_on(story.area, on=on)):
        raise CaseUnknown
    step, opening = story.step, story.opening
    if recused(scope.officer, opening.applicant, opening.regarding, on=on):
        raise Recused
    if step is None:
        return []
    return eligible(
        step,
        story.area,
        applicant=opening.applicant,
        regarding=opening.regarding,
        without=barred(story, step),
        on=on,
    )


def barred(story: Story, step: Step) -> frozenset[str]:
    """The officers who may not take the step: who took one that asks for another officer here; and where the case can
    end, who received or accepted it, or took a step of another role (as its deputy)."""
    if story.service.limit is None:
        return frozenset()
    mine = {stage.officer for stage in story.stages if stage.step in step.not_by}
    if any(outcome.end is not None for outcome in step.outcomes):
        steps = {each.id: each for each in story.service.steps}
        others = {each.officer for each in story.stages if each.step in steps and steps[each.step].role != step.role}
        mine |= {story.opened_by, story.accepted_by} | others
    return frozenset(mine - {""})
