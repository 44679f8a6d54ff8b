"""Forms that change an area from a day on. GET shows the form, POST does it and leads to the area."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, cast
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.basis.areas import lies_in
from jiahe.journal.values import Recorded
from jiahe.places import actions, forms, queries
from jiahe.places.problems import NothingBelow
from jiahe.places.rules import level_below, parent_of
from jiahe.places.views import MANAGE, Visit, day_asked, refuse_elsewhere, steps, today
from jiahe.ui.doors import door
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

Act = Callable[..., Recorded | list[Recorded]]


class Texts(NamedTuple):
    """What a page of change says: its heading (also its button), what follows from it, and the word when it is done."""

    heading: str
    lead: str
    done: str
    danger: bool = False


@door(MANAGE)
def open_(request: HttpRequest, code: str) -> HttpResponse:
    """Open an area inside this one."""
    row = queries.area(code, on=day_asked(request))
    level = level_below(row.level)
    if level is None:
        raise NothingBelow(name=row.name)
    used = queries.used_codes(code)
    form = forms.OpenForm(request.POST or None, today=today(request), level=level, parent=code, used=used)
    lead = _("A new area inside this one, with a code of its own.")
    texts = Texts(_("Open an area"), lead, _("The area was opened."))
    return _page(request, row, form, actions.open_area, texts)


@door(MANAGE)
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give it another name."""
    row = queries.area(code, on=day_asked(request))
    initial = {"official": row.official}
    form = forms.NameForm(request.POST or None, today=today(request), level=row.level, initial=initial)
    lead = _("The code stays. Before the day given, the area keeps the name it had.")
    texts = Texts(_("Rename"), lead, _("The new name was recorded."))
    return _page(request, row, form, partial(actions.rename_area, code=code), texts)


@door(MANAGE)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Put it into another area."""
    row = queries.area(code, on=day_asked(request))
    reach = cast(Visit, request).acting.area
    around = queries.children(parent_of(row.parent), on=today(request)) if row.parent else []
    targets = [one for one in around if one.code != row.parent and lies_in(one.code, reach)]
    form = forms.MoveForm(request.POST or None, today=today(request), targets=targets)
    lead = _("It gets a new code there, as do the areas in it; its facilities go along. Old records keep the old code.")
    texts = Texts(_("Move"), lead, _("The area was moved."))
    return _page(request, row, form, partial(actions.move_area, code=code), texts)


@door(MANAGE)
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Part it."""
    row = queries.area(code, on=day_asked(request))
    used = queries.used_codes(row.parent)
    form = forms.SplitForm(request.POST or None, today=today(request), level=row.level, parent=row.parent, used=used)
    lead = _("If the area does not stay, its facilities go to the first of the new ones.")
    texts = Texts(_("Split"), lead, _("The area was split."))
    return _page(request, row, form, partial(actions.split_area, code=code), texts)


@door(MANAGE)
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Join it with others."""
    row = queries.area(code, on=day_asked(request))
    siblings = queries.children(row.parent, on=today(request))
    used = queries.used_codes(row.parent)
    form = forms.MergeForm(request.POST or None, today=today(request), row=row, siblings=siblings, used=used)
    lead = _("The areas and facilities in those that end go along.")
    return _page(request, row, form, actions.merge_areas, Texts(_("Merge"), lead, _("The areas were merged.")))


@door(MANAGE)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """End it without a successor."""
    row = queries.area(code, on=day_asked(request))
    form = forms.CloseForm(request.POST or None, today=today(request))
    lead = _("Only for an area that nothing follows. If it became part of another one, merge it.")
    texts = Texts(_("Close"), lead, _("The area was closed."), danger=True)
    return _page(request, row, form, partial(actions.close_area, code=code), texts)


@door(MANAGE)
def cancel(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    """Undo a wrong entry of its history."""
    row = queries.area(code, on=day_asked(request))
    form = forms.CancelForm(request.POST or None)
    lead = _("For an entry that was wrong from the start. The journal keeps it, and your reason.")
    texts = Texts(_("Cancel an entry"), lead, _("The entry was cancelled."), danger=True)
    return _page(request, row, form, partial(actions.cancel_change, entry=entry), texts, then=row.parent)


def _page(
    request: HttpRequest, row: queries.AreaRow, form: Form, act: Act, texts: Texts, *, then: str = ""
) -> HttpResponse:
    """The form, or its deed and on to the area (or to the area `then`). Raises NotYours."""
    refuse_elsewhere(request, row.code)
    visit = cast(Visit, request)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            act(**form.values(), by=visit.acting, at=visit.at)  # type: ignore[attr-defined]
            return redirect("places:area", texts.done, code=then or row.code)
    trail = steps(row, request, last=texts.heading)
    context = {"row": row, "form": form, "texts": texts, "steps": trail}
    return render(request, "places/change.html", context, status=422 if form.errors else 200)
