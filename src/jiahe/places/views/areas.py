"""The tree of areas on any day, and the history of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from jiahe.basis.areas import lies_in
from jiahe.places import queries
from jiahe.places.facts import WORDS, Level, Redrawing
from jiahe.places.rules import What, level_below, parent_of
from jiahe.places.views import Visit, day_asked, may_change, steps, today
from jiahe.ui.doors import door


@dataclass(frozen=True, slots=True)
class Child:
    """A line of the table: an area, how many areas lie directly in it, and how many facilities work in all of it."""

    row: queries.AreaRow
    areas: int
    facilities: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history: what happened, in words, and to or from which other areas."""

    event: queries.AreaEvent
    words: str
    others: list[queries.AreaRow]


@door("places.areas")
def areas(request: HttpRequest) -> HttpResponse:
    """What is found for `?q=`, or the area of the officer's post."""
    words = request.GET.get("q", "").strip()
    if not words:
        return area(request, cast(Visit, request).acting.area)
    on = day_asked(request)
    found = queries.find(words, on=on)
    context = {"words_asked": words, "on": on, "found": [(row, queries.path(row.code, on=on)[:-1]) for row in found]}
    return render(request, "places/found.html", context)


@door("places.areas")
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area on a day: what lies in it, what works in it, what happened to it."""
    on = day_asked(request)
    row, reach = queries.area(code, on=on), cast(Visit, request).acting.area
    inside = queries.children(code, on=on)
    below = level_below(row.level)
    followers = queries.present([code], on=max(on, today(request)))[code] if not row.open_on(on) else ()
    context = {
        "row": row,
        "on": on,
        "today": today(request),
        "is_open": row.open_on(on),
        "steps": steps(row, request),
        "level": WORDS[row.level],
        "below": below,
        "counts_areas": below is not Level.VILLAGE,
        "children": _lines(code, inside, request),
        "facilities": [one for one in queries.facilities(within=code, on=on) if one.area == code],
        "lists_facilities": cast(Visit, request).acting.reads("places.facilities"),
        "events": _history(code, request),
        "followers": queries.named(followers, on=max(on, today(request))).values(),
        "may_change": may_change(request, code),
        "may_redraw": bool(row.parent) and lies_in(row.parent, reach),
        "may_move": bool(row.parent) and lies_in(parent_of(row.parent), reach),
    }
    return render(request, "places/area.html", context)


def _lines(code: str, inside: list[queries.AreaRow], request: HttpRequest) -> list[Child]:
    on = day_asked(request)
    counts = queries.child_counts([row.code for row in inside], on=on)
    width = len(inside[0].code) if inside else 0
    working = Counter(one.area[:width] for one in queries.facilities(within=code, on=on))
    return [Child(row, counts[row.code], working[row.code]) for row in inside]


def _history(code: str, request: HttpRequest) -> list[Line]:
    events = queries.history(code)
    others = queries.named({other for event in events for other in event.others}, on=today(request))
    return [
        Line(event, _words(event), [others[other] for other in event.others if other in others])
        for event in reversed(events)
    ]


def _words(event: queries.AreaEvent) -> str:
    match event.what, event.successor:
        case What.OPENED, _:
            return gettext("Opened")
        case What.RENAMED, _:
            return gettext("Renamed")
        case What.CLOSED, _:
            return gettext("Closed")
        case Redrawing.MOVED, True:
            return gettext("Moved, now")
        case Redrawing.MOVED, False:
            return gettext("Moved here from")
        case Redrawing.SPLIT, True:
            return gettext("Split into")
        case Redrawing.SPLIT, False:
            return gettext("Split from")
        case Redrawing.MERGED, True:
            return gettext("Merged into")
        case _:
            return gettext("Merged out of")
