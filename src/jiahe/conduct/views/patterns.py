"""How stages went, by post and by service: told apart only where chance does not explain it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from jiahe.conduct import queries
from jiahe.conduct.queries import Pattern
from jiahe.conduct.views import words
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.window.views import words as window


@door("conduct.judge")
def patterns(request: StaffRequest) -> HttpResponse:
    """Both tables, in the order of names: whoever looks for the worst post finds none that chance has made so."""
    today = civil_day(request.at)
    found = queries.patterns(request.scope, on=today)
    posts = window.offices(set(found.posts), on=today)
    usual = found.whole.in_time.value if found.whole.in_time else 0.0
    by_post = [_line(posts.get(post, ""), each, usual) for post, each in found.posts.items()]
    by_service = [_line(words.title(service), each, usual) for service, each in found.services.items()]
    context = {
        "whole": _line("", found.whole, usual),
        "tables": [
            ("post", sorted(by_post, key=lambda line: str(line["name"]))),
            ("service", sorted(by_service, key=lambda line: str(line["name"]))),
        ],
        "since": today - queries.PERIOD,
    }
    return render(request, "conduct/patterns.html", context)


def _line(name: str, pattern: Pattern, usual: float) -> dict[str, object]:
    share = pattern.in_time
    return {
        "name": name,
        "pattern": pattern,
        "share": share and [round(100 * each) for each in (share.value, share.low, share.high)],
        "more": share is not None and share.value > usual,
    }
