"""Late stages, each with what was said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jiahe.conduct.definitions import leaders
from jiahe.conduct.models import Remark
from jiahe.conduct.problems import RecordUnknown
from jiahe.conduct.rules.climbing import ladder
from jiahe.conduct.rules.parties import Concerned, Seat, seat
from jiahe.conduct.rules.record import Heard, State, Upshot, What, appeal_until, heard_until, state, tell
from jiahe.staff import queries as staff
from jiahe.staff.queries import PostRow
from jiahe.staff.scope import Scope
from jiahe.window import queries as window
from jiahe.window.definitions import days
from jiahe.window.models import Stage


class Which(StrEnum):
    """Lists of records: those of other posts that are to be judged, those judged, those whose appeal waits, all."""

    OPEN = "open"
    JUDGED = "judged"
    APPEALED = "appealed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Record:
    """A stage that was not done in time: of which case, who answers (None: nobody ever had it), what was said.

    `said` is all of it, in order; `upshot` what it comes to. The post can explain until `heard_until` before it can be
    judged unheard, and appeal until `appeal_until`.
    """

    case: UUID
    n: int
    step: str
    service: str
    area: str
    post: UUID | None
    desk: UUID | None
    since: date
    due_on: date
    ended_on: date | None
    officer: str
    late_by: int
    said: tuple[Remark, ...]
    upshot: Upshot
    state: State
    heard_until: date
    appeal_until: date | None


def records(scope: Scope, which: Which = Which.ALL, *, on: date, whole: bool) -> QuerySet[Stage]:
    """The late stages for which the post answers; of all posts in scope if `whole`, for who leads or reviews them."""
    return _listed(scope, _late(scope, on=on, whole=whole), which)


def counts(scope: Scope, *, on: date, whole: bool) -> dict[Which, int]:
    """How many stand in each list."""
    late = _late(scope, on=on, whole=whole)
    return {which: _listed(scope, late, which).count() for which in Which}


def described(scope: Scope, rows: Iterable[Stage], *, on: date) -> list[Record]:
    """Records for rows of `records`, in one statement."""
    rows, calendar = list(rows), days()
    said: defaultdict[tuple[UUID, int, UUID | None], list[Remark]] = defaultdict(list)
    for each in Remark.objects.filter(case__in={row.case for row in rows}).order_by("stamp"):
        said[each.case, each.n, each.post].append(each)
    found = []
    for row in rows:
        here = said[row.case, row.n, row.answers] if row.answers else []
        upshot = tell([_heard(each) for each in here], calendar)
        found.append(
            Record(
                case=row.case,
                n=row.n,
                step=row.step,
                service=row.service,
                area=row.area,
                post=row.answers,
                desk=row.desk,
                since=row.since,
                due_on=row.due_on,
                ended_on=row.ended_on,
                officer=row.officer,
                late_by=calendar.between(row.due_on, row.ended_on or on),
                said=tuple(here),
                upshot=upshot,
                state=state(upshot, on, calendar),
                heard_until=heard_until(row.due_on, calendar),
                appeal_until=appeal_until(upshot.judged.on, calendar) if upshot.judged else None,
            )
        )
    return found


def record(scope: Scope, case: UUID, n: int, *, on: date, whole: bool) -> Record:
    """One of `records`. Raises RecordUnknown."""
    row = records(scope, on=on, whole=whole).filter(case=case, n=n).first()
    if row is None:
        raise RecordUnknown
    return described(scope, [row], on=on)[0]


def concerned(scope: Scope, record: Record, *, on: date) -> Concerned | None:
    """The post that answers for a record in scope and the officers who may have caused it; None if none answers."""
    if record.post is None or not scope.covers(record.area):
        return None
    now = staff.at_desks([record.post], on=on)[record.post]
    then = staff.at_desks([record.post], on=record.due_on)[record.post]
    signed = {record.officer, *(each.officer for each in record.upshot.explained)} - {""}
    officers = frozenset(_at(now, on) | _at(then, record.due_on) | signed)
    return Concerned(str(now.id), now.role, now.area, officers, not ladder(now.role, now.area, leaders()))


def judge_of(scope: Scope, record: Record, *, on: date) -> Seat | None:
    """Who judged a record in scope, and in which post; None while nobody has."""
    judged = record.upshot.judged
    if judged is None or not scope.covers(record.area):
        return None
    row = staff.at_desks([UUID(judged.post)], on=on)[UUID(judged.post)]
    return seat(judged.officer, judged.post, row.role, row.area, leaders())


def _late(scope: Scope, *, on: date, whole: bool) -> QuerySet[Stage]:
    """A post has a case of its area on its desk, or one of an area inside; so posts above the scope are left out."""
    late = window.late_stages(scope, on=on).exclude(case__in=window.kept_from(scope, on=on).values("id"))
    if not whole:
        return late.filter(answers=UUID(scope.post))
    answering = late.filter(answers__isnull=False).order_by().values_list("answers", flat=True).distinct()
    inside = staff.described_by_id(scope, [post for post in answering if post is not None], on=on)
    return late.filter(Q(answers__in=[post for post in inside if post is not None]) | Q(answers__isnull=True))


def _listed(scope: Scope, late: QuerySet[Stage], which: Which) -> QuerySet[Stage]:
    judged, appealed, decided = (_said(what) for what in (What.JUDGED, What.APPEALED, What.DECIDED))
    match which:
        case Which.OPEN:
            return late.filter(~judged).exclude(answers=UUID(scope.post))
        case Which.APPEALED:
            return late.filter(appealed, ~decided)
        case Which.JUDGED:
            return late.filter(judged).exclude(appealed & ~decided)
    return late


def _said(what: What) -> Exists:
    here = Remark.objects.filter(case=OuterRef("case"), n=OuterRef("n"), post=OuterRef("answers"), what=what)
    return Exists(here)


def _heard(row: Remark) -> Heard:
    return Heard(row.entry, What(row.what), row.how, row.officer, row.by_post, row.on)


def _at(row: PostRow, on: date) -> set[str]:
    """Who sits there on the day: its holder, and its deputies."""
    holder = {str(row.holder.officer)} if row.holder is not None and row.holder.officer is not None else set()
    return holder | {str(each.officer) for each in row.deputies if each.starts_on <= on}
