"""Every view has a door: a page key its role must read, or a word that it is public or for any signed-in account.

The decorator only marks; `StaffMiddleware` stands at every door and lets nobody through an unmarked view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse
from django.urls import reverse

from jiahe.staff.accounts import has_second_factor
from jiahe.staff.problems import NoPost
from jiahe.staff.request import StaffRequest
from jiahe.ui.doors import Door, door
from jiahe.ui.errors import NotYours
from jiahe.ui.problems import problem_page
from jiahe.ui.respond import redirect

__all__ = ["CONFIRMED", "Door", "Doorless", "door", "page_of", "stopped", "to_log_in"]
CONFIRMED = "staff.second_factor"
"""Session key: this account is known to have a second factor (whoever has one was asked for it at log-in)."""


class Doorless(RuntimeError):
    """A view without a door was asked for. A bug: give it one."""


def stopped(request: StaffRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """The answer to somebody who may not pass this view's door, or None for go on. Raises Doorless."""
    mark: Door | None = getattr(view, "door", None)
    if mark is None:
        raise Doorless(f"{view.__module__}.{getattr(view, '__qualname__', view)}")
    if mark.public:
        return None
    if not request.user.is_authenticated:
        return to_log_in(request)
    if mark.signed_in:
        return None
    return _unprepared(request) or _uninvited(request, mark.page)


def to_log_in(request: StaffRequest) -> HttpResponse:
    """303 to log-in, to come back to the page the request came from."""
    return redirect(f"{reverse('account_login')}?{REDIRECT_FIELD_NAME}={quote(page_of(request))}")


def page_of(request: StaffRequest) -> str:
    """The page to return to: the address asked for; for a sent form, the page of this node it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    here = request.build_absolute_uri("/")
    referer = request.headers.get("Referer", "")
    return "/" + referer.removeprefix(here) if referer.startswith(here) else request.path


def _unprepared(request: StaffRequest) -> HttpResponse | None:
    """An account that must first change its one-time password or set up its second factor is sent there."""
    if request.user.one_time_until is not None:
        return redirect("account_change_password")
    if request.policy.second_factor and not request.session.get(CONFIRMED):
        if not has_second_factor(request.user):
            return redirect("mfa_activate_totp")
        request.session[CONFIRMED] = True
    return None


def _uninvited(request: StaffRequest, page: str) -> HttpResponse | None:
    if request.acting is None:
        several = len(request.holdings) > 1
        return redirect("staff:choose_post") if several else problem_page(request, NoPost())
    return None if request.acting.reads(page) else problem_page(request, NotYours())
