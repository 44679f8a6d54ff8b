"""What my post answers for, what is mine to judge, and what has climbed to me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.conduct import queries
from jiahe.conduct.queries import Which
from jiahe.conduct.views import words
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.paging import keyset
from jiahe.window.definitions import services
from jiahe.window.views import words as window

_BY = ("-due_on", "case", "n")


@door("conduct.own")
def own(request: StaffRequest) -> HttpResponse:
    """The late stages for which my post answers, the latest first."""
    today = civil_day(request.at)
    page = keyset(queries.records(request.scope, on=today, whole=False), request, by=_BY)
    rows = queries.described(request.scope, page.rows, on=today)
    return render(request, "conduct/own.html", {"page": page, "lines": words.lines(rows, on=today)})


@door("conduct.judge")
def records(request: StaffRequest) -> HttpResponse:
    """The late stages of all posts in my area: to judge, judged, appealed."""
    today = civil_day(request.at)
    chosen = request.GET.get("list", Which.OPEN)
    which = Which(chosen) if chosen in words.LISTS else Which.OPEN
    numbers = queries.counts(request.scope, on=today, whole=True)
    page = keyset(queries.records(request.scope, which, on=today, whole=True), request, by=_BY)
    context = {
        "lists": [(each, _(label), numbers[each], each is which) for each, label in words.LISTS.items()],
        "label": _(words.LISTS[which]),
        "page": page,
        "lines": words.lines(queries.described(request.scope, page.rows, on=today), on=today),
    }
    return render(request, "conduct/records.html", context)


@door("conduct.climbed")
def climbed(request: StaffRequest) -> HttpResponse:
    """The open stages that have climbed to my post, the most overdue first."""
    today, acting = civil_day(request.at), request.acting
    found = queries.climbed(request.scope, acting.role, on=today)
    page = keyset(found, request, by=("turn_due_on", "id"))
    rows = queries.risen(request.scope, page.rows, on=today)
    posts = window.posts({each.row.desk for each in rows}, on=today)
    lines = [
        {
            "row": each.row,
            "service": words.title(each.row.service),
            "stage": window.stage(services().version(each.row.service, each.row.version), each.row.stage),
            "desk": posts.get(each.row.desk, ""),
            "late_by": each.late_by,
            "overdue": each.row.turn_due_on is not None and today > each.row.turn_due_on,
            "reach": _(words.REACHES[each.reach]),
        }
        for each in rows
    ]
    return render(request, "conduct/climbed.html", {"page": page, "lines": lines})
