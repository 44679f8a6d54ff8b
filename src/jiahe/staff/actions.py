"""The verbs of the staff room: decide, then record facts in one transaction."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from uuid import UUID

from jiahe.basis.ids import new_id
from jiahe.basis.languages import Text
from jiahe.journal.recording import record, record_all, turn
from jiahe.journal.values import Draft
from jiahe.places import queries as places
from jiahe.staff import facts, queries
from jiahe.staff.definitions import Role
from jiahe.staff.problems import (
    AlreadyHeld,
    DaysReversed,
    DutyAlreadyDone,
    LaterChangeExists,
    NameMissing,
    NobodyHolds,
    NoSuchOfficer,
    NotToYourself,
    NotYourDuty,
    OfficerGone,
    OutsideYourArea,
    PostClosedThen,
    RaiseTooGreat,
    RaiseTooSmall,
    ReasonMissing,
    RoleNotHere,
    SamePerson,
    TooFarAway,
)
from jiahe.staff.queries import Held, PostRow
from jiahe.staff.rules import RAISED_AT_MOST
from jiahe.staff.scope import FOUNDING, Acting
from jiahe.staff.session import civil_day
from jiahe.staff.usage import officers_at_work

_FARTHEST = timedelta(days=366)
_RAISED_AHEAD = timedelta(days=7)


# ---- officers ----


@turn()
def enrol_officer(*, name: str, area: str, on: date, by: Acting, at: datetime) -> UUID:
    """Put somebody on the roll. Raises NameMissing, OutsideYourArea, TooFarAway, or what `places` says of the area."""
    _plausible(on, by=by, at=at)
    _in_charge(area, by=by)
    places.require_open(area, on=on)
    identifier = new_id(at)
    record(facts.OfficerEnrolled(identifier, _clean(name), area, on), by=by, at=at, area=area)
    return identifier


@turn()
def rename_officer(*, officer: UUID, name: str, by: Acting, at: datetime) -> None:
    """Correct or change an officer's name. Raises NoSuchOfficer, NameMissing; nothing happens if it is the same."""
    row, name = queries.officer(by.scope, officer), _clean(name)
    if row.name != name:
        record(facts.OfficerRenamed(officer, name), by=by, at=at, area=row.here)


@turn()
def let_officer_go(*, officer: UUID, on: date, by: Acting, at: datetime) -> None:
    """From `on` the officer works here no more: every post he holds in scope falls vacant. Raises NoSuchOfficer."""
    _plausible(on, by=by, at=at)
    row = queries.officer(by.scope, officer)
    held = [holding for holding in queries.holdings(officer, on=on) if not holding.deputising]
    known = queries.described_by_id(by.scope, {holding.post for holding in held}, on=on)
    vacated = [
        Draft(facts.PostVacated(h.post, officer, on), by, at, known[h.post].area if h.post in known else h.area)
        for h in held
    ]
    record_all([*vacated, Draft(facts.OfficerLeft(officer, on), by, at, row.here)])


# ---- posts ----


@turn()
def create_post(
    *,
    role: Role,
    area: str,
    on: date,
    by: Acting,
    at: datetime,
    facility: UUID | None = None,
    title: Text | None = None,
) -> UUID:
    """Create a post of `role` for `area`; its title is the role's unless given. Raises OutsideYourArea, RoleNotHere,
    TooFarAway, or what `places` says of the area."""
    _plausible(on, by=by, at=at)
    _in_charge(area, by=by)
    if places.require_open(area, on=on).level not in role.level:
        raise RoleNotHere(role=role.title.en)
    identifier = new_id(at)
    record(facts.PostCreated(identifier, role.id, area, facility, title or role.title, on), by=by, at=at, area=area)
    return identifier


@turn()
def close_post(*, post: UUID, on: date, by: Acting, at: datetime) -> None:
    """From `on` there is no such post; its holder gives it up. Raises NoSuchPost, LaterChangeExists, PostClosedThen."""
    row = _post(post, on=on, by=by, at=at)
    drafts = [Draft(facts.PostClosed(post, on), by, at, row.area)]
    if row.holder and row.holder.officer:
        drafts.insert(0, Draft(facts.PostVacated(post, row.holder.officer, on), by, at, row.area))
    record_all(drafts)


@turn()
def assign_post(*, post: UUID, officer: UUID, on: date, by: Acting, at: datetime) -> None:
    """Give a vacant post to an officer. Raises NoSuchPost, NoSuchOfficer, AlreadyHeld, NotToYourself, OfficerGone,
    LaterChangeExists, PostClosedThen."""
    row = _post(post, on=on, by=by, at=at)
    _may_take(officer, on=on, by=by)
    if row.holder and row.holder.officer:
        raise AlreadyHeld(name=row.holder.name)
    record(facts.PostHeld(post, officer, on), by=by, at=at, area=row.area)


@turn()
def hand_over_post(*, post: UUID, taker: UUID, on: date, by: Acting, at: datetime) -> None:
    """From `on` the post, with its open duties, is the taker's. Raises NobodyHolds, SamePerson and what `assign_post`
    raises."""
    row = _post(post, on=on, by=by, at=at)
    holder = _holder(row)
    if holder.officer == taker:
        raise SamePerson
    _may_take(taker, on=on, by=by)
    duties = tuple(queries.open_duties(by.scope, post=post).values_list("id", flat=True))
    fact = facts.PostHandedOver(post, holder.officer, taker, on, duties)  # type: ignore[arg-type]
    record(fact, by=by, at=at, area=row.area)


@turn()
def vacate_post(*, post: UUID, on: date, by: Acting, at: datetime) -> None:
    """From `on` nobody holds the post. Raises NoSuchPost, NobodyHolds, LaterChangeExists, PostClosedThen."""
    row = _post(post, on=on, by=by, at=at)
    record(facts.PostVacated(post, _holder(row).officer, on), by=by, at=at, area=row.area)  # type: ignore[arg-type]


@turn()
def name_deputy(*, post: UUID, officer: UUID, starts_on: date, ends_on: date, by: Acting, at: datetime) -> UUID:
    """Let an officer act in the post beside its holder on these days, the last included. Raises NoSuchPost,
    NoSuchOfficer, NotToYourself, SamePerson, OfficerGone, DaysReversed, TooFarAway, PostClosedThen."""
    _plausible(starts_on, by=by, at=at)
    _plausible(ends_on, by=by, at=at)
    if ends_on < starts_on:
        raise DaysReversed
    row = _existing(post, on=starts_on, by=by)
    _may_take(officer, on=starts_on, by=by)
    if row.holder and row.holder.officer == officer:
        raise SamePerson
    identifier = new_id(at)
    record(facts.DeputyNamed(identifier, post, officer, starts_on, ends_on), by=by, at=at, area=row.area)
    return identifier


@turn()
def end_deputy(*, post: UUID, deputation: UUID, by: Acting, at: datetime) -> None:
    """End a deputation of the post today. Raises NoSuchPost; nothing happens if it is over."""
    today = civil_day(at)
    row = _existing(post, on=today, by=by)
    if any(deputy.id == deputation for deputy in row.deputies):
        record(facts.DeputyEnded(deputation, today), by=by, at=at, area=row.area)


# ---- duties ----


@turn()
def give_duty(*, post: UUID, title: str, due_on: date, about_area: str = "", by: Acting, at: datetime) -> UUID:
    """Ask a post to have something done by a day, about an area (its own unless given). Raises NoSuchPost,
    NameMissing, OutsideYourArea, TooFarAway."""
    _plausible(due_on, by=by, at=at)
    row = _existing(post, on=civil_day(at), by=by)
    about_area = about_area or row.area
    _in_charge(about_area, by=by)
    identifier = new_id(at)
    record(facts.DutyGiven(identifier, post, _clean(title), due_on, about_area), by=by, at=at, area=row.area)
    return identifier


@turn()
def mark_duty_done(*, duty: UUID, by: Acting, at: datetime, note: str = "") -> None:
    """Say that a duty of one's own post is done today, or of a post one gives duties to.

    Raises NoSuchDuty, NotYourDuty, DutyAlreadyDone.
    """
    row = queries.duty(by.scope, duty)
    if str(row.post) != by.post and not by.may("staff.DutyGiven", row.here):
        raise NotYourDuty
    if row.done_on is not None:
        raise DutyAlreadyDone
    record(facts.DutyDone(duty, civil_day(at), note.strip()), by=by, at=at, area=row.here)


# ---- budgets ----


@turn()
def raise_budget(
    *, officer: UUID, on: date, seen: int, exported: int, reason: str, role: Role, by: Acting, at: datetime
) -> None:
    """On the day an officer who works in scope, in a post with `role`, may see and export so many rows in all.

    Raises NoSuchOfficer, NotToYourself, ReasonMissing, TooFarAway, RaiseTooSmall, RaiseTooGreat.
    """
    if str(officer) == by.officer:
        raise NotToYourself
    posts = officers_at_work(by.scope, on=on).get(officer, ("", []))[1]
    area = next((post.area for post in posts if post.role == role.id), None)
    if area is None:
        raise NoSuchOfficer
    if not reason.strip():
        raise ReasonMissing
    if not timedelta(0) <= on - civil_day(at) <= _RAISED_AHEAD:
        raise TooFarAway
    usual, most = role.daily, RAISED_AT_MOST
    if seen <= usual.seen and exported <= usual.exported:
        raise RaiseTooSmall(seen=usual.seen, exported=usual.exported)
    if seen > usual.seen * most or exported > usual.exported * most:
        raise RaiseTooGreat(seen=usual.seen * most, exported=usual.exported * most)
    record(facts.BudgetRaised(officer, on, seen, exported), by=by, at=at, area=area, why=_clean(reason))


# ---- what several of them ask ----


def _post(post: UUID, *, on: date, by: Acting, at: datetime) -> PostRow:
    """The post on a day on which its holder may change."""
    _plausible(on, by=by, at=at)
    row = _existing(post, on=on, by=by)
    last = queries.last_change_on(post)
    if last is not None and last >= on and not (row.vacant and last == on):
        raise LaterChangeExists(on=last)
    return row


def _existing(post: UUID, *, on: date, by: Acting) -> PostRow:
    row = queries.post(by.scope, post, on=on)
    if on < row.created_on or (row.closed_on and on >= row.closed_on):
        raise PostClosedThen
    return row


def _holder(row: PostRow) -> Held:
    if row.holder is None or row.holder.officer is None:
        raise NobodyHolds
    return row.holder


def _may_take(officer: UUID, *, on: date, by: Acting) -> None:
    if str(officer) == by.officer:
        raise NotToYourself
    row = queries.officer(by.scope, officer)
    if (row.enrolled_on and on < row.enrolled_on) or (row.left_on and on >= row.left_on):
        raise OfficerGone(name=row.name)


def _in_charge(area: str, *, by: Acting) -> None:
    if not by.scope.covers(area):
        raise OutsideYourArea


def _plausible(on: date, *, by: Acting, at: datetime) -> None:
    if by.role != FOUNDING and abs(on - civil_day(at)) > _FARTHEST:
        raise TooFarAway


def _clean(words: str) -> str:
    words = " ".join(unicodedata.normalize("NFC", words).split())
    if not words or any(unicodedata.category(sign)[0] == "C" for sign in words):
        raise NameMissing
    return words
