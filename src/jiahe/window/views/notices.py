"""The notice board, open to everybody who walks past."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from jiahe.journal.wiring import current
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.window import queries
from jiahe.window.queries import Hung
from jiahe.window.views import words


@door(public=True)
def notices(request: StaffRequest) -> HttpResponse:
    """What hangs today. Search engines are asked to keep nothing, so that it is gone when it is taken down."""
    today = civil_day(request.at)
    hung = queries.hanging(today)
    here = current().area
    named = words.areas({here, *(line.area for line in hung)}, on=today)
    boards = [
        (words.said(service.title), [_line(line, named) for line in lines])
        for service, lines in groupby(hung, key=lambda line: line.service)
    ]
    response = render(request, "window/notices.html", {"boards": boards, "today": today, "area": named.get(here, here)})
    response["X-Robots-Tag"] = "noindex, noarchive, nosnippet"
    return response


def _line(line: Hung, named: dict[str, str]) -> dict[str, object]:
    return {"name": line.name, "area": named.get(line.area, ""), "year": line.year, "until": line.until}
