"""What a receipt opens: asked by whoever holds it, so no scope; the proof is number and digits or word together."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jiahe.registry import queries as registry
from jiahe.window.models import Case
from jiahe.window.projections.cases import told
from jiahe.window.rules.receipts import digest
from jiahe.window.rules.story import Story, paused

_FOUR = 4


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as its applicant sees it."""

    id: UUID
    story: Story
    missing: tuple[str, ...]
    still: bool
    overdue: bool


def prove_receipt(number: str, proof: str) -> UUID | None:
    """The case with that number, if `proof` is the word on its receipt or ends the applicant's identity number.

    Does the same work whichever of the two is wrong.
    """
    word = "".join(sign for sign in proof if sign.isalnum()).upper()
    for row in [*Case.objects.filter(number=number or "-")[:2]] or [Case(id=UUID(int=0), code="")]:
        by_word = hmac.compare_digest(digest(row.id, word), row.code)
        applicant = row.applicant or UUID(int=0)
        by_number = len(word) == _FOUR and registry.number_ends(applicant, word)
        if by_word or by_number:
            return row.id
    return None


def followed(case: UUID, *, on: date) -> Followed:
    """The case, for whoever has proved that it is his."""
    story = told([case])[case]
    missing = tuple(each for each in story.missing if each not in story.brought) if story.ended_on is None else ()
    return Followed(case, story, missing, paused(story, on), story.ended_on is None and on > story.due.on)
