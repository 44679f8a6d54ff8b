"""Interests, ratings, their answers, inspections."""

from collections.abc import Sequence

from django.utils.timezone import localdate

from jiahe.journal.tables import insert
from jiahe.journal.values import Recorded, projects
from jiahe.window.models import Answer, Inspection, Interest, Rating, RatingOpening


@projects(Interest)
def interest_declared(batch: Sequence[Recorded]) -> None:
    """A person is somebody to an officer."""
    facts = [(entry, entry.fact) for entry in batch]
    insert(
        Interest,
        [Interest(entry=e.id, officer=f.officer, person=f.person, relation=f.relation, area=e.area) for e, f in facts],
    )


@projects(Interest)
def interest_ended(batch: Sequence[Recorded]) -> None:
    """It is so no more."""
    Interest.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(Rating)
def rated(batch: Sequence[Recorded]) -> None:
    """Somebody said how he was served; the entry's `area` is the office's."""
    facts = [(entry, entry.fact) for entry in batch]
    rows = [
        Rating(
            entry=entry.id,
            case=f.case,
            area=entry.area,
            score=f.score,
            payment_asked=f.payment_asked,
            words=f.words,
            on=localdate(entry.at),
            stamp=entry.stamp,
        )
        for entry, f in facts
    ]
    insert(Rating, rows)


@projects(Rating)
def rating_taken(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    Rating.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(Answer)
def rating_answered(batch: Sequence[Recorded]) -> None:
    """A bad rating was followed up."""
    facts = [(entry, entry.fact) for entry in batch]
    rows = [
        Answer(entry=e.id, case=f.case, reached=f.reached, words=e.why, officer=e.officer, on=localdate(e.at))
        for e, f in facts
    ]
    insert(Answer, rows)


@projects(Answer)
def answer_taken(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    Answer.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(Inspection)
def inspected(batch: Sequence[Recorded]) -> None:
    """Somebody looked who has no step in the case."""
    rows = [
        Inspection(entry=e.id, case=e.fact.case, officer=e.officer, post=e.post, at_ms=e.at_ms, reason=e.why)
        for e in batch
    ]
    insert(Inspection, rows)


@projects(Inspection)
def inspection_taken(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    Inspection.objects.filter(entry__in=[entry.id for entry in batch]).delete()


@projects(RatingOpening)
def rating_opened(batch: Sequence[Recorded]) -> None:
    """Somebody opened whose bad rating it is."""
    insert(
        RatingOpening,
        [RatingOpening(entry=e.id, case=e.fact.case, officer=e.officer, post=e.post, at_ms=e.at_ms) for e in batch],
    )


@projects(RatingOpening)
def rating_opening_taken(batch: Sequence[Recorded]) -> None:
    """It was erased."""
    RatingOpening.objects.filter(entry__in=[entry.id for entry in batch]).delete()
