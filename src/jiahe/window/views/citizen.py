"""The applicant's side, without an account: following a case by its receipt, rating it, withdrawing it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.journal.once import not_once
from jiahe.journal.wiring import current
from jiahe.staff import attempts
from jiahe.staff.doors import door
from jiahe.staff.models import Attempt
from jiahe.staff.problems import TooManyTries
from jiahe.staff.request import StaffRequest
from jiahe.staff.scope import Acting, visitor
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.forms import SCORES, ConfirmForm, RatingForm, TrackForm
from jiahe.window.problems import NumberMistyped, TooManyVisits, TrackingRefused
from jiahe.window.queries import Followed
from jiahe.window.rules.notices import hangs_until
from jiahe.window.rules.receipts import cleaned, is_digits, shown, typed
from jiahe.window.rules.story import OVER, Phase
from jiahe.window.views import words
from jiahe.window.views.pictures import pictures

OPENED = ("window.followed", "window.complained", "window.booked")
"""Session keys of what somebody without an account opened or sent in this browser."""
ABOUT = "about_case"
"""Field of a form that says which case it was made about."""
FOLLOWED = "window.followed"
"""Session key: the case whose receipt was shown in this browser, and when (seconds since 1970)."""
FOR = 20 * 60
"""Seconds for which a receipt opens its case."""
GUESSES, GUESSED_IN = 10, timedelta(days=7)
"""After so many wrong tries within so long, the last four of an identity number open a case no more: there are too few
of them to let anybody go on guessing. The code always opens it."""
CROWD, CROWDED_IN = 100, timedelta(minutes=15)
"""The same after so many wrong tries from one address, whatever the numbers."""


@door(public=True)
@not_once
def track(request: StaffRequest) -> HttpResponse:
    """Number and proof open the case for twenty minutes in this browser; nothing of either stands in an address."""
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            case = _proved(request, form.cleaned_data["number"], form.cleaned_data["proof"])
            request.session.cycle_key()
            request.session[FOLLOWED] = [str(case), int(request.at.timestamp())]
            return redirect("window:followed")
    return render(request, "window/track.html", {"form": form}, status=422 if form.errors else 200)


@door(public=True)
def followed(request: StaffRequest) -> HttpResponse:
    """The case as its applicant sees it: the same day as the officer, whose turn it is, what is missing, the result."""
    case = followed_case(request)
    if case is None:
        return redirect("window:track")
    today = civil_day(request.at)
    view = queries.followed(case, on=today)
    response = render(request, "window/followed.html", {"view": view, **_told(request, view), **_can(view, today)})
    # an open page of a shared computer leaves by itself, without a script
    left = request.session[FOLLOWED][1] + FOR - int(request.at.timestamp())
    response["Refresh"] = f"{left + 1}; url={reverse('window:track')}"
    return response


@door(public=True)
def rate(request: StaffRequest) -> HttpResponse:
    """How the applicant was served, if he wants to say so; or what he says now instead."""
    case = followed_case(request)
    if case is None:
        return redirect("window:track")
    today = civil_day(request.at)
    view = queries.followed(case, on=today)
    if another(request, case) or (request.method != "POST" and not _can(view, today)["may_rate"]):
        return redirect("window:followed")
    form = RatingForm(request.POST or None, initial=_said_before(view))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            look(request, str(case), purpose="rating")
            said = form.cleaned_data
            actions.rate_service(
                case=case,
                score=int(said["score"]),
                payment_asked=said["payment_asked"],
                words=said["words"],
                by=acting(request),
                at=request.at,
            )
            return redirect("window:followed", _("Thank you. Your rating is recorded."))
    lead = _("Only if you want to. You can change it until {on}.").format(on=view.rates_until) if _rates(view) else ""
    context = {"form": form, "title": _("Rate how you were served"), "submit": _("Rate"), "lead": lead, "about": case}
    return _form(request, context)


@door(public=True)
def withdraw(request: StaffRequest) -> HttpResponse:
    """The applicant wants it no more; no reason is asked."""
    case = followed_case(request)
    if case is None:
        return redirect("window:track")
    today = civil_day(request.at)
    may = _can(queries.followed(case, on=today), today)["may_withdraw"]
    if another(request, case) or (request.method != "POST" and not may):
        return redirect("window:followed")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.withdraw_case(case=case, by=acting(request), at=request.at)
            return redirect("window:followed", _("Your case is withdrawn. You may apply again at any time."))
    lead = _("No reason is asked, and no other door closes. You may apply again at any time.")
    return _form(
        request, {"form": form, "title": _("Withdraw your case"), "submit": _("Withdraw"), "lead": lead, "about": case}
    )


@door(public=True)
@not_once
def leave(request: StaffRequest) -> HttpResponse:
    """This browser forgets the case."""
    for key in OPENED:
        request.session.pop(key, None)
    return redirect("window:track", _("This browser has forgotten the case."))


def another(request: StaffRequest, case: UUID) -> bool:
    """Whether a form was made about another case than the one this browser follows now: in another tab."""
    return request.method == "POST" and request.POST.get(ABOUT, str(case)) != str(case)


def followed_case(request: StaffRequest) -> UUID | None:
    """The case whose receipt this browser has shown within twenty minutes."""
    case, since = request.session.get(FOLLOWED, ("", 0))
    return UUID(case) if case and request.at.timestamp() - since < FOR else None


def acting(request: StaffRequest) -> Acting:
    """The visitor who sends this page; the one place where a request becomes one (a house test looks)."""
    return visitor(current().area, request.at)


def look(request: StaffRequest, subject: str, *, purpose: str) -> Attempt:
    """Note a try from this address. Raises TooManyVisits."""
    try:
        return attempts.look(request, subject, address=_address(request), purpose=purpose)
    except TooManyTries as problem:
        raise TooManyVisits(**problem.values) from problem


def _proved(request: StaffRequest, number: str, proof: str) -> UUID:
    """The case that number and proof open. The same work and answer whichever is wrong, and whether there is one."""
    digits = typed(number)
    if not digits:
        raise NumberMistyped
    purpose = "receipt-digits" if is_digits(cleaned(proof)) else "receipt"
    attempt = look(request, digits, purpose=purpose)
    guesses = attempts.failures(digits, purpose=purpose, since=request.at - GUESSED_IN)
    crowd = attempts.failures_from(_address(request), since=request.at - CROWDED_IN)
    # this very try is among both
    found = queries.prove_receipt(digits, proof, digits=guesses <= GUESSES and crowd <= CROWD)
    if found is None:
        raise TrackingRefused
    attempts.succeeded(attempt, at=request.at)
    return found


def _address(request: StaffRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def _told(request: StaffRequest, view: Followed) -> dict[str, Any]:
    story, today = view.story, civil_day(request.at)
    service, step, stage = story.service, story.step, story.stage
    desks = words.offices({story.owner, *(each.desk for each in story.stages)}, on=today)
    until = hangs_until(step, stage.since, story.calendar) if step and stage else None
    named = words.areas({getattr(note.fact, "area", "") for note in story.notes}, on=today)
    return {
        "notes": [
            (note.on, words.sentence(note.fact, service, desks, named), note.why) for note in reversed(story.notes)
        ],
        "story": story,
        "number": shown(story.opening.number),
        "service": words.said(service.title),
        "phase": _(words.PHASES[story.phase]),
        "end": _(words.ENDS[story.end]) if story.end else "",
        "stage": words.stage(service, stage.step) if stage else "",
        "desk": desks.get(stage.desk, "") if stage else "",
        "owner": desks.get(story.owner, "") if story.owner else "",
        "missing": [words.said(each.title) for each in service.documents if each.id in story.awaited],
        "remedy": words.said(service.remedy),
        "result": words.said(service.result),
        "notice_until": until if until and today <= until else None,
        "stages": [
            (words.stage(service, each.step), words.outcome(service, each.step, each.outcome), each)
            for each in story.stages
        ],
        "drawings": pictures(request, service, current=step.id if step else ""),
    }


def _can(view: Followed, today: date) -> dict[str, Any]:
    story, rating = view.story, view.rating
    ended = story.ended_on is not None
    return {
        "may_withdraw": not ended and story.phase is not Phase.DECIDED,
        "may_rate": _rates(view) and view.rates_until is not None and today <= view.rates_until,
        "rated": dict(SCORES)[str(rating.score)] if rating else "",
        "refused": story.end == "refused" or story.phase is Phase.DECLINED,
    }


def _rates(view: Followed) -> bool:
    return view.rates_until is not None and view.story.phase in (*OVER, Phase.DECIDED)


def _said_before(view: Followed) -> dict[str, Any]:
    """What he said before; nothing is chosen for who has not said anything."""
    if view.rating is None:
        return {}
    payment = {True: "yes", False: "no"}.get(view.rating.payment_asked)  # type: ignore[arg-type]
    return {"score": str(view.rating.score), "payment_asked": payment or "", "words": view.rating.words}


def _form(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    page = {"cancel": reverse("window:followed"), **context}
    return render(request, "window/visitor_form.html", page, status=status)
