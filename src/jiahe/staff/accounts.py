"""Accounts on this node: handed out with a one-time password, set anew, and (in the demo) listed."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from jiahe.journal.recording import record, turn
from jiahe.staff import queries
from jiahe.staff.facts import AccountOpened
from jiahe.staff.models import Credential, KnownDevice
from jiahe.staff.problems import NoAccount, NotToYourself, UserNameMalformed, UserNameTaken
from jiahe.staff.rules import ONE_TIME, username_of
from jiahe.staff.scope import Acting

_USERNAME = re.compile(r"[\w][\w.-]{1,38}\w")
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
DEMO_PASSWORD = "jiahe-demo"  # noqa: S105 - opens demo accounts in the demo, which holds nobody's data
"""The password of every demo account; said on the log-in page of the demo, refused everywhere else."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A line of the list on the demo's log-in page. `area` is the code of the post's area."""

    username: str
    role: str
    area: str


@turn()
def open_account(*, officer: UUID, username: str, by: Acting, at: datetime) -> str:
    """Give an officer in scope an account; the answer is his one-time password, which is stored nowhere.

    Raises NoSuchOfficer, UserNameMalformed, UserNameTaken.
    """
    row = queries.officer(by.scope, officer)
    username = username_of(username)
    if not _USERNAME.fullmatch(username):
        raise UserNameMalformed
    if Credential.objects.filter(username=username).exists() or Credential.objects.filter(officer=officer).exists():
        raise UserNameTaken
    record(AccountOpened(officer, anew=False), by=by, at=at, area=row.here)
    password = one_time_password()
    Credential.objects.create(
        username=username, officer=officer, password=make_password(password), one_time_until=at + ONE_TIME
    )
    return password


@turn()
def reset_account(*, officer: UUID, by: Acting, at: datetime) -> str:
    """A new one-time password for an officer who forgot his or lost his phone; second factor and devices go.

    Raises NoSuchOfficer, NotToYourself, NoAccount.
    """
    if str(officer) == by.officer:
        raise NotToYourself
    row = queries.officer(by.scope, officer)
    credential = account_of(officer)
    if credential is None:
        raise NoAccount
    record(AccountOpened(officer, anew=True), by=by, at=at, area=row.here)
    password = one_time_password()
    credential.password = make_password(password)
    credential.one_time_until = at + ONE_TIME
    credential.save(update_fields=["password", "one_time_until"])
    Authenticator.objects.filter(user=credential).delete()
    KnownDevice.objects.filter(credential=credential).delete()
    return password


def change_password(credential: Credential, password: str) -> None:
    """The officer's own new password; it is no longer a one-time one. Ends his other sessions."""
    credential.set_password(password)
    credential.one_time_until = None
    credential.save(update_fields=["password", "one_time_until"])


def account_of(officer: UUID) -> Credential | None:
    """The officer's account on this node."""
    return Credential.objects.filter(officer=officer).first()


def has_second_factor(credential: Credential) -> bool:
    """Whether an app is connected to the account."""
    return Authenticator.objects.filter(user=credential, type=Authenticator.Type.TOTP).exists()


def open_demo_accounts(usernames: dict[str, UUID]) -> None:
    """Accounts with the demo's password for these officers; they open nothing outside the demo. For the demo loader."""
    hashed = make_password(DEMO_PASSWORD)
    Credential.objects.bulk_create(
        [Credential(username=name, officer=officer, password=hashed, demo=True) for name, officer in usernames.items()],
        ignore_conflicts=True,
    )


def demo_accounts(*, on: date) -> list[DemoAccount]:
    """The demo accounts with the role of their first post, for the demo's log-in page."""
    found = []
    for credential in Credential.objects.filter(demo=True).order_by("id"):
        held = queries.holdings(credential.officer, on=on)
        if held:
            found.append(DemoAccount(credential.username, held[0].role, held[0].area))
    return found


def one_time_password() -> str:
    """Four groups of four signs without look-alikes: 79 bits, and it can be read out."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
