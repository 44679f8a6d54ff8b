"""What was recorded about a person, and who looked at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.registry.facts import Purpose, RecordOpened
from jiahe.registry.queries.people import stored
from jiahe.staff.scope import Scope

REMEMBERED = timedelta(hours=3)
"""How long a stated purpose opens one person's record for one officer in one post."""

_RECENT = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody opened the record."""

    at: datetime
    officer: str
    post: str
    purpose: Purpose
    reason: str


def person_history(scope: Scope, identifier: UUID) -> list[Recorded]:
    """What was recorded about the person, the newest first, without who looked. Raises PersonUnknown."""
    stored(scope, identifier)
    return [entry for entry in journal.history(about=identifier) if not isinstance(entry.fact, RecordOpened)]


def opened_by(scope: Scope, identifier: UUID) -> list[Opening]:
    """Who opened the record, the newest first. Raises PersonUnknown."""
    stored(scope, identifier)
    return [
        Opening(entry.at, entry.officer, entry.post, entry.fact.purpose, entry.fact.reason)
        for entry in journal.history(about=identifier, limit=_RECENT)
        if isinstance(entry.fact, RecordOpened)
    ]


def may_look(scope: Scope, identifier: UUID, *, at: datetime) -> bool:
    """Whether this officer, in this post, said within the last three hours why he opens this record."""
    return any(
        opening.officer == scope.officer and opening.post == scope.post and opening.at > at - REMEMBERED
        for opening in opened_by(scope, identifier)
    )
