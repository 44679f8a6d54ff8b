"""The window's board: done in time, how long it takes, what is waiting; each figure leads to the list it counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.problem import N_
from jiahe.journal.queries import head
from jiahe.places.facts import Level
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.window import queries
from jiahe.window.definitions import services
from jiahe.window.queries import Row, Which
from jiahe.window.rules.story import DELIVERY, RECEPTION
from jiahe.window.rules.survival import Share
from jiahe.window.views import words

PERIODS = {"30": N_("30 days"), "90": N_("90 days"), "365": N_("a year")}
USUAL = "90"
LEVELS = {
    RECEPTION: N_("Reception"),
    Level.VILLAGE.value: N_("Steps of villages"),
    Level.TOWNSHIP.value: N_("Steps of townships"),
    Level.COUNTY.value: N_("Steps of the county"),
    Level.CITY.value: N_("Steps of the city"),
    DELIVERY: N_("Handing over the result"),
}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Asked:
    """On what the figures depend, beside the journal: two who ask the same may share the answer."""

    area: str
    period: str
    language: str
    today: date
    lists: bool


@door("board")
def board(request: StaffRequest, area: str = "") -> HttpResponse:
    """The figures of an area, and the way to those of its parts."""
    asked = _asked(request, area)
    same = {"area": asked.area, "period": asked.period}
    shown = _shown(request, asked)
    context = {
        "name": words.areas([asked.area], on=asked.today)[asked.area],
        "choice": [(_(name), f"?period={days}", days == asked.period) for days, name in PERIODS.items()],
        "news": f"{reverse('window:board_events')}?{urlencode(same)}",
        "up": asked.area != request.scope.area,
        **shown,
    }
    return render(request, "window/board.html", context)


@door("board")
def board_events(request: StaffRequest) -> HttpResponse:
    """The figures alone. `node/live.py` makes a stream of them, for all who may see the same at once."""
    asked = _asked(request, request.GET.get("area", ""))
    response = render(request, "window/_board_figures.html", _shown(request, asked))
    response.board = asked  # type: ignore[attr-defined]
    return response


def _asked(request: StaffRequest, area: str) -> Asked:
    period = request.GET.get("period", USUAL)
    known = period if period in PERIODS else USUAL
    lists = request.acting.reads("window.cases")
    return Asked(area or request.scope.area, known, get_language() or "en", civil_day(request.at), lists)


def _shown(request: StaffRequest, asked: Asked) -> dict[str, Any]:
    since = asked.today - timedelta(days=int(asked.period))
    told = queries.board(request.scope, area=asked.area, since=since, on=asked.today)
    titles = {each.id: words.said(each.title) for each in services().versions}
    named = words.areas((row.key for row in told.offices), on=asked.today)
    where = {"area": asked.area}
    return {
        "at": request.at,
        "seq": head().size,
        "since": since,
        "told": told,
        "whole": _drawn(told.whole, _("All services"), "", asked),
        "tiles": _tiles(told, asked),
        "backlog": [
            (name, _({**words.LISTS, **words.COUNTS}[Which(name)]), n, _list(Which(name), where) if asked.lists else "")
            for name, n in asdict(told.backlog).items()
        ],
        "services": [
            _drawn(row, titles[row.key], _list(Which.OFFICE, {**where, "service": row.key}), asked)
            for row in told.services
        ],
        "offices": [
            {**_drawn(row, named.get(row.key, row.key), "", asked), "more": _more(row.key, asked)}
            for row in told.offices
        ],
        "levels": [_drawn(row, _(LEVELS[row.key]), "", asked) for row in told.levels],
    }


def _tiles(told: queries.Board, asked: Asked) -> list[dict[str, str]]:
    whole, year = told.whole, {"area": asked.area, "period": asked.period}
    tiles = [
        ("received", _("Received"), f"{told.received:,}", Which.RECEIVED),
        ("in_time", _("Decided by their day"), _share(whole.in_time), Which.IN_TIME),
        ("late", _("Overdue now"), f"{whole.overdue:,}", Which.LATE),
        ("median", _("Working days until half are decided"), _days(whole.median), None),
        ("nine", _("Working days until nine tenths are"), _days(whole.nine_tenths), None),
        ("declined", _("Not accepted"), f"{told.declined:,}", Which.DECLINED),
        ("withdrawn", _("Withdrawn"), f"{told.withdrawn:,}", Which.WITHDRAWN),
    ]
    return [
        {"id": id_, "label": label, "number": number, "list": _list(which, year) if which and asked.lists else ""}
        for id_, label, number, which in tiles
    ]


def _drawn(row: Row, name: str, address: str, asked: Asked) -> dict[str, Any]:
    return {
        "row": row,
        "name": name,
        "list": address if asked.lists else "",
        "in_time": _share(row.in_time),
        "limits": _limits(row.in_time),
        "median": _days(row.median),
        "nine": _days(row.nine_tenths),
    }


def _more(area: str, asked: Asked) -> str:
    """The board of a part; of none, where the parts are the area itself."""
    if area == asked.area:
        return ""
    return f"{reverse('window:board', kwargs={'area': area})}?period={asked.period}"


def _list(which: Which, where: dict[str, str]) -> str:
    return f"{reverse('window:work')}?{urlencode({'list': which.value, **where})}"


def _share(share: Share | None) -> str:
    return f"{100 * share.value:.0f} %" if share is not None else NOTHING


def _limits(share: Share | None) -> str:
    return f"{100 * share.low:.0f} – {100 * share.high:.0f} %" if share is not None else ""


def _days(number: float | None) -> str:
    if number is None:
        return NOTHING
    return _("at once") if number < 1 else f"{int(number)}"
