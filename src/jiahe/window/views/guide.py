"""The service guide, open to everybody: what there is, for whom, with what, in how many days, and how to disagree."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.window.definitions import services
from jiahe.window.definitions.shapes import Service, Source, Step
from jiahe.window.rules import words as drawn
from jiahe.window.rules.clock import TELL_WITHIN
from jiahe.window.views import words
from jiahe.window.views.pictures import pictures


@door(public=True)
def guide(request: StaffRequest) -> HttpResponse:
    """The services in force today."""
    offered = [
        {"service": each, "title": words.said(each.title), "applicants": words.said(each.applicants)}
        for each in services().on(civil_day(request.at))
    ]
    return render(request, "window/guide.html", {"offered": offered})


@door(public=True)
def service(request: StaffRequest, service: str) -> HttpResponse:
    """One service in full: everything is told once, before anybody comes."""
    found = services().one(service, civil_day(request.at))
    brought = [each for each in found.documents if each.source is Source.APPLICANT]
    context = {
        "service": found,
        "title": words.said(found.title),
        "applicants": words.said(found.applicants),
        "result": words.said(found.result),
        "remedy": words.said(found.remedy),
        "always": [words.said(each.title) for each in brought if not str(each.only_if)],
        "sometimes": [(words.said(each.title), words.said(each.only_if)) for each in brought if str(each.only_if)],
        "held": [words.said(each.title) for each in found.documents if each.source is Source.COUNTY],
        "steps": [_step(request, each) for each in found.steps],
        "pauses": [(words.said(each.title), each.days) for each in found.pauses],
        "notice": _notice(found),
        "basis": [(words.said(each.title), each.articles, each.on, each.link) for each in found.basis],
        "tell_within": TELL_WITHIN,
        "drawings": pictures(request, found),
    }
    return render(request, "window/service.html", context)


def _step(request: StaffRequest, step: Step) -> dict[str, Any]:
    role = request.policy.roles[step.role]
    level = drawn.LEVELS[step.level].in_language(get_language() or "en")
    return {"title": words.said(step.title), "who": words.said(role.title), "level": level, "step": step}


def _notice(service: Service) -> dict[str, Any] | None:
    """For how long at most something hangs, and what it shows; None where nothing does."""
    notices = [step.notice for step in service.steps if step.notice is not None]
    if not notices:
        return None
    shows = dict.fromkeys(each for notice in notices for each in notice.shows)
    return {
        "days": max(notice.days for notice in notices),
        "shows": [drawn.SHOWN[each].in_language(get_language() or "en") for each in shows],
    }
