"""The queue for everybody: the screen at the wall, the same on a phone, and booking a half hour. No name is asked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.journal.wiring import current
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, problems, queries
from jiahe.window.definitions import days
from jiahe.window.forms import ConfirmForm, SlotForm
from jiahe.window.rules.queueing import AHEAD
from jiahe.window.views import words
from jiahe.window.views.citizen import acting, look
from jiahe.window.views.queue import told

BOOKED = "window.booked"
"""Session key: ids of the tickets that were booked in this browser. They stand nowhere else, in no address."""
_MOST = 10
"""Tickets of which a browser is reminded."""


@door(public=True)
def queues(request: StaffRequest) -> HttpResponse:
    """The windows of this node, with how many wait at each."""
    rows = queries.offices(current().area, on=civil_day(request.at))
    waiting = queries.waiting_at([row.code for row in rows], at=request.at)
    listed = [(row.code, words.said(row.name), waiting[row.code]) for row in rows]
    return render(request, "window/queue_offices.html", {"offices": listed, "booked": _held(request)})


@door(public=True)
def display(request: StaffRequest, area: str) -> HttpResponse:
    """Who is called to which counter, how many wait and how long that takes; changes by itself."""
    name = _office(request, area)
    news = reverse("window:display_events", kwargs={"area": area})
    context = {"area": area, "name": name, "news": news, **_shown(request, area)}
    return render(request, "window/queue_display.html", context)


@door(public=True)
def display_events(request: StaffRequest, area: str) -> HttpResponse:
    """The numbers alone; `node/live.py` makes a stream of them, one for all who look at the same screen."""
    _office(request, area)
    response = render(request, "window/_queue_display.html", _shown(request, area))
    response.board = ("display", area, get_language(), civil_day(request.at))  # type: ignore[attr-defined]
    return response


@door(public=True)
def book(request: StaffRequest, area: str) -> HttpResponse:
    """Choose one of the free half hours of a day, and get a number."""
    name = _office(request, area)
    free = queries.free_slots(area, at=request.at)
    day = _day(request.GET.get("on", "")) or min(free, default=civil_day(request.at))
    slots = free.get(day, {})
    sent = request.POST if request.method == "POST" else None
    # what was free when the page was made may be sent; whether it still is, is decided in its turn
    offered = {**({sent["slot"]: 0} if sent and sent.get("slot") else {}), **slots}
    form = SlotForm(sent, slots=[(slot, _places(slot, left)) for slot, left in sorted(offered.items())])
    if sent is not None and form.is_valid():
        with problems_on(form), transaction.atomic():
            look(request, area, purpose="booking")
            slot = form.cleaned_data["slot"]
            taken = actions.book_slot(office=area, day=day, slot=slot, by=acting(request), at=request.at)
            request.session[BOOKED] = [*request.session.get(BOOKED, []), str(taken.id)][-_MOST:]
            return redirect("window:booked")
    context = {
        "form": form,
        "area": area,
        "name": name,
        "day": day,
        "days": [(each, each == day) for each in free],
        "slots": slots,
        "ahead": AHEAD,
        "guessed": days().guessed(civil_day(request.at), day),
    }
    return render(request, "window/queue_book.html", context, status=422 if form.errors else 200)


@door(public=True)
def booked(request: StaffRequest) -> HttpResponse:
    """The numbers that were booked in this browser; one can be given back here."""
    held = _held(request)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            mine = next((each for each in held if str(each.ticket.id) == request.POST.get("ticket")), None)
            if mine is None:
                raise problems.TicketUnknown
            actions.cancel_ticket(ticket=mine.ticket.id, by=acting(request), at=request.at)
            message = _("{number} is given back; its place is free for somebody else.")
            return redirect("window:booked", message.format(number=mine.ticket.name))
    named = words.areas({each.office for each in held}, on=civil_day(request.at))
    context = {"form": form, "held": [(each, named.get(each.office, each.office)) for each in held]}
    return render(request, "window/queue_booked.html", context, status=422 if form.errors else 200)


def _shown(request: StaffRequest, area: str) -> dict[str, Any]:
    standing = queries.queue(area, at=request.at)
    return {
        "at": request.at,
        "called": standing.called[:8],
        "waiting": len(standing.waiting),
        "foretold": told(standing.foretold),
    }


def _office(request: StaffRequest, area: str) -> str:
    """The name of a window of this node. Raises NoQueueHere."""
    if not area.startswith(current().area):
        raise problems.NoQueueHere
    return words.said(queries.office_of(area, on=civil_day(request.at)).name)


def _held(request: StaffRequest) -> list[queries.OwnTicket]:
    """Tickets of this browser from today on, those given back left out."""
    found = queries.own_tickets([UUID(each) for each in request.session.get(BOOKED, [])])
    return [each for each in found if each.day >= civil_day(request.at) and each.ticket.ended_at is None]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _places(slot: str, left: int) -> str:
    return _("{slot} · {n} free").format(slot=slot, n=left) if left else slot
