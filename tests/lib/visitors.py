"""Somebody without an account at his browser: what he sends, shows and reads."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from jiahe.basis.ids import new_id
from jiahe.node.clock import now
from jiahe.staff.session import civil_day
from jiahe.window import actions
from jiahe.window.models import Case
from tests.lib.counter import Counter


def received(counter: Counter) -> tuple[Case, str]:
    """A case received today, and the code on its receipt."""
    at = now()
    case, code = actions.open_case(
        service="childcare_subsidy",
        applicant=counter.people["欧阳明"],
        documents=("identity_card", "bank_account"),
        by=counter.acting("window", civil_day(at)),
        at=at,
    )
    return Case.objects.get(id=case), code


def send(stranger: Client, name: str, said: dict[str, str], *, once: bool = True, **more: Any) -> Any:
    """A form, sent."""
    key = {"_once": str(new_id(now()))} if once else {}
    kwargs = more.pop("kwargs", {})
    return stranger.post(reverse(name, kwargs=kwargs), {**key, **said}, **more)


def show(stranger: Client, receipt: str, proof: str, **more: Any) -> Any:
    """A receipt, shown."""
    return send(stranger, "window:track", {"number": receipt, "proof": proof}, once=False, **more)


def page(stranger: Client, name: str, **kwargs: Any) -> str:
    """A page, as it is read."""
    answer = stranger.get(reverse(name, kwargs=kwargs))
    assert answer.status_code == 200
    return str(answer.content.decode())
