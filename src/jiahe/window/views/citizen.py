"""The applicant's side, without an account: following a case by its receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.journal.once import not_once
from jiahe.staff import attempts
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import queries
from jiahe.window.forms import TrackForm
from jiahe.window.problems import TrackingRefused
from jiahe.window.queries import Followed
from jiahe.window.rules.receipts import shown, typed
from jiahe.window.views import words

FOLLOWED = "window.followed"
"""Session key: the case whose receipt was shown in this browser, and when (seconds since 1970)."""
_FOR = 20 * 60
"""Seconds for which a receipt opens its case."""


@door(public=True)
@not_once
def track(request: StaffRequest) -> HttpResponse:
    """Number and proof open the case for twenty minutes in this browser; nothing of either stands in an address."""
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            number = typed(form.cleaned_data["number"])
            address = get_adapter().get_client_ip(request)
            attempt = attempts.look(request, number or "-", address=address, purpose="receipt")
            found = queries.prove_receipt(number, form.cleaned_data["proof"])
            if found is None:
                raise TrackingRefused
            attempts.succeeded(attempt, at=request.at)
            request.session[FOLLOWED] = [str(found), int(request.at.timestamp())]
            return redirect("window:followed")
    return render(request, "window/track.html", {"form": form}, status=422 if form.errors else 200)


@door(public=True)
def followed(request: StaffRequest) -> HttpResponse:
    """The case as its applicant sees it: the same day as the officer, whose turn it is, what is missing, the result."""
    case = followed_case(request)
    if case is None:
        return redirect("window:track")
    view = queries.followed(case, on=civil_day(request.at))
    return render(request, "window/followed.html", {"view": view, **_told(request, view)})


@door(public=True)
@not_once
def leave(request: StaffRequest) -> HttpResponse:
    """This browser forgets the case."""
    request.session.pop(FOLLOWED, None)
    return redirect("window:track", _("This browser has forgotten the case."))


def followed_case(request: StaffRequest) -> UUID | None:
    """The case whose receipt this browser has shown within twenty minutes."""
    case, since = request.session.get(FOLLOWED, ("", 0))
    return UUID(case) if case and request.at.timestamp() - since < _FOR else None


def _told(request: StaffRequest, view: Followed) -> dict[str, Any]:
    story, today = view.story, civil_day(request.at)
    service = story.service
    desks = words.offices({story.owner, *(stage.desk for stage in story.stages)}, on=today)
    return {
        "story": story,
        "number": shown(story.opening.number),
        "service": words.said(service.title),
        "phase": _(words.PHASES[story.phase]),
        "end": _(words.ENDS[story.end]) if story.end else "",
        "stage": words.stage(service, story.stage.step) if story.stage else "",
        "desk": desks.get(story.stage.desk, "") if story.stage else "",
        "owner": desks.get(story.owner, ""),
        "missing": [words.said(each.title) for each in service.documents if each.id in view.missing],
        "remedy": words.said(service.remedy),
        "result": words.said(service.result),
        "stages": [(words.stage(service, each.step), desks.get(each.desk, ""), each) for each in story.stages],
    }
