"""The people of an area, household by household, for those who care for them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.basis.problem import N_
from jiahe.places.facts import Level
from jiahe.places.rules import level_of
from jiahe.registry import queries
from jiahe.registry.forms import RELATIONS
from jiahe.registry.rules.bands import BANDS, born_between
from jiahe.registry.views import words
from jiahe.registry.views.choices import grouped, residences
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.paging import keyset

STATES = {"here": N_("Lives here"), "away": N_("Moved away"), "died": N_("Died"), "alone": N_("In no household")}


@door("registry.people")
def roster(request: StaffRequest) -> HttpResponse:
    """Households with their members; by `?age=` and `?state=` people. There is no other filter, on purpose: nobody is
    listed by sex or by what concerns bearing children (S-13)."""
    within, today = request.GET.get("area", ""), civil_day(request.at)
    band, state = request.GET.get("age", ""), request.GET.get("state", "")
    context = {
        "areas": grouped(residences(request)),
        "within": within,
        "bands": list(BANDS),
        "band": band,
        "states": [(key, _(said)) for key, said in STATES.items()],
        "state": state,
        "day": today,
        "headless": _headless(request, within),
    }
    if band in BANDS or state in STATES:
        found = queries.people_where(request.scope, within, state=state, born=born_between(band, today))
        page = keyset(found, request, by=("home", "pinyin", "id"))
        spend(request.acting, at=request.at, seen=len(page.rows))
        rows = queries.described(request.scope, page.rows)
        areas = words.Areas((row.home for row in rows), on=today)
        shown = [(row, words.sex(row), words.age(row, today), areas[row.home]) for row in rows]
        return render(request, "registry/roster.html", {**context, "page": page, "people": shown})
    page = keyset(queries.households(request.scope, within), request, by=("home", "address_key", "id"), size=25)
    houses = queries.described_households(request.scope, page.rows)
    people = queries.members(request.scope, [house.id for house in houses])
    spend(request.acting, at=request.at, seen=sum(len(each) for each in people.values()))
    areas = words.Areas((house.home for house in houses), on=today)
    shown_houses = [
        (house, areas[house.home], [_member(row, relation, today) for row, relation in people[house.id]])
        for house in houses
    ]
    more = {"page": page, "houses": shown_houses, "several": len({house.home for house in houses}) > 1}
    return render(request, "registry/roster.html", {**context, **more})


def _headless(request: StaffRequest, within: str) -> int:
    """How many households of a village have no head. Not told of wider areas: to count a county's takes seconds."""
    village = level_of(within or request.scope.area) is Level.VILLAGE
    return queries.headless(request.scope, within).count() if village else 0


def _member(row: queries.PersonRow, relation: object, today: object) -> tuple[object, ...]:
    return row, RELATIONS[relation], words.sex(row), words.age(row, today)  # type: ignore[index,arg-type]
