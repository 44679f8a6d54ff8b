"""Facilities by area on any day, and the forms to open, rename and close them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import cast
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.journal.values import Recorded
from jiahe.places import actions, forms, queries
from jiahe.places.facts import WORDS, FacilityKind, Level
from jiahe.places.views import MANAGE, Visit, day_asked, may_change, refuse_elsewhere, steps, today
from jiahe.ui.doors import door
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect


@door("places.facilities")
def facilities(request: HttpRequest) -> HttpResponse:
    """Those in `?area=` (the area of the officer's post if not given), of one `?kind=` or all.

    Above the township only those of the area itself are listed; the others are counted by the areas inside.
    """
    on = day_asked(request)
    row = queries.area(request.GET.get("area") or cast(Visit, request).acting.area, on=on)
    wanted = request.GET.get("kind", "")
    kind = FacilityKind(wanted) if wanted in set(FacilityKind) else None
    found = queries.facilities(within=row.code, kind=kind, on=on)
    whole = row.level in (Level.TOWNSHIP, Level.VILLAGE)
    listed = [one for one in found if whole or one.area == row.code]
    inside = [] if whole else queries.children(row.code, on=on)
    counts = Counter(one.area[: len(inside[0].code)] for one in found) if inside else Counter[str]()
    named = queries.named({one.area for one in listed}, on=on)
    context = {
        "row": row,
        "on": on,
        "today": today(request),
        "steps": steps(row, request),
        "kind": kind,
        "kinds": [(one.value, WORDS[one]) for one in FacilityKind],
        "facilities": [(one, named.get(one.area), WORDS[one.kind], may_change(request, one.area)) for one in listed],
        "total": len(found),
        "inside": [(area, counts[area.code]) for area in inside],
        "may_change": may_change(request, row.code),
    }
    return render(request, "places/facilities.html", context)


@door(MANAGE)
def open_(request: HttpRequest, code: str) -> HttpResponse:
    """Open a facility in the area or in one inside it."""
    row = queries.area(code, on=today(request))
    areas = queries.areas(within=code, on=today(request))
    form = forms.FacilityForm(request.POST or None, today=today(request), areas=areas, initial={"area": code})
    return _page(request, row, form, actions.open_facility, _("Open a facility"), _("The facility was opened."))


@door(MANAGE)
def rename(request: HttpRequest, facility: UUID) -> HttpResponse:
    """Give it another name."""
    one = queries.facility(facility, on=today(request))
    name = {"zh_hans": one.name.zh_hans, "zh_hant": one.name.zh_hant, "en": one.name.en}
    form = forms.FacilityNameForm(request.POST or None, today=today(request), initial=name)
    act = partial(actions.rename_facility, facility=facility)
    return _page(request, _area_of(one, request), form, act, _("Rename"), _("The new name was recorded."), one)


@door(MANAGE)
def move(request: HttpRequest, facility: UUID) -> HttpResponse:
    """Let it work in another area."""
    one = queries.facility(facility, on=today(request))
    areas = queries.areas(within=cast(Visit, request).acting.area, on=today(request))
    form = forms.MoveFacilityForm(request.POST or None, today=today(request), areas=areas, initial={"to": one.area})
    act = partial(actions.move_facility, facility=facility)
    return _page(request, _area_of(one, request), form, act, _("Move"), _("The facility was moved."), one)


@door(MANAGE)
def close(request: HttpRequest, facility: UUID) -> HttpResponse:
    """End its work."""
    one = queries.facility(facility, on=today(request))
    form = forms.CloseForm(request.POST or None, today=today(request))
    act = partial(actions.close_facility, facility=facility)
    return _page(request, _area_of(one, request), form, act, _("Close"), _("The facility was closed."), one)


def _area_of(one: queries.FacilityRow, request: HttpRequest) -> queries.AreaRow:
    return queries.area(one.area, on=today(request))


def _page(
    request: HttpRequest,
    row: queries.AreaRow,
    form: Form,
    act: Callable[..., Recorded],
    heading: str,
    done: str,
    one: queries.FacilityRow | None = None,
) -> HttpResponse:
    """The form, or its deed and on to the facilities. Raises NotYours."""
    refuse_elsewhere(request, row.code)
    visit = cast(Visit, request)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            act(**form.values(), by=visit.acting, at=visit.at)  # type: ignore[attr-defined]
            return redirect("places:facilities", done)
    context = {
        "row": row,
        "form": form,
        "heading": heading,
        "facility": one,
        "steps": steps(row, request, last=heading),
    }
    return render(request, "places/facility_change.html", context, status=422 if form.errors else 200)
