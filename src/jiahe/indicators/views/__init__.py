"""The board: one view, whole page or only its figures; and the door in front of the stream of events."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import queries
from jiahe.indicators.problems import OutsideScope, UnknownPeriod
from jiahe.indicators.rules import period_from
from jiahe.indicators.views import figures, kept, navigation
from jiahe.places import queries as places
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest


@door("board")
@require_safe
def board(request: StaffRequest, area: str = "") -> HttpResponse:
    """Figures of an area and period. htmx, told of news by an event, gets the figures alone."""
    code, today = area or request.scope.area, timezone.localtime(request.at).date()
    if not request.scope.covers(code):
        raise OutsideScope()
    period, sort = _period(request, today), request.GET.get("sort", "")

    def made() -> kept.Body:
        shown = queries.board(request.scope, code, period, today=today)
        html = render_to_string("indicators/_body.html", figures.context(shown, sort=sort))
        return kept.Body(html, shown.head, request.at)

    key = (code, period, sort, request.scope.area, get_language(), today)
    body = kept.body(key, request.at, seen=_number(request.GET.get("seen", "")), make=made)
    if request.headers.get("HX-Request"):
        return render(request, "indicators/_figures.html", {"shown": body})
    place = places.area(code, on=min(period.last_day, today))
    steps = navigation.trail(code, request.scope.area, period, on=min(period.last_day, today))
    choice = navigation.choice(code, period, today=today)
    return render(request, "indicators/board.html", {"shown": body, "place": place, "steps": steps, "choice": choice})


@door("board")
@require_safe
def events(request: StaffRequest) -> HttpResponse:
    """Nothing, to say that who may open the board may be told when it changes. `node/live.py` streams it, and asks."""
    return HttpResponse(status=204)


def _period(request: StaffRequest, today: date) -> Period:
    asked = request.GET.get("period", "")
    if not asked:
        return Period.of(Grain.MONTH, today)
    period = period_from(asked)
    if period is None:
        raise UnknownPeriod(period=asked[:20])
    return period


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
