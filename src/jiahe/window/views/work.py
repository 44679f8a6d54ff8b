"""Work lists: what lies on my desk, on those of my office, and what nobody has; and putting it on other desks."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiahe.journal.once import not_once
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.paging import keyset
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, problems, queries
from jiahe.window.definitions import services
from jiahe.window.forms import AssignForm, NumberForm
from jiahe.window.queries import COUNTED, Which
from jiahe.window.views import board, words
from jiahe.window.views.case import refuse_form_elsewhere
from jiahe.window.views.desks import desks_for


@door("window.cases")
def work(request: StaffRequest) -> HttpResponse:
    """One of the lists, those due first."""
    today = civil_day(request.at)
    chosen = request.GET.get("list", Which.MINE)
    which = Which(chosen) if chosen in {**words.LISTS, **words.COUNTS} else Which.MINE
    numbers = queries.counts(request.scope, on=today)
    by = ("opened_on", "id") if which in (*COUNTED, Which.APPLICANT, Which.OWNED) else ("turn_due_on", "id")
    area, service = request.GET.get("area", "")[:24], request.GET.get("service", "")[:40]
    since = _since(request, today)
    found = queries.work(request.scope, which, on=today, area=area, service=service, since=since)
    page = keyset(found, request, by=by)
    lines = queries.described(request.scope, page.rows, on=today)
    context = {
        "lists": [(each, _(label), numbers[each], each is which) for each, label in words.LISTS.items()],
        "which": which,
        "label": _({**words.LISTS, **words.COUNTS}[which]),
        "narrowed": _narrowed(which, area, service, today),
        "page": page,
        "lines": _drawn(lines, request),
        "form": NumberForm(),
        "opens": request.acting.may("window.CaseOpened", request.acting.area),
        "leads": request.acting.reads("window.lead"),
        "undeclared": not queries.declared(request.scope),
        "today": today,
    }
    return render(request, "window/work.html", context)


@door("window.cases")
@not_once
def find(request: StaffRequest) -> HttpResponse:
    """The case with the number of a receipt."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            found = queries.case_numbered(request.scope, form.cleaned_data["number"])
            if found is None:
                raise problems.CaseUnknown
            return redirect("window:case", case=found)
    return render(request, "window/form.html", _page(form, _("Find a case"), _("Find")), status=_status(form))


@door("window.lead")
def assign(request: StaffRequest) -> HttpResponse:
    """Steps of several cases go to another desk: somebody is ill, or has too much."""
    sent = request.POST if request.method == "POST" else None
    chosen = [UUID(each) for each in (sent or request.GET).getlist("case") if _is_id(each)][:50]
    form = AssignForm(sent, posts=desks_for(request, chosen), cases=[str(each) for each in chosen])
    refuse_form_elsewhere(request, *chosen)
    if request.method == "POST" and "reason" in request.POST and form.is_valid():
        with problems_on(form), transaction.atomic():
            said = form.cleaned_data
            done = actions.give_desks(
                cases=chosen,
                post=UUID(said["post"]) if said["post"] else None,
                reason=said["reason"],
                by=request.acting,
                at=request.at,
            )
            message = ngettext("One case lies on another desk now.", "{n} cases lie on other desks now.", len(done))
            return redirect("window:work", message.format(n=len(done)))
    title = ngettext("Put a case on another desk", "Put {n} cases on other desks", len(chosen)).format(n=len(chosen))
    return render(request, "window/form.html", _page(form, title, _("Put there")), status=_status(form))


def _since(request: StaffRequest, today: date) -> date:
    period = request.GET.get("period", "")
    return today - timedelta(days=int(period) if period in board.PERIODS else int(board.USUAL))


def _narrowed(which: Which, area: str, service: str, today: date) -> str:
    """In words, to what the list is narrowed down; empty if it is one of the usual ones."""
    names = [words.said(each.title) for each in services().on(today) if each.id == service]
    names += [name for name in words.areas([area], on=today).values()]
    parts = [_(words.COUNTS[which])] if which in words.COUNTS else []
    return " · ".join([*parts, *names])


def _drawn(lines: list[queries.WorkRow], request: StaffRequest) -> list[dict[str, object]]:
    today = civil_day(request.at)
    desks = words.posts({line.desk for line in lines}, on=today)
    named = words.areas({area for line in lines for area in (line.area, line.elsewhere)}, on=today)
    return [
        {
            "row": line,
            "service": words.said(line.service.title),
            "stage": words.stage(line.service, line.stage),
            "phase": _(words.PHASES[line.phase]),
            "standing": _(words.STANDINGS[line.standing]) if line.standing else "",
            "colour": words.COLOURS[line.standing] if line.standing else "bg-secondary-lt",
            "desk": desks.get(line.desk, ""),
            "area": named.get(line.area, line.area),
            "elsewhere": named.get(line.elsewhere, ""),
        }
        for line in lines
    ]


def _page(form: object, title: str, submit: str) -> dict[str, object]:
    return {"form": form, "title": title, "submit": submit, "cancel": reverse("window:work")}


def _status(form: AssignForm | NumberForm) -> int:
    return 422 if form.errors else 200


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
