"""From a report to the register and back: take over, undo, empty; the report as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jiahe.exchange import actions, queries, reports, writing
from jiahe.exchange.forms import UndoForm
from jiahe.exchange.views.bringing import gone_on
from jiahe.registry.problems import PeopleHaveHistory
from jiahe.registry.queries import described, people
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

_BLOCKING = 100


@door("exchange.import")
@require_POST
def take(request: StaffRequest, brought: UUID) -> HttpResponse:
    """Keep which likely doubles are somebody else; then, unless only that was wanted, register the next portion."""
    among = _numbers(request.POST.getlist("among"))
    if among:
        meant = _numbers(request.POST.getlist("row"))
        actions.mean(brought=brought, rows=meant, among=among, by=request.acting, at=request.at)
    if "keep" in request.POST:
        return redirect("exchange:brought", _("Kept."), brought=brought)
    actions.take(brought=brought, by=request.acting, at=request.at)
    return gone_on(request, brought)


@door("exchange.import")
def undo(request: StaffRequest, brought: UUID) -> HttpResponse:
    """Take back every registration of this import, with a reason; or see who has a history by now."""
    row = queries.one(request.scope, brought)
    form = UndoForm(request.POST if request.method == "POST" else None)
    blocking: Any = []
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            try:
                reason = form.cleaned_data["reason"]
                with transaction.atomic():
                    count = actions.undo(brought=brought, reason=reason, by=request.acting, at=request.at)
            except PeopleHaveHistory as problem:
                blocking = problem.values["people"]
                raise
            said = ngettext("{n} registration was taken back.", "{n} registrations were taken back.", count)
            return redirect("exchange:brought", said.format(n=count), brought=brought)
    spend(request.acting, at=request.at, seen=min(len(blocking), _BLOCKING))
    context = {
        "form": form,
        "row": row,
        "count": queries.progress(request.scope, brought).taken,
        "blocking": described(request.scope, people(request.scope).filter(id__in=blocking[:_BLOCKING])),
        "cancel": reverse("exchange:brought", kwargs={"brought": brought}),
    }
    return render(request, "exchange/undo.html", context, status=422 if form.errors else 200)


@door("exchange.import")
@require_POST
def empty(request: StaffRequest, brought: UUID) -> HttpResponse:
    """Delete what the rows said, before the 30 days are over."""
    actions.empty(brought=brought, by=request.acting, at=request.at)
    return redirect("exchange:brought", _("The contents are deleted."), brought=brought)


@door("exchange.import")
def report_xlsx(request: StaffRequest, brought: UUID) -> HttpResponse:
    """The file as it was brought with what is said of each row, as a workbook."""
    headings, rows = _report(request, brought)
    return attached(writing.xlsx(headings, rows), writing.XLSX, "report.xlsx")


@door("exchange.import")
def report_csv(request: StaffRequest, brought: UUID) -> HttpResponse:
    """The same as a text file."""
    headings, rows = _report(request, brought)
    return attached(writing.comma_separated(headings, rows), writing.CSV, "report.csv")


def _report(request: StaffRequest, brought: UUID) -> tuple[list[str], Iterator[list[str]]]:
    """The report; another's file is an export, of one's own only the likely doubles are news."""
    row = queries.opened(request.scope, brought)
    if row.post != request.acting.post:
        spend(request.acting, at=request.at, exported=row.size)
    else:
        spend(request.acting, at=request.at, seen=queries.progress(request.scope, brought).double)
    return reports.table(request.scope, brought)


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be kept."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 9]
