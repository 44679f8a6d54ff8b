"""Who a request acts as, and how long a session lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from jiahe.staff.definitions import Role
from jiahe.staff.rules import Holding, run_out
from jiahe.staff.scope import Acting, admit

BEGAN, SEEN, CHOSEN = "staff.began", "staff.seen", "staff.post"
_RENEWAL = 60
"""Seconds after which the instant last seen is written again; a write per click would be a write too many."""


def civil_day(at: datetime) -> date:
    """The day of the county's calendar in which the instant lies."""
    return timezone.localtime(at).date()


def begin(session: SessionBase, *, at: datetime) -> None:
    """Start the session's clocks; at log-in."""
    session[BEGAN] = session[SEEN] = int(at.timestamp())


def ran_out(session: SessionBase, *, at: datetime) -> bool:
    """Whether a signed-in session has run out. A session without clocks (a test's) begins now."""
    if BEGAN not in session:
        begin(session, at=at)
    began, seen = (datetime.fromtimestamp(session[key], UTC) for key in (BEGAN, SEEN))
    return run_out(began=began, seen=seen, at=at)


def seen(session: SessionBase, *, at: datetime) -> None:
    """Note that the session is in use."""
    if at.timestamp() - session[SEEN] >= _RENEWAL:
        session[SEEN] = int(at.timestamp())


def chosen(holdings: Sequence[Holding], post: str | None) -> Holding | None:
    """The holding somebody acts in: the post he chose if he still has it, or his only one."""
    if len(holdings) == 1:
        return holdings[0]
    return next((holding for holding in holdings if str(holding.post) == post), None)


def choose(session: SessionBase, holdings: Sequence[Holding], post: UUID) -> bool:
    """Act in this post from now on; False if it is not one of the holdings."""
    if any(holding.post == post for holding in holdings):
        session[CHOSEN] = str(post)
        return True
    return False


def acting(holding: Holding | None, roles: Mapping[str, Role]) -> Acting | None:
    """The Acting for a holding; None without one, or for a role this node does not know (it may be newer than we)."""
    if holding is None or holding.role not in roles:
        return None
    return admit(holding, roles[holding.role])
