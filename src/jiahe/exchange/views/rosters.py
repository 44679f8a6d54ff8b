"""Lists of people taken out of the register."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.exchange import actions, rosters, writing
from jiahe.exchange.forms import RosterForm
from jiahe.exchange.rosters import heading
from jiahe.exchange.views.choices import wholes
from jiahe.exchange.views.taking import attached
from jiahe.journal.once import not_once
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on


@door("exchange.export")
@not_once
def roster(request: StaffRequest) -> HttpResponse:
    """Choose, and get the file. It is recorded first, in its own short turn; the answer is the file itself, so the form
    needs no key."""
    form = RosterForm(request.POST if request.method == "POST" else None, areas=wholes(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            area, columns = form.cleaned_data["area"], form.chosen()
            count = rosters.count(request.scope, area)
            actions.export_roster(area=area, columns=columns, rows=count, by=request.acting, at=request.at)
            rows = rosters.rows(request.scope, area, columns, on=civil_day(request.at))
            headings = [heading(column) for column in columns]
            if form.cleaned_data["form"] == "csv":
                return attached(writing.comma_separated(headings, rows), writing.CSV, f"{area}.csv")
            return attached(writing.xlsx(headings, rows), writing.XLSX, f"{area}.xlsx")
    context = {"form": form, "submit": _("Take the list"), "most": rosters.MOST}
    return render(request, "exchange/roster.html", context, status=422 if form.errors else 200)
