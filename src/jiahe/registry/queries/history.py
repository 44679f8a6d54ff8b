"""What was recorded about a person, and who looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from jiahe.basis.ids import from_milliseconds, milliseconds
from jiahe.basis.privacy import Privacy
from jiahe.journal import queries as journal
from jiahe.journal.facts import discreet
from jiahe.journal.values import Recorded
from jiahe.registry.facts import Purpose, RecordOpened
from jiahe.registry.models import Opening
from jiahe.registry.queries.lives import records_of
from jiahe.registry.queries.people import HIDDEN, PersonRow, described, people, stored
from jiahe.staff.scope import Scope

REMEMBERED = timedelta(hours=3)
"""How long a stated purpose opens one person's record for one officer in one post."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened a record; `outside` his care relation."""

    at: datetime
    person: UUID
    officer: str
    post: str
    purpose: Purpose
    reason: str
    outside: bool
    home: str


def person_history(scope: Scope, identifier: UUID) -> list[Recorded]:
    """What was recorded about the person, under whichever record, the newest first; without who looked, and what he
    said of those who served him.

    Raises PersonUnknown.
    """
    stored(scope, identifier)
    found = [entry for who in records_of(identifier) for entry in journal.history(about=who)]
    told = [entry for entry in found if not (isinstance(entry.fact, RecordOpened) or discreet(entry.kind))]
    return sorted(told, key=lambda entry: entry.seq, reverse=True)


def opened_by(scope: Scope, identifier: UUID, *, limit: int = 200) -> list[Opened]:
    """Who opened the record, the newest first. Raises PersonUnknown."""
    stored(scope, identifier)
    return openings(
        scope, Opening.objects.filter(person__in=records_of(identifier)).order_by("-at_ms", "entry")[:limit]
    )


def opened_outside(scope: Scope) -> QuerySet[Opening]:
    """Openings outside a care relation of records that were kept in the scope: what a supervisor looks through."""
    low, high = scope.range
    return Opening.objects.filter(outside=True, home__gte=low, home__lt=high)


def openings(scope: Scope, rows: Iterable[Opening]) -> list[Opened]:
    """Rows of `opened_outside` as values; reasons in words are personal."""
    return [
        Opened(
            from_milliseconds(row.at_ms),
            row.person,
            row.officer,
            row.post,
            Purpose(row.purpose),
            row.reason if scope.sees(Privacy.PERSONAL) or not row.reason else HIDDEN,
            row.outside,
            row.home,
        )
        for row in rows
    ]


def recent(scope: Scope, *, at: datetime, limit: int = 8) -> list[PersonRow]:
    """Those whose records this officer opened in this post within a day, the latest first, as far as he still may."""
    since = milliseconds(at - timedelta(days=1))
    mine = Opening.objects.filter(officer=scope.officer, post=scope.post, at_ms__gt=since)
    latest = list(dict.fromkeys(mine.order_by("-at_ms").values_list("person", flat=True)[: 4 * limit]))[:limit]
    rows = {row.id: row for row in described(scope, people(scope).filter(id__in=latest))}
    return [rows[who] for who in latest if who in rows]


def may_look(scope: Scope, identifier: UUID, *, at: datetime) -> bool:
    """Whether this officer, in this post, said within the last three hours why he opens this record."""
    stored(scope, identifier)
    return Opening.objects.filter(
        person=identifier, at_ms__gt=milliseconds(at - REMEMBERED), officer=scope.officer, post=scope.post
    ).exists()
