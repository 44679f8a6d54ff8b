"""The verbs of lateness: explain, judge, appeal, decide an appeal. Each looks and decides under the lock."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from jiahe.conduct import facts, problems, queries
from jiahe.conduct.definitions import leaders
from jiahe.conduct.facts import Finding, Ruling
from jiahe.conduct.queries import Record
from jiahe.conduct.rules.parties import Concerned, Seat, may_judge, may_review, may_speak, seat
from jiahe.conduct.rules.record import State
from jiahe.journal.recording import record, turn
from jiahe.journal.values import Recorded
from jiahe.staff.scope import Acting


def explain_lateness(*, case: UUID, n: int, words: str, by: Acting, at: datetime) -> Recorded:
    """Say for one's post how it came about; as often as there is something to add, until it is judged.

    Raises RecordUnknown, NotYourPost, CannotNow, WordsMissing.
    """
    with turn():
        found, post, them = _found(by, "LatenessExplained", case, n, localdate(at))
        if not may_speak(_seat(by), them):
            raise problems.NotYourPost
        if found.state not in (State.OPEN, State.EXPLAINED):
            raise problems.CannotNow
        return record(facts.LatenessExplained(case, n, post), by=by, at=at, area=found.area, why=_reasons(words))


def judge_lateness(*, case: UUID, n: int, finding: Finding, words: str, by: Acting, at: datetime) -> Recorded:
    """Say whether the post answers for it, and why. Nobody is found responsible unheard, as long as he may be heard.

    Raises RecordUnknown, NobodyAnswers, NotYoursToJudge, CannotNow, NotHeardYet, WordsMissing.
    """
    today = localdate(at)
    with turn():
        found, post, them = _found(by, "LatenessJudged", case, n, today)
        if not may_judge(_seat(by), them):
            raise problems.NotYoursToJudge
        if found.state not in (State.OPEN, State.EXPLAINED):
            raise problems.CannotNow
        if finding is Finding.UPHELD and found.state is State.OPEN and today <= found.heard_until:
            raise problems.NotHeardYet(until=found.heard_until)
        return record(facts.LatenessJudged(case, n, post, finding), by=by, at=at, area=found.area, why=_reasons(words))


def appeal_judgement(*, case: UUID, n: int, words: str, by: Acting, at: datetime) -> Recorded:
    """Ask for another officer to look at it again. Raises RecordUnknown, NotYourPost, CannotNow, AppealTooLate,
    WordsMissing."""
    with turn():
        found, post, them = _found(by, "JudgementAppealed", case, n, localdate(at))
        if not may_speak(_seat(by), them):
            raise problems.NotYourPost
        if found.state is State.FINAL and found.upshot.finding is Finding.UPHELD and found.upshot.appealed is None:
            raise problems.AppealTooLate(until=found.appeal_until)
        if found.state is not State.JUDGED:
            raise problems.CannotNow
        return record(facts.JudgementAppealed(case, n, post), by=by, at=at, area=found.area, why=_reasons(words))


def decide_appeal(*, case: UUID, n: int, ruling: Ruling, words: str, by: Acting, at: datetime) -> Recorded:
    """Confirm what was judged, or excuse the post. Raises RecordUnknown, NotYoursToDecide, CannotNow, WordsMissing."""
    today = localdate(at)
    with turn():
        found, post, them = _found(by, "AppealDecided", case, n, today)
        judge = queries.judge_of(by.scope, found, on=today)
        if found.state is not State.APPEALED or judge is None:
            raise problems.CannotNow
        if not may_review(_seat(by), them, judge):
            raise problems.NotYoursToDecide
        return record(facts.AppealDecided(case, n, post, ruling), by=by, at=at, area=found.area, why=_reasons(words))


def _seat(by: Acting) -> Seat:
    return seat(by.officer, by.post, by.role, by.area, leaders())


def _found(by: Acting, kind: str, case: UUID, n: int, on: date) -> tuple[Record, UUID, Concerned]:
    found = queries.record(by.scope, case, n, on=on, whole=True)
    if not by.may(f"conduct.{kind}", found.area):
        raise problems.RecordUnknown
    them = queries.concerned(by.scope, found, on=on)
    if them is None or found.post is None:
        raise problems.NobodyAnswers
    return found, found.post, them


def _reasons(words: str) -> str:
    if not words.strip():
        raise problems.WordsMissing
    return words.strip()
