"""What people say of a stage that was not done in time. That it was late is no fact of this room: it is derived.

`case` and `n` name the stage, `post` the post that answered for it when this was said. If the case tells something
else since (a desk that was given elsewhere and came in late), what was said of another post says nothing of this one.
Reasons stand in the entry's `why`.
"""

from enum import StrEnum
from uuid import UUID

from jiahe.journal.facts import fact


class Finding(StrEnum):
    """Whether the post answers for the lateness, or could not help it."""

    UPHELD = "upheld"
    EXCUSED = "excused"


class Ruling(StrEnum):
    """What an appeal came to: the judgement stands, or the post is excused."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"


@fact("conduct.LatenessExplained@1")
class LatenessExplained:
    """Whoever acts in the post says how it came about."""

    case: UUID
    n: int
    post: UUID


@fact("conduct.LatenessJudged@1")
class LatenessJudged:
    """A superior says whether the post answers for it, and why."""

    case: UUID
    n: int
    post: UUID
    finding: Finding


@fact("conduct.JudgementAppealed@1")
class JudgementAppealed:
    """Whoever acts in the post asks for the judgement to be looked at again, and says why."""

    case: UUID
    n: int
    post: UUID


@fact("conduct.AppealDecided@1")
class AppealDecided:
    """Another officer than who judged looked at it again, and says what he found."""

    case: UUID
    n: int
    post: UUID
    ruling: Ruling
