"""What is said beside the procedure: interests, inspections, ratings and their answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.journal.recording import record, turn
from jiahe.journal.values import Author, Recorded
from jiahe.registry import queries as registry
from jiahe.staff.scope import Acting
from jiahe.window import facts, problems
from jiahe.window.facts import Relation
from jiahe.window.models import Case, Interest
from jiahe.window.queries.desks import recused, took_part
from jiahe.window.queries.open import story_for
from jiahe.window.queries.ratings import calls_back, latest_of
from jiahe.window.rules.ratings import RATED_WITHIN
from jiahe.window.rules.story import OVER, Phase


def declare_interest(*, person: UUID, relation: Relation, by: Acting, at: datetime) -> Recorded:
    """Say what a person is to oneself; one has no part in his cases from now on.

    Raises PersonUnknown, InterestKnown.
    """
    with turn():
        row = registry.person(by.scope, person)
        if Interest.objects.filter(officer=by.officer, person=row.id, relation=relation).exists():
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


def open_rating(*, case: UUID, reason: str, by: Author, at: datetime) -> Recorded:
    """Open whose bad rating it is, to call him back, and say why. Raises CaseUnknown, RatedYourself for who took part,
    ReasonMissing."""
    with turn():
        row = _rated_badly(by, "RatingOpened", case, at)
        if not reason.strip():
            raise problems.ReasonMissing
        return record(facts.RatingOpened(case), by=by, at=at, area=row.area, about=row.applicant, why=reason.strip())


def answer_rating(*, case: UUID, reached: bool, words: str, by: Author, at: datetime) -> Recorded:
    """Whoever rated badly was called back. Raises CaseUnknown, RatedYourself for who took part, ReasonMissing."""
    with turn():
        row = _rated_badly(by, "RatingAnswered", case, at)
        if not words.strip():
            raise problems.ReasonMissing
        fact = facts.RatingAnswered(case, reached)
        return record(fact, by=by, at=at, area=row.area, about=row.applicant, why=words.strip())


def _rated_badly(by: Author, kind: str, case: UUID, at: datetime) -> Case:
    """A case whose latest rating is to be followed up, by an officer who had no part in it."""
    row, rating = Case.objects.filter(id=case).first(), latest_of(case)
    if row is None or rating is None or not calls_back(rating) or not by.may(f"window.{kind}", row.area):
        raise problems.CaseUnknown
    if took_part(by.officer, case) or recused(by.officer, row.applicant, row.regarding, on=localdate(at)):
        raise problems.RatedYourself
    return row
