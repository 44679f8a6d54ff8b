"""The board as a page, and its figures alone, of which a stream is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import queries
from jiahe.indicators.problems import OutsideScope, UnknownPeriod
from jiahe.indicators.rules import period_from
from jiahe.indicators.views import figures, kept, navigation
from jiahe.places import queries as places
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest

READING = ("GET", "HEAD")


@door("board")
def board(request: StaffRequest, area: str = "") -> HttpResponse:
    """The page: figures of an area and period, and the ways to others."""
    asked = _asked(request, area)
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    place = places.area(asked.area, on=asked.on)
    steps = navigation.trail(asked.area, request.scope.area, asked.period, on=asked.on)
    choice = navigation.choice(asked.area, asked.period, today=asked.today)
    same = urlencode({"area": asked.area, "period": asked.period.label(), "sort": asked.sort})
    shown = {"shown": _body(request, asked), "news": f"{reverse('indicators:events')}?{same}"}
    return render(request, "indicators/board.html", {**shown, "place": place, "steps": steps, "choice": choice})


@door("board")
def events(request: StaffRequest) -> HttpResponse:
    """The same figures alone. `node/live.py` makes a stream of them, for all who may see the same `board` at once."""
    asked = _asked(request, request.GET.get("area", ""))
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    response = render(request, "indicators/_figures.html", {"shown": _body(request, asked)})
    response.board = asked  # type: ignore[attr-defined]
    return response


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything on which the figures depend, beside the journal: two who ask the same may share the answer."""

    area: str
    period: Period
    sort: str
    top: str
    language: str
    today: date

    @property
    def on(self) -> date:
        """The day for which the map and the state are told."""
        return min(self.period.last_day, self.today)


def _asked(request: StaffRequest, area: str) -> Asked:
    code, today = area or request.scope.area, timezone.localtime(request.at).date()
    if not request.scope.covers(code):
        raise OutsideScope()
    sort, top = request.GET.get("sort", "")[:40], request.scope.area
    return Asked(code, _period(request, today), sort, top, get_language() or "en", today)


def _body(request: StaffRequest, asked: Asked) -> kept.Body:
    def made() -> kept.Body:
        shown = queries.board(request.scope, asked.area, asked.period, today=asked.today)
        html = render_to_string("indicators/_body.html", figures.context(shown, sort=asked.sort))
        return kept.Body(html, shown.head, request.at)

    return kept.body(asked, request.at, make=made)


def _period(request: StaffRequest, today: date) -> Period:
    asked = request.GET.get("period", "")
    if not asked:
        return Period.of(Grain.MONTH, today)
    period = period_from(asked)
    if period is None:
        raise UnknownPeriod(period=asked[:20])
    return period
