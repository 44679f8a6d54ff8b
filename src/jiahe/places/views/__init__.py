"""Pages about areas and facilities. To see them takes no scope; to change them takes a role that manages places."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language

from jiahe.basis.areas import lies_in
from jiahe.basis.languages import Text
from jiahe.journal.values import Author
from jiahe.places import queries
from jiahe.ui.errors import NotYours

MANAGE = "places.manage"


class Officer(Author, Protocol):
    """Who acts, as far as this room needs to know; the staff room gives it."""

    @property
    def area(self) -> str:
        """The area of the post."""

    def reads(self, page: str) -> bool:
        """Whether the role opens pages with this key."""


class Visit(HttpRequest):
    """What stands on a request behind a door."""

    at: datetime
    acting: Officer


def today(request: HttpRequest) -> date:
    """The day of the county's calendar on which the request came in."""
    return timezone.localtime(cast(Visit, request).at).date()


def day_asked(request: HttpRequest) -> date:
    """The day in `?on=`, or today if there is none or it is no day."""
    return _named_day(request) or today(request)


def steps(row: queries.AreaRow, request: HttpRequest, *, last: str = "") -> list[tuple[str, str]]:
    """The trail from the province to the area; `last` names a page below it."""
    asked = "?on=" + request.GET["on"] if _named_day(request) else ""
    rows = queries.path(row.code, on=day_asked(request))
    trail = [(said(step.name), reverse("places:area", args=[step.code]) + asked) for step in rows]
    return [*trail, (last, "")] if last else [*trail[:-1], (said(row.name), "")]


def _named_day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("on", ""))
    except ValueError:
        return None


def said(text: Text) -> str:
    """The words in the reader's language."""
    return text.in_language(get_language() or "en")


def may_change(request: HttpRequest, code: str) -> bool:
    """Whether the page should offer to change the area; the journal decides again when it is done."""
    officer = cast(Visit, request).acting
    return officer.reads(MANAGE) and officer.may("places.AreaRenamed", code)


def refuse_elsewhere(request: HttpRequest, code: str) -> None:
    """Raises NotYours for an area outside that of the post: it is open knowledge, but changed by others."""
    if not lies_in(code, cast(Visit, request).acting.area):
        raise NotYours()
