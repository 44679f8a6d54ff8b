"""People of an area, search, events, and what waits for a decision."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.journal.once import not_once
from jiahe.registry import queries
from jiahe.registry.facts import LifeEventKind
from jiahe.registry.forms import PURPOSES
from jiahe.registry.queries.people import event_rows
from jiahe.registry.views import reasons, words
from jiahe.registry.views.choices import grouped, residences
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.paging import keyset

_SHOWN = 50


@door("registry.people")
def people(request: StaffRequest) -> HttpResponse:
    """Whose record is kept in the area of the post, or in `?area=` within it, by area and name."""
    within, today = request.GET.get("area", ""), civil_day(request.at)
    page = keyset(queries.people(request.scope, within), request, by=("home", "pinyin", "id"))
    spend(request.acting, at=request.at, seen=len(page.rows))
    rows = queries.described(request.scope, page.rows)
    areas = words.Areas((row.home for row in rows), on=today)
    context = {
        "page": page,
        "rows": [(row, words.sex(row), words.age(row, today), areas[row.home]) for row in rows],
        "areas": grouped(residences(request)),
        "within": within,
        "registers": request.acting.reads("registry.register"),
        "lists_events": request.acting.reads("registry.events"),
        "conflicts": len(queries.conflicts(request.scope)),
        "recent": queries.recent(request.scope, at=request.at),
    }
    return render(request, "registry/people.html", context)


@door("registry.people")
@not_once
def search(request: StaffRequest) -> HttpResponse:
    """What is found for the text. It is posted, so that no name or number stands in an address, a log or a history;
    it records nothing, so it needs no key, and its answer is the page itself."""
    text, today = request.POST.get("text", "").replace("\0", "").strip()[:200], civil_day(request.at)
    found = queries.search(request.scope, text, limit=_SHOWN) if text else []
    spend(request.acting, at=request.at, seen=len(found))
    areas = words.Areas((each.person.home for each in found), on=today)
    context = {
        "text": text,
        "rows": [
            (
                each.person,
                words.sex(each.person),
                words.age(each.person, today),
                areas[each.person.home],
                _(words.WHYS[each.why]),
            )
            for each in found
        ],
        "full": len(found) == _SHOWN,
        "registers": request.acting.reads("registry.register"),
    }
    return render(request, "registry/found.html", context)


@door("registry.events")
def events(request: StaffRequest) -> HttpResponse:
    """Life events in the area, the latest first; `?kind=` and `?area=` narrow them."""
    kind, within, today = request.GET.get("kind", ""), request.GET.get("area", ""), civil_day(request.at)
    wanted = LifeEventKind(kind) if kind in list(LifeEventKind) else None
    page = keyset(queries.events(request.scope, within, wanted), request, by=("-on", "-entry"))
    rows = event_rows(request.scope, page.rows)
    known = _by_id(request, [row.person for row in rows])
    spend(request.acting, at=request.at, seen=len(known))
    areas = words.Areas((code for row in rows for code in (row.area, row.place)), on=today)
    context = {
        "page": page,
        "rows": [
            (
                row,
                _(words.EVENTS[row.kind]),
                known.get(row.person),
                areas[row.area],
                areas[row.place],
            )
            for row in rows
        ],
        "kinds": [(each.value, _(words.EVENTS[each])) for each in LifeEventKind],
        "kind": kind,
        "areas": grouped(residences(request)),
        "within": within,
    }
    return render(request, "registry/events.html", context)


@door("registry.register")
def conflicts(request: StaffRequest) -> HttpResponse:
    """Corrections that overwrote another unseen."""
    found, today = queries.conflicts(request.scope), civil_day(request.at)
    people = _by_id(request, [each.person for each in found])
    areas = words.Areas((text for each in found for text in (each.unseen, each.value)), on=today)
    rows = [
        (
            each,
            people[each.person],
            _(words.FIELDS[each.field]),
            words.value(request.scope, each.field, each.unseen, areas),
            words.value(request.scope, each.field, each.value, areas),
        )
        for each in found
        if each.person in people
    ]
    return render(request, "registry/conflicts.html", {"rows": rows})


@door("registry.register")
def reassign(request: StaffRequest) -> HttpResponse:
    """Those who live in an area that is no more, and nobody has said where they belong."""
    today = civil_day(request.at)
    page = keyset(queries.to_reassign(request.scope, on=today), request, by=("home", "pinyin", "id"))
    spend(request.acting, at=request.at, seen=len(page.rows))
    rows = queries.described(request.scope, page.rows)
    areas = words.Areas((row.home for row in rows), on=today)
    context = {"page": page, "rows": [(row, words.sex(row), words.age(row, today), areas[row.home]) for row in rows]}
    return render(request, "registry/reassign.html", context)


@door("registry.openings")
def openings(request: StaffRequest) -> HttpResponse:
    """Records that were opened outside a care relation: who, whose, when and why."""
    page = keyset(queries.opened_outside(request.scope), request, by=("-at_ms", "entry"))
    rows, today = queries.openings(request.scope, page.rows), civil_day(request.at)
    people = _by_id(request, [each.person for each in rows])
    areas = words.Areas((each.home for each in rows), on=today)
    authors = words.authors(request.scope, {(each.officer, each.post) for each in rows}, on=today)
    context = {
        "page": page,
        "rows": [
            (each, people.get(each.person), areas[each.home], authors[each.officer, each.post], PURPOSES[each.purpose])
            for each in map(reasons.opened, rows)
        ],
    }
    return render(request, "registry/openings.html", context)


def _by_id(request: StaffRequest, people: list[UUID]) -> dict[UUID, queries.PersonRow]:
    """Those of these people whom the scope covers."""
    rows = queries.people(request.scope).filter(id__in=people)
    return {row.id: row for row in queries.described(request.scope, rows)}
