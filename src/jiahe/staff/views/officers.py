"""Officers: the roll, their posts and their accounts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.staff import accounts, actions, queries
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.forms.posts import AccountForm, DayForm, EnrolForm, NameForm
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.staff.views import choices
from jiahe.ui.paging import keyset
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

_ONE_TIME = "staff.one_time_password"


@door("staff.manage")
def officers(request: StaffRequest) -> HttpResponse:
    """The officers enrolled in scope; `?q=` finds by name."""
    today, words = civil_day(request.at), request.GET.get("q", "").strip()
    found = queries.officers(request.scope, on=today)
    page = keyset(found.filter(name__icontains=words) if words else found, request, by=("name", "id"))
    areas = choices.full_names((row.here for row in page.rows), on=today)
    rows = [(row, areas[row.here]) for row in page.rows]
    return render(request, "staff/officers.html", {"page": page, "rows": rows, "words": words})


@door("staff.manage")
def officer(request: StaffRequest, officer: UUID) -> HttpResponse:
    """One officer: posts, account; a one-time password just made is shown once."""
    today = civil_day(request.at)
    row = queries.officer(request.scope, officer)
    held = queries.holdings(officer, on=today)
    areas = choices.full_names({row.here, *(one.area for one in held)}, on=today)
    shown = request.session.pop(_ONE_TIME, None)
    context = {
        "officer": row,
        "gone": row.left_on is not None and row.left_on <= today,
        "area": areas[row.here],
        "held": [(one, areas[one.area], request.scope.covers(one.area)) for one in held],
        "account": accounts.account_of(officer),
        "one_time_password": shown[1] if shown and shown[0] == str(officer) else None,
        "self": str(officer) == request.acting.officer,
    }
    return render(request, "staff/officer.html", context)


@door("staff.manage")
def enrol(request: StaffRequest) -> HttpResponse:
    """Put somebody on the roll."""
    first = {"on": civil_day(request.at), "area": request.acting.area}
    form = EnrolForm(_sent(request), choices={"area": choices.areas(request)}, initial=first)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            made = actions.enrol_officer(by=request.acting, at=request.at, **form.cleaned_data)
            return redirect("staff:officer", _("The officer is enrolled."), officer=made)
    return _form(request, form, _("Enrol an officer"), _("Enrol"))


@door("staff.manage")
def rename(request: StaffRequest, officer: UUID) -> HttpResponse:
    """Correct an officer's name."""
    row = queries.officer(request.scope, officer)
    form = NameForm(_sent(request), initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.rename_officer(officer=officer, by=request.acting, at=request.at, **form.cleaned_data)
            return redirect("staff:officer", _("The name is corrected."), officer=officer)
    return _form(request, form, _("Correct the name"), _("Save"), officer=row)


@door("staff.manage")
def let_go(request: StaffRequest, officer: UUID) -> HttpResponse:
    """The officer leaves; his posts fall vacant."""
    row = queries.officer(request.scope, officer)
    form = DayForm(_sent(request), initial={"on": civil_day(request.at)})
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.let_officer_go(officer=officer, by=request.acting, at=request.at, **form.cleaned_data)
            return redirect("staff:officer", _("The officer leaves; the posts fall vacant."), officer=officer)
    return _form(request, form, _("Record that the officer leaves"), _("Record"), officer=row, danger=True)


@door("staff.manage")
def open_account(request: StaffRequest, officer: UUID) -> HttpResponse:
    """Give the officer an account."""
    row = queries.officer(request.scope, officer)
    form = AccountForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            password = accounts.open_account(
                officer=officer, username=form.cleaned_data["username"], by=request.acting, at=request.at
            )
            request.session[_ONE_TIME] = [str(officer), password]
            return redirect("staff:officer", officer=officer)
    return _form(request, form, _("Open an account"), _("Open"), officer=row)


@door("staff.manage")
def reset_account(request: StaffRequest, officer: UUID) -> HttpResponse:
    """A new one-time password; the second factor is set up anew."""
    row = queries.officer(request.scope, officer)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            password = accounts.reset_account(officer=officer, by=request.acting, at=request.at)
            request.session[_ONE_TIME] = [str(officer), password]
            return redirect("staff:officer", officer=officer)
    explained = _("The password and the second step the officer has now end at once.")
    return _form(request, form, _("New one-time password"), _("Make it"), officer=row, lead=explained, danger=True)


def _form(request: StaffRequest, form: Form, heading: str, submit: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, **more}
    return render(request, "staff/officer_form.html", context, status=422 if request.method == "POST" else 200)


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else typed(request)
