"""Who sees and exports how many rows of people, and raising a limit for a day."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.staff import actions, budget
from jiahe.staff import usage as counted
from jiahe.staff.definitions import Role
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.forms.posts import RaiseForm
from jiahe.staff.problems import NoSuchOfficer
from jiahe.staff.request import StaffRequest
from jiahe.staff.rules import UNUSUAL, Daily, at_least
from jiahe.staff.session import civil_day
from jiahe.staff.views import choices
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

_SHOWN = 100
"""Officers listed, and all who are unusual."""


@door("staff.budgets")
def usage(request: StaffRequest) -> HttpResponse:
    """The officers in scope by rows seen and exported, the unusual first."""
    today = civil_day(request.at)
    rows = counted.usage(request.scope, on=today)
    shown = [row for number, row in enumerate(rows) if row.unusual or number < _SHOWN]
    raised = budget.raised(on=today)
    areas = choices.full_names((post.area for row in shown for post in row.posts), on=today)
    roles = request.policy.roles
    context = {
        "lines": [
            (
                row,
                _title(request, row.role),
                [areas[post.area] for post in row.posts],
                _limit(roles.get(row.role), raised.get(row.officer)),
                _may(request, row.officer),
            )
            for row in shown
        ],
        "rest": len(rows) - len(shown),
        "times": UNUSUAL,
    }
    return render(request, "staff/usage.html", context)


@door("staff.budgets")
def raise_budget(request: StaffRequest, officer: UUID) -> HttpResponse:
    """Let an officer see and export more on a day."""
    today = civil_day(request.at)
    name, posts = counted.officers_at_work(request.scope, on=today).get(officer, ("", []))
    held = list(dict.fromkeys(post.role for post in posts if post.role in request.policy.roles))
    if not held:
        raise NoSuchOfficer
    limit = budget.limit_of(officer, request.policy.roles[held[0]].daily, on=today)
    sent = request.POST if request.method == "POST" else typed(request)
    offered = {"role": [(role, _title(request, role)) for role in held]}
    initial = {"role": held[0], "on": today, "seen": limit.seen, "exported": limit.exported}
    form = RaiseForm(sent, choices=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        role = request.policy.roles[said.pop("role")]
        with problems_on(form), transaction.atomic():
            actions.raise_budget(officer=officer, role=role, by=request.acting, at=request.at, **said)
            return redirect("staff:usage", _("The limit is raised for the day."))
    context = {
        "form": form,
        "name": name,
        "spent": budget.today(officer, on=today),
        "limit": limit,
        "may": _may(request, officer),
    }
    return render(request, "staff/raise_budget.html", context, status=422 if request.method == "POST" else 200)


def _limit(role: Role | None, raised: Daily | None) -> Daily | None:
    return at_least(role.daily, raised) if role else None


def _may(request: StaffRequest, officer: UUID) -> bool:
    return str(officer) != request.acting.officer and request.acting.may("staff.BudgetRaised", request.acting.area)


def _title(request: StaffRequest, role: str) -> str:
    known = request.policy.roles.get(role)
    return choices.said(known.title) if known else role
