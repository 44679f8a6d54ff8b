"""What a node of a level has no pages for: one rule, for the navigation and for whoever types an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiahe.basis.problem import N_, Problem
from jiahe.ui.problems import problem_page

OF_PEOPLE = {"registry", "window", "conduct", "exchange"}
"""Rooms of people and cases. None of these ever comes to a city: every list would be empty there, every figure 0."""


class SumsOnly(Problem):
    """A page of people or cases was asked for at a city."""

    code = "node.sums_only"
    status = 404
    what = N_("A city's node does not have this page: it is about people or their cases.")
    why = N_("A city sees sums only. No record of a person and no case ever comes here, so all would be 0, and wrong.")
    now = N_("For sums of each county see the board. For a person or a case open the pages of the county or township.")


def has(level: str, view_name: str) -> bool:
    """Whether a node of this level has the page.

    >>> has("city", "window:board"), has("city", "indicators:board"), has("township", "window:board")
    (False, True, True)
    """
    return level != "city" or view_name.partition(":")[0] not in OF_PEOPLE


class LevelMiddleware:
    """Answers for pages that a node of this level has not. Stands behind the doors: who may not pass learns nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes through."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], names: dict[str, Any]
    ) -> HttpResponse | None:
        """Asked by Django before the view, whatever the method."""
        match = request.resolver_match
        if match is None or has(settings.JIAHE.level, match.view_name):
            return None
        return problem_page(request, SumsOnly())
