"""Stands at every door: ends old sessions, says who acts, and stops whoever may not pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpResponse

from jiahe.staff import drafts, session
from jiahe.staff.doors import Door, stopped
from jiahe.staff.policy import Policy
from jiahe.staff.queries import holdings
from jiahe.staff.request import StaffRequest
from jiahe.staff.views.changed import post_changed


class StaffMiddleware:
    """Sets `request.policy`, `request.holdings`, `request.acting` and `request.scope`; opens or shuts each view's door.

    Stands after sessions, CSRF, authentication, messages and allauth, and after whoever sets `request.at`.
    """

    def __init__(self, get_response: Callable[[StaffRequest], HttpResponse], *, policy: Policy) -> None:
        self.get_response = get_response
        self.policy = policy

    def __call__(self, request: StaffRequest) -> HttpResponse:
        """Decides who acts before the view; after it, a kept form that was now sent is forgotten."""
        request.policy = self.policy
        request.timed_out = None
        if request.user.is_authenticated:
            self._age(request)
        self._admit(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            drafts.settle(request, response)
        return response

    def process_view(
        self, request: StaffRequest, view: Callable[..., Any], args: tuple[Any, ...], names: dict[str, Any]
    ) -> HttpResponse | None:
        """Stops whoever may not pass. Runs after the CSRF check, so what is kept of a form was sent from our page."""
        answer = stopped(request, view)
        if answer is not None and request.timed_out and request.method == "POST" and _has_page(view):
            drafts.keep(request, credential=request.timed_out)
        if answer is None and request.method == "POST" and _has_page(view):
            return post_changed(request)
        return answer

    def _age(self, request: StaffRequest) -> None:
        if session.ran_out(request.session, at=request.at):
            request.timed_out = request.user.pk
            logout(request)
        elif "text/event-stream" not in request.headers.get("Accept", ""):
            session.seen(request.session, at=request.at)

    def _admit(self, request: StaffRequest) -> None:
        request.holdings = []
        if request.user.is_authenticated:
            request.holdings = holdings(request.user.officer, on=session.civil_day(request.at))
        post = session.chosen(request.holdings, request.session.get(session.CHOSEN))
        # typed as never None for the views, which stand behind a door
        acting: Any = session.acting(post, self.policy.roles)
        scope: Any = acting.scope if acting else None
        request.acting, request.scope = acting, scope


def _has_page(view: Callable[..., Any]) -> bool:
    mark = getattr(view, "door", None)
    return isinstance(mark, Door) and bool(mark.page)
