"""Log-in: second factor demanded, tries limited without locking anybody out, sessions that end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jiahe.staff import accounts
from jiahe.staff.models import Attempt, Credential
from jiahe.staff.rules import CROWD_LIMIT, PAIR_LIMIT
from tests.rooms.staff.small_office import PASSWORD, Counting, Office, code, sign_in

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
CLERK_AT, ELSEWHERE = "10.0.0.7", "203.0.113.9"


@pytest.fixture
def visitor() -> Client:
    """A browser nobody has used here."""
    return Client(HTTP_HOST="127.0.0.1")


def _set_up_second_factor(visitor: Client) -> str:
    visitor.get(reverse("mfa_activate_totp"))
    secret = str(visitor.session["mfa.totp.secret"])
    answer = visitor.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def test_a_stranger_is_sent_to_sign_in_and_back(office: Office, visitor: Client) -> None:
    office.account("clerk")
    page = reverse("staff:posts") + "?area=411723101"
    for method in (visitor.get, visitor.head):
        answer = method(page)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"{reverse('account_login')}?next=/staff/posts/%3Farea%3D411723101"
    answer = sign_in(visitor, "clerk", PASSWORD, after="/staff/posts/%3Farea%3D411723101")
    assert answer.headers["Location"] == page


def test_nobody_is_sent_elsewhere_after_sign_in(office: Office, visitor: Client) -> None:
    office.account("clerk")
    assert sign_in(visitor, "clerk", PASSWORD, after="https://elsewhere.example/").headers["Location"] == "/"


def test_a_first_sign_in_changes_the_password_and_sets_up_the_second_factor(office: Office, visitor: Client) -> None:
    admin = office.acting("admin")
    now = datetime.now(UTC)
    one_time = accounts.open_account(officer=office.officers["clerk"], username="Clerk.North", by=admin, at=now)
    sign_in(visitor, "clerk.north", one_time)
    assert visitor.get(reverse("staff:duties")).headers["Location"] == reverse("account_change_password")
    weak = {"current_password": one_time, "password": "clerk.north", "password_again": "clerk.north"}
    assert visitor.post(reverse("account_change_password"), weak).status_code == 422
    good = {"current_password": one_time, "password": PASSWORD, "password_again": PASSWORD}
    assert visitor.post(reverse("account_change_password"), good).status_code == 303
    assert visitor.get(reverse("staff:duties")).headers["Location"] == reverse("mfa_activate_totp")
    _set_up_second_factor(visitor)
    assert visitor.get(reverse("staff:duties")).status_code == 200
    codes = visitor.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert codes.count("<li>") >= 10
    assert sign_in(Client(HTTP_HOST="127.0.0.1"), "clerk.north", one_time).status_code == 422


def test_the_second_factor_is_asked_and_a_code_counts_once(office: Office, visitor: Client) -> None:
    office.account("clerk")
    with time_machine.travel(NOON) as clock:
        sign_in(visitor, "clerk", PASSWORD)
        secret = _set_up_second_factor(visitor)
        visitor.post(reverse("account_logout"))
        clock.shift(60)
        assert sign_in(visitor, "clerk", PASSWORD).headers["Location"] == reverse("mfa_authenticate")
        assert visitor.get(reverse("staff:duties")).headers["Location"].startswith(reverse("account_login"))
        assert visitor.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 422
        shown = code(secret)
        assert visitor.post(reverse("mfa_authenticate"), {"code": shown}).status_code == 302
        assert visitor.get(reverse("staff:duties")).status_code == 200
        clock.shift(31)
        again = Client(HTTP_HOST="127.0.0.1")
        sign_in(again, "clerk", PASSWORD)
        assert again.post(reverse("mfa_authenticate"), {"code": shown}).status_code == 422


def test_codes_cannot_be_guessed_one_after_the_other(office: Office, visitor: Client) -> None:
    office.account("clerk")
    sign_in(visitor, "clerk", PASSWORD)
    _set_up_second_factor(visitor)
    visitor.post(reverse("account_logout"))
    sign_in(visitor, "clerk", PASSWORD)
    told = [visitor.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}).content.decode() for n in range(7)]
    assert "Too many tries" not in told[PAIR_LIMIT - 1]
    assert "Too many tries" in told[-1]


def test_known_unknown_and_closed_accounts_answer_alike(office: Office) -> None:
    office.account("clerk")
    closed = office.account("worker")
    Credential.objects.filter(pk=closed.pk).update(is_active=False)
    answers, computed = [], []
    for username, password in [("clerk", "wrong"), ("nobody", "wrong"), ("worker", PASSWORD), ("x" * 40, PASSWORD)]:
        Counting.computed = 0
        answer = sign_in(Client(HTTP_HOST="127.0.0.1"), username, password)
        answers.append((answer.status_code, _said(answer)))
        computed.append(Counting.computed)
    assert len(set(answers)) == 1
    assert computed == [1, 1, 1, 1]


def test_one_source_waits_after_some_failures_known_user_or_not(office: Office) -> None:
    office.account("clerk")
    for username in ("clerk", "nobody"):
        with time_machine.travel(NOON) as clock:
            told = [_said(sign_in(Client(HTTP_HOST="127.0.0.1"), username, "wrong")) for _ in range(PAIR_LIMIT + 2)]
            assert told[0] == told[PAIR_LIMIT - 1]
            assert "Too many tries from here" in told[PAIR_LIMIT]
            clock.shift(timedelta(minutes=16))
            assert _said(sign_in(Client(HTTP_HOST="127.0.0.1"), username, "wrong")) == told[0]


def test_a_thousand_failures_elsewhere_lock_no_clerk_out(office: Office, visitor: Client) -> None:
    office.account("clerk")
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(3 * CROWD_LIMIT):
            sign_in(Client(HTTP_HOST="127.0.0.1"), "clerk", "wrong", REMOTE_ADDR=f"203.0.113.{number}")
        assert Attempt.objects.filter(failed=True).count() == 3 * CROWD_LIMIT
        clock.shift(1)
        assert sign_in(visitor, "clerk", PASSWORD, REMOTE_ADDR=CLERK_AT).status_code == 302


def test_a_colleague_behind_the_same_address_locks_no_clerk_out(office: Office, visitor: Client) -> None:
    office.account("clerk")
    with time_machine.travel(NOON, tick=False) as clock:
        assert sign_in(visitor, "clerk", PASSWORD, REMOTE_ADDR=CLERK_AT).status_code == 302
        visitor.post(reverse("account_logout"))
        for _ in range(2 * CROWD_LIMIT):
            clock.shift(1)
            sign_in(Client(HTTP_HOST="127.0.0.1"), "clerk", "wrong", REMOTE_ADDR=CLERK_AT)
        stranger = Client(HTTP_HOST="127.0.0.1")
        assert "Too many tries" in _said(sign_in(stranger, "clerk", PASSWORD, REMOTE_ADDR=CLERK_AT))
        assert sign_in(visitor, "clerk", PASSWORD, REMOTE_ADDR=CLERK_AT).status_code == 302


def test_an_attacker_in_a_crowd_slows_down(office: Office) -> None:
    office.account("clerk")
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(CROWD_LIMIT):
            sign_in(Client(HTTP_HOST="127.0.0.1"), "clerk", "wrong", REMOTE_ADDR=f"203.0.113.{number}")
        clock.shift(1)
        first, second = (sign_in(Client(HTTP_HOST="127.0.0.1"), "clerk", "x", REMOTE_ADDR="198.51.100.1") for _ in "12")
        assert "Too many tries" not in _said(first)
        assert "Too many tries" in _said(second)


def test_tries_are_not_readable(office: Office) -> None:
    sign_in(Client(HTTP_HOST="127.0.0.1"), "clerk", "wrong", REMOTE_ADDR=ELSEWHERE)
    row = Attempt.objects.values().get()
    assert "clerk" not in str(row)
    assert ELSEWHERE not in str(row)


def test_a_demo_account_opens_nothing_outside_the_demo(office: Office, visitor: Client) -> None:
    accounts.open_demo_accounts({"clerk": office.officers["clerk"]})
    answer = sign_in(visitor, "clerk", accounts.DEMO_PASSWORD)
    assert answer.status_code == 422
    assert accounts.DEMO_PASSWORD not in answer.content.decode()


def test_an_old_one_time_password_opens_nothing(office: Office, visitor: Client) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=8)
    password = accounts.open_account(
        officer=office.officers["clerk"], username="clerk", by=office.acting("admin"), at=long_ago
    )
    assert sign_in(visitor, "clerk", password).status_code == 422


def test_a_reset_ends_password_second_factor_and_sessions(office: Office, visitor: Client) -> None:
    office.account("clerk")
    sign_in(visitor, "clerk", PASSWORD)
    _set_up_second_factor(visitor)
    admin = office.acting("admin")
    one_time = accounts.reset_account(officer=office.officers["clerk"], by=admin, at=datetime.now(UTC))
    assert visitor.get(reverse("staff:duties")).headers["Location"].startswith(reverse("account_login"))
    fresh = Client(HTTP_HOST="127.0.0.1")
    assert sign_in(fresh, "clerk", PASSWORD).status_code == 422
    assert sign_in(fresh, "clerk", one_time).headers["Location"] == "/"


def test_the_session_is_a_new_one_after_sign_in_and_gone_after_sign_out(office: Office, visitor: Client) -> None:
    office.account("clerk")
    visitor.get(reverse("staff:duties"))
    kept = visitor.session
    kept["planted"] = True
    kept.save()
    visitor.cookies["sessionid"] = planted = kept.session_key
    sign_in(visitor, "clerk", PASSWORD)
    cookie = visitor.cookies["sessionid"]
    assert cookie.value != planted
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert visitor.get(reverse("account_logout")).status_code == 405
    answer = visitor.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    visitor.cookies["sessionid"] = cookie.value
    assert visitor.get(reverse("staff:duties")).status_code == 303


@pytest.mark.parametrize(("step", "steps"), [(timedelta(minutes=31), 1), (timedelta(minutes=20), 37)])
def test_sessions_end_when_idle_and_after_half_a_day(office: Office, step: timedelta, steps: int) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = office.inside("clerk")
        answers: list[Any] = []
        assert client.get(reverse("staff:duties")).status_code == 200
        for _ in range(steps):
            clock.shift(step)
            answers.append(client.get(reverse("staff:duties")).status_code)
        assert answers[:-1] == [200] * (steps - 1)
        assert answers[-1] == 303


def _said(answer: Any) -> str:
    """What the form complains of."""
    return " ".join(answer.context["form"].non_field_errors()) if answer.context else ""
