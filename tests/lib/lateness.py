"""What is done with late stages in the small county of `counter.py`, as short as it is said."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from jiahe.conduct import actions, queries
from jiahe.conduct.facts import Finding, Ruling
from jiahe.conduct.queries import Record
from tests.lib.counter import Counter, day

DUE = date(2026, 3, 10)
"""The first review of a childcare subsidy accepted on Monday 2 March: a Tuesday."""
WEDNESDAY, THURSDAY, FRIDAY = (DUE + timedelta(days=n) for n in (1, 2, 3))
HEARD = date(2026, 3, 18)
"""The first day after the five working days in which the post is to be heard."""
REVIEW = 1_000
"""The number of the first step: those of reception are counted from 0, steps from here."""


def own(counter: Counter, who: str, on: date) -> list[Record]:
    """The records of the post somebody holds."""
    scope = counter.acting(who, on).scope
    return queries.described(scope, queries.records(scope, on=on, whole=False), on=on)


def record_of(counter: Counter, case: UUID, on: date, *, n: int = REVIEW) -> Record:
    """The record, as the county manager sees it."""
    return queries.record(counter.acting("manager", on).scope, case, n, on=on, whole=True)


def climbed_to(counter: Counter, who: str, on: date) -> list[UUID]:
    """The cases that have climbed to somebody."""
    by = counter.acting(who, on)
    return [row.id for row in queries.climbed(by.scope, by.role, on=on)]


def explain(counter: Counter, who: str, case: UUID, on: date, *, n: int = REVIEW) -> UUID:
    """Somebody explains; the entry."""
    by = counter.acting(who, on)
    return actions.explain_lateness(case=case, n=n, words="系统停机两天", by=by, at=day(on)).id


def judge(
    counter: Counter,
    who: str,
    case: UUID,
    on: date,
    finding: Finding = Finding.UPHELD,
    *,
    post: str = "",
    n: int = REVIEW,
) -> None:
    """Somebody judges."""
    by = counter.acting(who, on, post=post)
    actions.judge_lateness(case=case, n=n, finding=finding, words="可以交给同事", by=by, at=day(on, 3))


def appeal(counter: Counter, who: str, case: UUID, on: date, *, n: int = REVIEW) -> None:
    """Somebody appeals."""
    by = counter.acting(who, on)
    actions.appeal_judgement(case=case, n=n, words="同事也不在", by=by, at=day(on, 4))


def decide(
    counter: Counter,
    who: str,
    case: UUID,
    on: date,
    ruling: Ruling = Ruling.CHANGED,
    *,
    post: str = "",
    n: int = REVIEW,
) -> None:
    """Somebody decides an appeal."""
    by = counter.acting(who, on, post=post)
    actions.decide_appeal(case=case, n=n, ruling=ruling, words="查实", by=by, at=day(on, 5))


def late_one(counter: Counter, case: UUID) -> str:
    """Who has the review of the case on his desk."""
    desk = counter.story(case).stages[1].desk
    return next(name for name, post in counter.posts.items() if post == desk)


def peer_of(clerk: str) -> str:
    """The other clerk."""
    return "other_clerk" if clerk == "clerk" else "clerk"
