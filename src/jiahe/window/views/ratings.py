"""What those who were served say, for who leads: in numbers; and the bad ratings that are to be called back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.registry import queries as registry
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.definitions import services
from jiahe.window.forms import SCORES, CallBackForm, ReasonForm
from jiahe.window.queries import BadRating
from jiahe.window.queries.receipts import followed
from jiahe.window.rules.ratings import Shares
from jiahe.window.rules.receipts import shown
from jiahe.window.views import words

_LABELS = [label for _score, label in reversed(SCORES)]


@door("window.lead")
def ratings(request: StaffRequest) -> HttpResponse:
    """Counts by service; who did not rate counts as silent, not as satisfied. And whom to call back, by when."""
    today = civil_day(request.at)
    titles = {each.id: words.said(each.title) for each in services().versions}
    bad = queries.bad_ratings(request.scope, on=today)
    named = words.areas({each.area for each in bad}, on=today)
    counted = queries.rating_counts(request.scope, on=today)
    context = {
        "rows": [_counted(titles.get(service, service), shares) for service, shares in counted.items()],
        "scores": _LABELS,
        "bad": [_bad(each, named.get(each.area, ""), today) for each in bad],
        "waiting": sum(each.answered_on is None for each in bad),
    }
    return render(request, "window/ratings.html", context)


@door("window.lead")
def rating(request: StaffRequest, rating: UUID) -> HttpResponse:
    """Why one opens whose rating it is; then who it is, for three hours."""
    today = civil_day(request.at)
    found = queries.bad_rating(request.scope, rating, on=today)
    if queries.rating_opened(request.scope, found.case, at=request.at):
        return _opened(request, found, CallBackForm(typed(request)))
    form = ReasonForm(request.POST if request.method == "POST" else typed(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.open_rating(case=found.case, reason=form.cleaned_data["reason"], by=request.acting, at=request.at)
            return redirect("window:rating", rating=rating)
    context = {
        "form": form,
        "title": _("Call back"),
        "submit": _("Open the rating"),
        "cancel": reverse("window:ratings"),
    }
    return render(request, "window/rating.html", context, status=422 if form.errors else 200)


@door("window.lead")
def answer(request: StaffRequest, rating: UUID) -> HttpResponse:
    """What came of calling back."""
    found = queries.bad_rating(request.scope, rating, on=civil_day(request.at))
    if not queries.rating_opened(request.scope, found.case, at=request.at):
        return redirect("window:rating", rating=rating)
    form = CallBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            said = form.cleaned_data
            actions.answer_rating(
                case=found.case,
                reached=said["reached"] == "yes",
                words=said["words"],
                by=request.acting,
                at=request.at,
            )
            return redirect("window:ratings", _("It is recorded."))
    return _opened(request, found, form)


def _opened(request: StaffRequest, found: BadRating, form: CallBackForm) -> HttpResponse:
    today = civil_day(request.at)
    story = followed(found.case, on=today).story
    applicant, person, phone = story.opening.applicant, None, ""
    if applicant is not None:
        kept = registry.kept_as([applicant])[applicant]
        phone = registry.number_to_call(request.scope, kept)
        people = registry.people(request.scope).filter(id=kept)
        person = next(iter(registry.described(request.scope, people)), None)
    context = {
        "form": form,
        "bad": _bad(found, words.areas({found.area}, on=today).get(found.area, ""), today),
        "title": _("Call back"),
        "submit": _("Record"),
        "action": reverse("window:answer_rating", kwargs={"rating": found.id}),
        "cancel": reverse("window:ratings"),
        "person": person,
        "phone": phone,
        "number": shown(story.opening.number),
        "case": found.case,
    }
    return render(request, "window/rating.html", context, status=422 if form.errors else 200)


def _counted(title: str, counted: Shares) -> tuple[str, Shares, list[tuple[Any, int]], list[str]]:
    """A service, its counts by level, and the share of bad ones with its limits, in words."""
    by_score = list(zip(_LABELS, counted.by_score, strict=True)) if counted.by_score else []
    return title, counted, by_score, [f"{100 * each:.1f} %" for each in (counted.bad, counted.low, counted.high)]


def _bad(each: BadRating, area: str, today: Any) -> dict[str, object]:
    return {
        "each": each,
        "service": words.said(services().version(each.service, each.version).title),
        "area": area,
        "score": dict(SCORES)[str(each.rating.score)],
        "overdue": each.overdue(today),
    }
