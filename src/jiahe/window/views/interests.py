"""Who I am by the register and who is close to me, so that I have no part in their cases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.registry import queries as registry
from jiahe.staff import queries as staff
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.facts import Relation
from jiahe.window.forms import InterestForm, ReasonForm
from jiahe.window.problems import CaseUnknown
from jiahe.window.queries.desks import id_of
from jiahe.window.views import words

_OFFERED = 10


@door("window.cases")
def interests(request: StaffRequest) -> HttpResponse:
    """What I declared; for who leads an office, what its officers declared."""
    leads = request.acting.may("window.InterestEnded", request.acting.area)
    context = {
        "mine": _lines(request, queries.interests(request.scope)),
        "others": _lines(request, queries.interests(request.scope, all_=True)) if leads else [],
        "leads": leads,
    }
    return render(request, "window/interests.html", context)


@door("window.cases")
def declare(request: StaffRequest) -> HttpResponse:
    """One more."""
    sent: Any = request.POST if request.method == "POST" else typed(request)
    found = _people(request, sent)
    form = InterestForm(sent, found=found)
    if request.method == "POST" and form.is_valid() and form.cleaned_data.get("person"):
        said = form.cleaned_data
        with problems_on(form), transaction.atomic():
            actions.declare_interest(
                person=UUID(said["person"]), relation=Relation(said["relation"]), by=request.acting, at=request.at
            )
            return redirect("window:interests", _("It is recorded. Their cases go to other desks."))
    lead = _("You need not say more than this. It is shown to whoever leads your office, to nobody else.")
    context = {
        "form": form,
        "title": _("Declare an interest"),
        "submit": _("Declare") if found else _("Search"),
        "lead": lead,
        "cancel": reverse("window:interests"),
    }
    return render(request, "window/form.html", context, status=422 if form.errors else 200)


@door("window.lead")
def end(request: StaffRequest, interest: UUID) -> HttpResponse:
    """It is so no more; somebody else says so."""
    rows = [each for each in queries.interests(request.scope, all_=True) if each.entry == interest]
    if not rows:
        raise CaseUnknown
    form = ReasonForm(request.POST if request.method == "POST" else typed(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.end_interest(
                interest=interest, reason=form.cleaned_data["reason"], by=request.acting, at=request.at
            )
            return redirect("window:interests", _("The declaration is ended."))
    context = {
        "form": form,
        "title": _("End a declaration"),
        "submit": _("End it"),
        "cancel": reverse("window:interests"),
    }
    return render(request, "window/form.html", context, status=422 if form.errors else 200)


def _lines(request: StaffRequest, rows: Any) -> list[dict[str, object]]:
    people = {
        row.id: row.name
        for row in registry.described(
            request.scope, registry.people(request.scope).filter(id__in=[each.person for each in rows])
        )
    }
    names = staff.officer_names(request.scope, [str(each.officer) for each in rows])
    return [
        {
            "row": row,
            "officer": names.get(str(row.officer), ""),
            "person": people.get(row.person, _("somebody of another area")),
            "relation": _(words.RELATIONS[Relation(row.relation)]),
            "own": str(row.officer) == request.acting.officer,
        }
        for row in rows
    ]


def _people(request: StaffRequest, given: Any) -> list[tuple[str, str]]:
    text, chosen = (given or {}).get("person_text", ""), (given or {}).get("person", "")
    rows = [each.person for each in registry.search(request.scope, text, limit=_OFFERED)] if text else []
    if not rows and chosen:
        rows = registry.described(request.scope, registry.people(request.scope).filter(id=id_of(chosen)))
    named = words.areas({row.home for row in rows}, on=civil_day(request.at))
    return [(str(row.id), " · ".join(filter(None, (row.name, row.born, named.get(row.home))))) for row in rows]
