"""Duties: mine, those of my area, giving one and marking it done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.staff import actions, queries
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.forms.posts import DoneForm, DutyForm
from jiahe.staff.models import Duty
from jiahe.staff.request import StaffRequest
from jiahe.staff.rules import overdue
from jiahe.staff.session import civil_day
from jiahe.staff.views import choices
from jiahe.ui.paging import keyset
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

_LATELY = 20


@door("staff.duties")
def duties(request: StaffRequest) -> HttpResponse:
    """The duties of the post acted in: open, and lately done."""
    today, post = civil_day(request.at), UUID(request.acting.post)
    context = {
        "open": _lines(queries.open_duties(request.scope, post=post), today),
        "done": _lines(queries.done_duties(request.scope, post=post)[:_LATELY], today),
        "gives": request.acting.may("staff.DutyGiven", request.acting.area),
    }
    return render(request, "staff/duties.html", context)


@door("staff.posts")
def area_duties(request: StaffRequest) -> HttpResponse:
    """The open duties of all posts in scope, by due day."""
    today = civil_day(request.at)
    page = keyset(queries.open_duties(request.scope), request, by=("due_on", "id"))
    posts = queries.described_by_id(request.scope, {row.post for row in page.rows if row.post}, on=today)
    lines = [(*line, posts.get(line[0].post)) for line in _lines(page.rows, today)]
    return render(request, "staff/area_duties.html", {"page": page, "lines": lines})


@door("staff.posts")
def give_duty(request: StaffRequest, post: UUID) -> HttpResponse:
    """Give a post a duty."""
    today = civil_day(request.at)
    row = queries.post(request.scope, post, on=today)
    offered = {"about_area": choices.areas(request, within=row.area)}
    form = DutyForm(_sent(request), choices=offered, initial={"due_on": today + timedelta(days=7)})
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.give_duty(post=post, by=request.acting, at=request.at, **form.cleaned_data)
            return redirect("staff:post", _("The duty is given."), post=post)
    context = {
        "form": form,
        "post": row,
        "area": choices.area_names([row.area], on=today)[row.area],
        "heading": _("Give a duty"),
        "submit": _("Give the duty"),
        "back": "staff:post",
    }
    return render(request, "staff/post_form.html", context, status=_status(request))


@door("staff.duties")
def done(request: StaffRequest, duty: UUID) -> HttpResponse:
    """Mark a duty as done."""
    row = queries.duty(request.scope, duty)
    form = DoneForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.mark_duty_done(duty=duty, by=request.acting, at=request.at, **form.cleaned_data)
            return redirect("staff:duties", _("The duty is done."))
    return render(request, "staff/done.html", {"form": form, "duty": row}, status=_status(request))


def _status(request: StaffRequest) -> int:
    return 422 if request.method == "POST" else 200


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else typed(request)


def _lines(rows: Iterable[Duty], today: date) -> list[tuple[Duty, str, bool]]:
    """Each duty with the area it is about and whether it is late."""
    rows = list(rows)
    named = choices.full_names((row.about_area for row in rows), on=today)
    return [(row, named[row.about_area], bool(row.due_on and overdue(row.due_on, on=today))) for row in rows]
