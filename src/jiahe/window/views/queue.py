"""The queue of the officer's own window: call the next, say what came of it, give a number; how long people wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.qr import qr
from jiahe.ui.respond import redirect
from jiahe.window import actions, problems, queries
from jiahe.window.forms import ConfirmForm, CounterForm
from jiahe.window.rules.queueing import Waiting, foretold
from jiahe.window.views import words

COUNTER = "window.counter"
"""Session key: to which counter this officer calls."""
NOTHING = "–"


@door("window.queue")
def queue(request: StaffRequest) -> HttpResponse:
    """Who is in hand, who waits; one button for each thing that can be done."""
    sent = request.POST if request.method == "POST" else None
    form = CounterForm(sent, initial={"counter": request.session.get(COUNTER, "")})
    if sent is not None and form.is_valid():
        with problems_on(form), transaction.atomic():
            if form.cleaned_data["counter"]:
                request.session[COUNTER] = form.cleaned_data["counter"]
            do = next((deed for name, deed in _DEEDS.items() if name in sent), None)
            if do is None:
                raise problems.TicketOver
            return do(request)
    standing = queries.queue(request.scope.area, at=request.at)
    mine = [each for each in standing.called if each.caller == request.acting.officer]
    context = {
        "form": form,
        "counter": request.session.get(COUNTER, ""),
        "mine": mine[0] if mine else None,
        "screen": reverse("window:display", kwargs={"area": request.scope.area}),
        **_shown(request, standing),
    }
    return render(request, "window/queue.html", context, status=422 if form.errors else 200)


@door("window.queue")
def queue_events(request: StaffRequest) -> HttpResponse:
    """The lists and figures alone; `node/live.py` makes a stream of them."""
    standing = queries.queue(request.scope.area, at=request.at)
    response = render(request, "window/_queue_figures.html", _shown(request, standing))
    today = civil_day(request.at)
    response.board = ("queue", request.scope.area, get_language(), today)  # type: ignore[attr-defined]
    return response


@door("window.queue")
def ticket(request: StaffRequest, ticket: UUID) -> HttpResponse:
    """A number to take along, and giving it back."""
    held = queries.ticket(request.scope, ticket)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.cancel_ticket(ticket=ticket, by=request.acting, at=request.at)
            return redirect("window:queue", _("{number} is given back.").format(number=held.ticket.name))
    standing = queries.queue(held.office, at=request.at)
    before = next((n for n, each in enumerate(standing.waiting) if each.id == ticket), None)
    tickets = queries.tickets_of(held.office, held.day)
    address = request.build_absolute_uri(reverse("window:display", kwargs={"area": held.office}))
    context = {
        "form": form,
        "held": held,
        "office": words.areas([held.office], on=held.day)[held.office],
        "before": before,
        "foretold": foretold(tickets, ahead=before, now=request.at) if before is not None else None,
        "address": address,
        "drawn": qr(address),
    }
    return render(request, "window/queue_ticket.html", context, status=422 if form.errors else 200)


def _give(request: StaffRequest) -> HttpResponse:
    taken = actions.take_number(by=request.acting, at=request.at)
    return redirect("window:ticket", ticket=taken.id)


def _call(request: StaffRequest) -> HttpResponse:
    counter = request.session.get(COUNTER, "")
    called = actions.call_next(counter=counter, by=request.acting, at=request.at)
    number = queries.ticket(request.scope, called.fact.ticket).ticket.name
    return redirect("window:queue", _("{number} is called to {counter}.").format(number=number, counter=counter))


def _again(request: StaffRequest) -> HttpResponse:
    counter = request.session.get(COUNTER, "")
    actions.call_again(ticket=_chosen(request), counter=counter, by=request.acting, at=request.at)
    return redirect("window:queue", _("Called again."))


def _served(request: StaffRequest) -> HttpResponse:
    actions.close_ticket(ticket=_chosen(request), served=True, by=request.acting, at=request.at)
    return redirect("window:queue", _("Served."))


def _absent(request: StaffRequest) -> HttpResponse:
    actions.close_ticket(ticket=_chosen(request), served=False, by=request.acting, at=request.at)
    return redirect("window:queue", _("Noted as not come."))


_DEEDS: dict[str, Callable[[StaffRequest], HttpResponse]] = {
    # by the name of the button
    "give": _give,
    "call": _call,
    "again": _again,
    "served": _served,
    "absent": _absent,
}


def _chosen(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("ticket", ""))
    except ValueError as wrong:
        raise problems.TicketUnknown from wrong


def _shown(request: StaffRequest, standing: queries.Queue) -> dict[str, Any]:
    times = queries.waiting_times(request.scope, at=request.at)
    return {
        "at": request.at,
        "office": words.areas([request.scope.area], on=civil_day(request.at))[request.scope.area],
        "called": standing.called,
        "waiting": [(each, _since(each), _minutes(request, each)) for each in standing.waiting],
        "foretold": told(standing.foretold),
        "day": _drawn(times[0]) if times else None,
        "hours": [_drawn(each) for each in times[1:]],
    }


def told(minutes: int | None) -> str:
    """A wait in words."""
    return NOTHING if minutes is None else _("about {n} min").format(n=minutes)


def _drawn(row: queries.Waits) -> dict[str, Any]:
    return {"row": row, "median": _whole(row.median), "nine": _whole(row.nine_tenths)}


def _whole(minutes: float | None) -> str:
    return NOTHING if minutes is None else _("{n} min").format(n=int(minutes))


def _since(waiting: Waiting) -> str:
    return f"{localtime(waiting.since):%H:%M}"


def _minutes(request: StaffRequest, waiting: Waiting) -> int:
    return int((request.at - waiting.since).total_seconds() // 60)
