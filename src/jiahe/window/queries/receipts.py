"""What a receipt opens: asked by whoever holds it, so no scope; the proof is number and digits or word together."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jiahe.registry import queries as registry
from jiahe.window.models import Case, Rating
from jiahe.window.problems import CaseUnknown
from jiahe.window.projections.cases import told
from jiahe.window.queries.ratings import latest_of
from jiahe.window.rules.ratings import RATED_WITHIN
from jiahe.window.rules.receipts import cleaned, digest, is_digits
from jiahe.window.rules.story import Phase, Story, paused


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as its applicant sees it."""

    id: UUID
    story: Story
    still: bool
    overdue: bool
    rating: Rating | None
    rates_until: date | None
    """The last day on which it can be rated, or the rating be changed; None before it has ended."""


def prove_receipt(number: str, proof: str, *, digits: bool = True) -> UUID | None:
    """The case with that number, if `proof` is the word on its receipt or (with `digits`) ends the applicant's identity
    number. Does the same work whichever of the two is wrong.
    """
    word = cleaned(proof)
    for row in [*Case.objects.filter(number=number)[:2]] or [Case(id=UUID(int=0), code="0" * 64)]:
        by_word = hmac.compare_digest(digest(row.id, word), row.code)
        by_number = is_digits(word) and registry.number_ends(row.applicant or UUID(int=0), word)
        if by_word or (by_number and digits):
            return row.id
    return None


def followed(case: UUID, *, on: date) -> Followed:
    """The case, for whoever has proved that it is his. Raises CaseUnknown for one that was erased meanwhile."""
    story = told([case]).get(case)
    if story is None:
        raise CaseUnknown
    theirs = story.phase in (Phase.RECEIVED, Phase.RUNNING)  # else it is the applicant's turn, or over
    overdue = theirs and on > story.due.on
    last = story.delivered_on or story.ended_on
    until = last + RATED_WITHIN if last else None
    return Followed(case, story, paused(story, on), overdue, latest_of(case), until)
