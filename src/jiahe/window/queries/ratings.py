"""What those who were served said, for who leads: counts by service, and the bad ones that are to be called back.

Nobody who had a part in a case sees its rating here, nor whether there is one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from jiahe.basis.ids import milliseconds
from jiahe.places import queries as places
from jiahe.staff.scope import Scope
from jiahe.window.definitions import days
from jiahe.window.models import Answer, Case, Rating, RatingOpening
from jiahe.window.problems import CaseUnknown, RatedYourself
from jiahe.window.queries.cases import REMEMBERED
from jiahe.window.queries.desks import acted_in, recused
from jiahe.window.rules.ratings import BAD, Shares, answer_by, begin_by, shares

SPAN = timedelta(days=365)
"""Ratings of cases that ended so long ago are counted, and bad ones are listed."""


@dataclass(frozen=True, slots=True)
class BadRating:
    """A bad rating, or one that says a payment was asked: by when somebody opens it (`begin_on`) and calls back
    (`due_on`), and the day on which that was done. Of the case, only its service and area."""

    id: UUID
    case: UUID
    service: str
    version: int
    area: str
    rating: Rating
    begin_on: date
    due_on: date
    begun: bool
    answered_on: date | None

    def overdue(self, on: date) -> bool:
        """Whether it should have been opened, or called back, before that day."""
        return self.answered_on is None and on > (self.due_on if self.begun else self.begin_on)


def rating_counts(scope: Scope, *, on: date) -> dict[str, Shares]:
    """By service, what was said of the cases in scope that ended within a year; the last word of each counts."""
    ended = Case.objects.filter(places.lying_in(scope.area, on=on), ended_on__gt=on - SPAN, ended_on__lte=on)
    last = Rating.objects.filter(case=OuterRef("id")).order_by("-stamp").values("score")[:1]
    rows = ended.annotate(score=Subquery(last)).values_list("service", "score").annotate(n=Count("id"))
    found: dict[str, dict[int | None, int]] = defaultdict(dict)
    for service, score, n in rows.order_by():
        found[service][score] = n
    return {
        service: shares(sum(scores.values()), {score: n for score, n in scores.items() if score is not None})
        for service, scores in sorted(found.items())
    }


def bad_ratings(scope: Scope, *, on: date) -> list[BadRating]:
    """The bad ratings in scope of a year, those not called back first and by their day; none of a case in which this
    officer had a part, or somebody close to him."""
    rows = Rating.objects.filter(places.lying_in(scope.area, on=on), on__gt=on - SPAN, on__lte=on)
    bad = list(rows.filter(_CALLS_BACK).order_by("on", "stamp"))
    latest = {row.case: row for row in bad}  # said otherwise since or not: a bad one is called back
    listed = _listed(scope, list(latest.values()), on)
    return sorted(listed, key=lambda each: (each.answered_on is not None, each.due_on, each.id))


def bad_rating(scope: Scope, identifier: UUID, *, on: date) -> BadRating:
    """One of them. Raises CaseUnknown, RatedYourself."""
    row = Rating.objects.filter(places.lying_in(scope.area, on=on), entry=identifier).first()
    if row is None or not calls_back(row):
        raise CaseUnknown
    found = _listed(scope, [row], on)
    if not found:
        raise RatedYourself
    return found[0]


def rating_opened(scope: Scope, case: UUID, *, at: datetime) -> bool:
    """Whether this officer in this post opened whose rating it is within three hours."""
    since = milliseconds(at - REMEMBERED)
    seen = RatingOpening.objects.filter(case=case, officer=scope.officer, post=scope.post, at_ms__gt=since)
    return seen.exists()


def latest_of(case: UUID) -> Rating | None:
    """The last word on a case."""
    return Rating.objects.filter(case=case).order_by("-stamp").first()


def calls_back(rating: Rating) -> bool:
    """Whether somebody has to call back: it is bad, or says that a payment was asked."""
    return rating.score <= BAD or rating.payment_asked is True


_CALLS_BACK = Q(score__lte=BAD) | Q(payment_asked=True)


def _listed(scope: Scope, rows: list[Rating], on: date) -> list[BadRating]:
    ids = [row.case for row in rows]
    his = acted_in(scope.officer, ids).values("id")
    cases = {case.id: case for case in Case.objects.filter(id__in=ids).exclude(id__in=his)}
    answers = {each.case: each.on for each in Answer.objects.filter(case__in=ids).order_by("on", "entry")}
    begun = set(RatingOpening.objects.filter(case__in=ids).values_list("case", flat=True))
    found = []
    for row in rows:
        case = cases.get(row.case)
        if case is None or recused(scope.officer, case.applicant, case.regarding, on=on):
            continue
        answered = answers.get(row.case)
        found.append(
            BadRating(
                id=row.entry,
                case=row.case,
                service=case.service,
                version=case.version,
                area=case.area,
                rating=row,
                begin_on=begin_by(row.on, days()),
                due_on=answer_by(row.on, days()),
                begun=row.case in begun or answered is not None,
                answered_on=answered if answered is not None and answered >= row.on else None,
            )
        )
    return found
