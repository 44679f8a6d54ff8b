"""How django-allauth lets people in here: our limits, our encryption, no e-mail, no sign-up, no flattery."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jiahe.staff import attempts, session
from jiahe.staff.models import Credential
from jiahe.staff.problems import TooManyTries
from jiahe.staff.request import StaffRequest
from jiahe.staff.rules import username_of
from jiahe.ui.problems import in_words

_FRESH = timedelta(minutes=10)
"""So soon after log-in, account matters do not ask for the password again."""


class StaffBackend(ModelBackend):
    """Checks user name and password. One hash is computed whether or not the user is known, active or from the demo."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **extra: Any
    ) -> Credential | None:
        """The credential, or None. A demo account opens nothing outside the demo; an old one-time password nothing."""
        user = super().authenticate(request, username=username_of(username or ""), password=password, **extra)
        if user is None or request is None:
            return None
        expired = user.one_time_until is not None and user.one_time_until < request.at
        return None if expired or (user.demo and not request.policy.demo) else user

    def get_user(self, user_id: Any) -> Credential | None:
        """The credential of a session; asked at every request, so in plain SQL."""
        with connection.cursor() as cursor:
            cursor.execute(_CREDENTIAL, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        identifier, username, password, officer, is_active, demo, last_login, one_time_until = row
        user = Credential(
            id=identifier,
            username=username,
            password=password,
            officer=UUID(str(officer)),
            is_active=bool(is_active),
            demo=bool(demo),
            last_login=_instant(last_login),
            one_time_until=_instant(one_time_until),
        )
        user._state.adding, user._state.db = False, connection.alias
        return user if self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Log-in as it is here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The user name and the password do not belong together. Check both and try again."
        ),
    }

    def authenticate(self, request: StaffRequest, **credentials: Any) -> Credential | None:
        """The credential, or None; the try is counted first. Raises ValidationError when this source has to wait."""
        try:
            attempt = attempts.look(request, credentials["username"], address=self.get_client_ip(request))
        except TooManyTries as problem:
            raise waiting(problem) from problem
        user = authenticate(request, **credentials)
        if user is not None:
            attempts.succeeded(attempt, at=request.at)
        return user

    def login(self, request: StaffRequest, user: Credential) -> None:
        """Password and second factor were right: a fresh session starts its clocks."""
        super().login(request, user)
        session.begin(request.session, at=request.at)

    def post_login(self, request: StaffRequest, user: Credential, **names: Any) -> HttpResponse:
        """Go where he wanted to go; the browser is known from now on."""
        response = super().post_login(request, user, **names)
        attempts.remember_device(request, response, user, secure=request.is_secure())
        return response

    def is_open_for_signup(self, request: StaffRequest) -> bool:
        """Never: accounts are handed out."""
        return False

    def is_reauthentication_required(self, *, app: str, **names: Any) -> bool:
        """Not within minutes of log-in."""
        began = context.request.session.get(session.BEGAN, 0)
        return bool(context.request.at.timestamp() - began > _FRESH.total_seconds())

    def get_password_change_redirect_url(self, request: StaffRequest) -> str:
        """Home, where the next thing to do shows itself."""
        return self.get_login_redirect_url(request)

    def get_reauthentication_methods(self, user: Credential) -> list[dict[str, Any]]:
        """By password alone; allauth would offer the second factor too, which is often what is being changed."""
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]

    def add_message(
        self, request: StaffRequest, level: int, *args: Any, message: str | None = None, **names: Any
    ) -> None:
        """Only messages we write; allauth's own say what the page already shows."""
        if message:
            super().add_message(request, level, message=message)

    def send_notification_mail(self, *args: Any, **names: Any) -> None:
        """Officers have no e-mail here."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors as they are here."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one in your app and type that."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets are stored encrypted, under a key made from the node's secret key (PostgreSQL does not encrypt)."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The other way."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Credential) -> str:
        """Under which name the app lists it."""
        return user.username


def waiting(problem: TooManyTries) -> ValidationError:
    """The problem as a form shows it."""
    said = in_words(problem)
    return ValidationError(f"{said.what} {said.why} {said.now}", code=problem.code)


_CREDENTIAL = (
    "SELECT id, username, password, officer, is_active, demo, last_login, one_time_until "
    "FROM staff_credential WHERE id = %s"
)


def _instant(value: datetime | None) -> datetime | None:
    """SQLite keeps instants without their zone, which is UTC."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("jiahe.staff.second_factor", "", algorithm="sha256").digest()))
