"""What is said beside the procedure: interests, inspections, ratings and their answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal.recording import record, turn
from jiahe.journal.values import Author, Recorded
from jiahe.registry import queries as registry
from jiahe.staff.scope import Acting
from jiahe.window import facts, problems
from jiahe.window.facts import Relation
from jiahe.window.models import Case, Interest, Rating
from jiahe.window.queries.open import story_for
from jiahe.window.rules.story import OVER, Phase

RATED_WITHIN = timedelta(days=30)
"""So long after the end a case can be rated, and a rating be changed."""
BAD = 2
"""A rating up to this is followed up."""


def declare_interest(*, person: UUID, relation: Relation, by: Acting, at: datetime) -> Recorded:
    """Say what a person is to oneself; one has no part in his cases from now on.

    Raises PersonUnknown, InterestKnown.
    """
    with turn():
        row = registry.person(by.scope, person)
        if Interest.objects.filter(officer=by.officer, person=row.id).exists():
            raise problems.InterestKnown
        fact = facts.InterestDeclared(UUID(by.officer), row.id, relation)
        return record(fact, by=by, at=at, area=by.area, about=row.id)


def end_interest(*, interest: UUID, reason: str, by: Author, at: datetime) -> Recorded:
    """Lift a recusal, of somebody else. Raises CaseUnknown, NotYourself, ReasonMissing."""
    with turn():
        row = Interest.objects.filter(entry=interest).first()
        if row is None or not by.may("window.InterestEnded", row.area):
            raise problems.CaseUnknown
        if str(row.officer) == by.officer:
            raise problems.NotYourself
        if not reason.strip():
            raise problems.ReasonMissing
        fact = facts.InterestEnded(row.officer, row.person)
        return record(fact, by=by, at=at, area=row.area, about=row.person, why=reason.strip(), voids=interest)


def inspect_case(*, case: UUID, reason: str, by: Author, at: datetime) -> Recorded:
    """Open a case in which one has no step, and say why. Raises CaseUnknown, Recused, ReasonMissing."""
    with turn():
        story = story_for(by, "CaseInspected", case, on=localdate(at))
        if not reason.strip():
            raise problems.ReasonMissing
        fact = facts.CaseInspected(case)
        return record(fact, by=by, at=at, area=story.area, about=story.opening.applicant, why=reason.strip())


def rate_service(
    *, case: UUID, score: int, payment_asked: bool | None = None, words: str = "", by: Author, at: datetime
) -> Recorded:
    """Say how one was served, or change what one said. Who says so is the applicant: whoever calls this has seen his
    proof. Raises RatingClosed."""
    with turn():
        row = Case.objects.filter(id=case).first()
        if row is None or row.phase not in (*OVER, Phase.DECIDED) or row.ended_on is None or not 1 <= score <= 5:
            raise problems.RatingClosed
        last = row.delivered_on or row.ended_on
        if localdate(at) - last > RATED_WITHIN:
            raise problems.RatingClosed
        fact = facts.ServiceRated(case, score, payment_asked, words.strip())
        return record(fact, by=by, at=at, area=row.area, about=row.applicant)


def answer_rating(*, case: UUID, reached: bool, words: str, by: Author, at: datetime) -> Recorded:
    """Whoever rated badly was called back. Raises CaseUnknown, NotYourself for who was rated, ReasonMissing."""
    with turn():
        story = story_for(by, "RatingAnswered", case, on=localdate(at))
        rating = Rating.objects.filter(case=case).order_by("-stamp").first()
        if rating is None or rating.score > BAD:
            raise problems.CaseUnknown
        took_part = {story.opened_by, story.accepted_by, story.decided_by, *(each.officer for each in story.stages)}
        if by.officer in took_part:
            raise problems.NotYourself
        if not words.strip():
            raise problems.ReasonMissing
        fact = facts.RatingAnswered(case, reached)
        return record(fact, by=by, at=at, area=story.area, about=story.about, why=words.strip())
