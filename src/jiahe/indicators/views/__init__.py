"""The board as pages, and its figures alone, of which a stream is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

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
from jiahe.indicators.views import figures, flows, kept, navigation, pyramid
from jiahe.journal.queries import Head
from jiahe.places import queries as places
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest

READING = ("GET", "HEAD")
BOARD, POPULATION, MOVES = PAGES = ("board", "population", "moves")


@door("board")
def board(request: StaffRequest, area: str = "") -> HttpResponse:
    """The overview: figures of an area and period, and the ways to others."""
    return _page(request, BOARD, area)


@door("board")
def population(request: StaffRequest, area: str) -> HttpResponse:
    """Residents by sex and age. A page of its own: at 1.2 million people its figures take longer than the board may."""
    return _page(request, POPULATION, area)


@door("board")
def moves(request: StaffRequest, area: str) -> HttpResponse:
    """Moves between areas."""
    return _page(request, MOVES, area)


@door("board")
def events(request: StaffRequest) -> HttpResponse:
    """The figures of a page alone. `node/live.py` makes a stream of them, for all who may see the same at once."""
    page = request.GET.get("page", BOARD)
    asked = _asked(request, page if page in PAGES else BOARD, request.GET.get("area", ""))
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    response = render(request, "indicators/_figures.html", {"shown": _body(request, asked)})
    response.board = asked  # type: ignore[attr-defined]
    return response


def _page(request: StaffRequest, page: str, area: str) -> HttpResponse:
    asked = _asked(request, page, area)
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    same = {"page": page, "area": asked.area, "period": asked.period.label(), "sort": asked.sort}
    shown = {
        "place": places.area(asked.area, on=asked.on),
        "steps": navigation.trail(page, asked.area, request.scope.area, asked.period, on=asked.on),
        "choice": navigation.choice(page, asked.area, asked.period, today=asked.today),
        "pages": navigation.pages(page, asked.area, asked.period),
        "news": f"{reverse('indicators:events')}?{urlencode(same)}",
        "shown": _body(request, asked),
    }
    return render(request, "indicators/board.html", shown)


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything on which the figures depend, beside the journal: two who ask the same may share the answer."""

    page: str
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


def _asked(request: StaffRequest, page: str, area: str) -> Asked:
    code, today = area or request.scope.area, timezone.localtime(request.at).date()
    if not request.scope.covers(code):
        raise OutsideScope()
    sort, top = request.GET.get("sort", "")[:40], request.scope.area
    return Asked(page, code, _period(request, today), sort, top, get_language() or "en", today)


def _body(request: StaffRequest, asked: Asked) -> kept.Body:
    def made() -> kept.Body:
        head, template, context = _drawn(request, asked)
        return kept.Body(render_to_string(template, context), head, request.at)

    return kept.body(asked, request.at, make=made)


def _drawn(request: StaffRequest, asked: Asked) -> tuple[Head, str, dict[str, Any]]:
    """The end of the journal that is in the figures, the template that shows them, and what it shows."""
    what = (request.scope, asked.area, asked.period)
    match asked.page:
        case "population":
            people = queries.pyramid(*what, today=asked.today)
            return people.head, "indicators/_population.html", pyramid.context(people)
        case "moves":
            moved = queries.flows(*what, today=asked.today)
            return moved.head, "indicators/_moves.html", flows.context(moved)
        case _:
            shown = queries.board(*what, today=asked.today)
            return shown.head, "indicators/_body.html", figures.context(shown, sort=asked.sort)


def _period(request: StaffRequest, today: date) -> Period:
    asked = request.GET.get("period", "")
    if not asked:
        return Period.of(Grain.MONTH, today)
    period = period_from(asked)
    if period is None:
        raise UnknownPeriod(period=asked[:20])
    return period
