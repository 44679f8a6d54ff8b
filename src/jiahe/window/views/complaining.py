"""Complaints and appeals from anywhere: without an account, without a name; the same clock as at the counter."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.journal.wiring import current
from jiahe.places.facts import Level
from jiahe.places.rules import LENGTHS
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.qr import qr
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.definitions import COMPLAINT, services
from jiahe.window.facts import Channel
from jiahe.window.forms import ComplaintForm
from jiahe.window.problems import ComplainAtCounty
from jiahe.window.rules.receipts import shown
from jiahe.window.views import words
from jiahe.window.views.citizen import FOR, acting, another, followed_case, look

COMPLAINED = "window.complained"
"""Session key: the case that was opened from this browser, the word on its receipt, and when."""


@door(public=True)
def complain(request: StaffRequest) -> HttpResponse:
    """What happened, in one's own words; about the case whose receipt was shown here, if one says so."""
    if len(current().area) < LENGTHS[Level.COUNTY]:
        raise ComplainAtCounty
    today = civil_day(request.at)
    about = followed_case(request)
    number = shown(queries.followed(about, on=today).story.opening.number) if about else ""
    form = ComplaintForm(request.POST or None, case=number)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            look(request, COMPLAINT, purpose="complaint")
            case, code = actions.open_case(
                service=COMPLAINT,
                channel=Channel.ONLINE,
                regarding=about if form.cleaned_data.get("about") and about and not another(request, about) else None,
                words=form.cleaned_data["words"],
                by=acting(request),
                at=request.at,
            )
            request.session[COMPLAINED] = [str(case), code, int(request.at.timestamp())]
            return redirect("window:complained")
    service = services().one(COMPLAINT, today)
    context = {"form": form, "about": about, "service": service, "applicants": words.said(service.applicants)}
    return render(request, "window/complain.html", context, status=422 if form.errors else 200)


@door(public=True)
def complained(request: StaffRequest) -> HttpResponse:
    """Number and code of the complaint, for twenty minutes in the browser that sent it; the code is nowhere else."""
    case, code, since = request.session.get(COMPLAINED, ("", "", 0))
    if not case or request.at.timestamp() - since >= FOR:
        request.session.pop(COMPLAINED, None)
        return redirect("window:complain")
    story = queries.followed(UUID(case), on=civil_day(request.at)).story
    address = request.build_absolute_uri(reverse("window:track"))
    context = {
        "story": story,
        "title": _("Your complaint is received"),
        "service": words.said(story.service.title),
        "number": shown(story.opening.number),
        "code": code,
        "fragment": story.opening.number,
        "drawn": qr(f"{address}#{story.opening.number}"),
    }
    return render(request, "window/complained.html", context)
