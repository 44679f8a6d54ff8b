"""A form filled as one post is not taken as another: several windows are open, and one of them changed the post."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from jiahe.journal.once import taken
from jiahe.staff import drafts
from jiahe.staff.doors import page_of
from jiahe.staff.problems import PostChanged
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.staff.views import choices
from jiahe.ui.problems import in_words, problem_page

FIELD = "_post"
"""The hidden field by which `{% once %}` says as which post a form is filled in."""


def post_changed(request: StaffRequest) -> HttpResponse | None:
    """409, with what was typed kept, for a form that was rendered for another post; None for go on.

    A form that was taken already goes on too: it leads where it led.
    """
    sent = request.POST.get(FIELD, request.acting.post)
    if sent == request.acting.post or taken(request):
        return None
    drafts.keep(request, credential=request.user.pk)
    if request.headers.get("HX-Request"):
        return problem_page(request, PostChanged())
    areas = choices.full_names((one.area for one in request.holdings), on=civil_day(request.at))
    context = {
        "said": in_words(PostChanged()),
        "status": PostChanged.status,
        "code": PostChanged.code,
        "page": page_of(request),
        "offered": [
            (one, areas[one.area], str(one.post) == request.acting.post)
            for one in request.holdings
            if str(one.post) in {sent, request.acting.post}
        ],
    }
    return render(request, "staff/post_changed.html", context, status=PostChanged.status)
