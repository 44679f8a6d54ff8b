"""One person's record. It opens to who has said why, for three hours; saying why is itself recorded."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiahe.journal.values import Recorded
from jiahe.registry import actions, queries
from jiahe.registry.facts import PersonCorrected
from jiahe.registry.forms import CONTACTS, DOCUMENTS, LANGUAGES, NAMES, PURPOSES, RELATIONS, OpenForm
from jiahe.registry.views import reasons, words
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

_VERBS = (
    *(
        "PersonCorrected",
        "Died",
        "MovedIn",
        "MovedOut",
        "LifeEventCancelled",
        "PersonRegistered",
        "Married",
        "Divorced",
    ),
    *("Adopted", "GuardianNamed", "NameAdded", "DocumentAdded", "PhoneAdded", "ParticularWithdrawn", "HouseholdFormed"),
)
_EVENTS = {"Born", "Died", "MovedIn", "MovedOut", "Married", "Divorced", "Adopted", "GuardianNamed"}


@door("registry.people")
def person(request: StaffRequest, person: UUID) -> HttpResponse:
    """The record, or the question why."""
    if not queries.may_look(request.scope, person, at=request.at):
        return open_record(request, person)
    row, today = queries.person(request.scope, person), civil_day(request.at)
    spend(request.acting, at=request.at, seen=1)
    history = [each for each in queries.person_history(request.scope, person) if each.kind.startswith("registry.")]
    openings = queries.opened_by(request.scope, person)
    family = queries.family(request.scope, person, on=today)
    areas = words.Areas({row.area, row.home, row.registered_area} | words.codes_in(history), on=today)
    signed = {(entry.officer, entry.post) for entry in history} | {(each.officer, each.post) for each in openings}
    authors = words.authors(request.scope, signed, on=today)
    cancelled = {entry.voids for entry in history if entry.voids}
    may = {verb: request.acting.may(f"registry.{verb}", row.home) for verb in _VERBS}
    context = {
        "row": row,
        "sex": words.sex(row),
        "age": words.age(row, today),
        "area": areas[row.area],
        "home": areas[row.home],
        "registered_area": areas[row.registered_area] if row.registered_area else "",
        "document": DOCUMENTS[row.identity_kind] if row.identity_kind else "",
        "contact": CONTACTS[row.contact_by] if row.contact_by else "",
        "language": LANGUAGES.get(row.language, row.language),
        "relation": RELATIONS[row.relation] if row.relation else "",
        "particulars": _particulars(request, person),
        "family": family,
        "house": queries.household_of(request.scope, person),
        "history": [_line(request, entry, areas, authors, entry.id in cancelled) for entry in history],
        "merges": queries.merges_of(request.scope, person),
        "openings": [
            (reasons.opened(each), authors[each.officer, each.post], PURPOSES[each.purpose]) for each in openings
        ],
        "may": may,
        "registers": request.acting.reads("registry.register"),
        "steward": request.acting.reads("registry.steward"),
    }
    return render(request, "registry/person.html", context)


@door("registry.people")
def open_record(request: StaffRequest, person: UUID) -> HttpResponse:
    """Say why; then the record opens."""
    row = queries.person(request.scope, person)
    form = OpenForm(request.POST if request.method == "POST" else typed(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            outside = not request.acting.cares
            actions.open_record(person=person, **form.values(), outside=outside, by=request.acting, at=request.at)
            return redirect("registry:person", person=person)
    areas = words.Areas([row.home], on=civil_day(request.at))
    context = {"row": row, "home": areas[row.home], "form": form, "outside": not request.acting.cares}
    return render(request, "registry/open.html", context, status=422 if form.errors else 200)


def _particulars(request: StaffRequest, person: UUID) -> list[dict[str, object]]:
    """Names, documents and phones beside the main ones, in words."""
    found = queries.particulars(request.scope, person)
    labels = {"document": DOCUMENTS, "name": NAMES}
    return [
        {
            "said": each,
            "label": labels[each.what][each.kind] if each.what in labels else _("Phone"),  # type: ignore[index]
        }
        for each in found
    ]


def _line(
    request: StaffRequest, entry: Recorded, areas: words.Areas, authors: dict[tuple[str, str], str], cancelled: bool
) -> dict[str, object]:
    """One line of the history."""
    changes = entry.fact.changes if isinstance(entry.fact, PersonCorrected) else ()
    kind = entry.kind.partition("@")[0].partition(".")[2]
    is_event = kind in _EVENTS
    return {
        "entry": entry,
        "said": words.sentence(entry, areas),
        "why": reasons.told(entry.why),
        "changes": [words.changed(request.scope, change, areas) for change in changes],
        "author": authors[entry.officer, entry.post],
        "cancelled": cancelled,
        "may_cancel": is_event and not cancelled and request.acting.may("registry.LifeEventCancelled", entry.area),
    }
