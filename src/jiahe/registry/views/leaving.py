"""The right to know and to be forgotten: all that is held on a person, written out for him, or erased."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.journal.facts import discreet
from jiahe.registry import actions, queries
from jiahe.registry.definitions import FOLDER, rules
from jiahe.registry.forms import EraseForm, EraseTakenBackForm
from jiahe.registry.views import reasons, words
from jiahe.registry.views.entries import sent
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.drafts import forget
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.paging import keyset
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect


@door("registry.people")
def held(request: StaffRequest, person: UUID) -> HttpResponse:
    """Everything that is held on a person, entry by entry, and until when it must be."""
    if not queries.may_look(request.scope, person, at=request.at):
        return redirect("registry:open_record", person=person)
    row, today = queries.person(request.scope, person), civil_day(request.at)
    spend(request.acting, at=request.at, seen=1)
    kept = queries.kept(request.scope, person, rules(FOLDER), on=today)
    openings = queries.opened_by(request.scope, person)
    areas = words.Areas(words.codes_in(each.entry for each in kept) | {row.home}, on=today)
    signed = {(each.entry.officer, each.entry.post) for each in kept} | {(each.officer, each.post) for each in openings}
    authors = words.authors(request.scope, signed, on=today)
    language = get_language() or "en"
    context = {
        "row": row,
        "sex": words.sex(row),
        "home": areas[row.home],
        "entries": [
            (
                each.entry,
                words.sentence(each.entry, areas),
                reasons.told(each.entry.why) if each.entry.kind.startswith("registry.") else "",
                authors[each.entry.officer, each.entry.post],
                each.rule.reason.in_language(language) if each.rule else "",
                "" if each.until is None or each.until.year == 9999 else each.until,
            )
            for each in kept
            if each.entry.kind.partition("@")[0] != "registry.RecordOpened" and not discreet(each.entry.kind)
        ],
        "openings": [(reasons.opened(each), authors[each.officer, each.post]) for each in openings],
        "free": sum(each.until is None for each in kept),
        "may_erase": request.acting.may("journal.Redacted", row.home),
        "may_export": request.acting.may("registry.RecordExported", row.home),
    }
    return render(request, "registry/held.html", context)


@door("registry.people")
def export(request: StaffRequest, person: UUID) -> HttpResponse:
    """All that is held, as a file another program reads; writing it out is itself recorded."""
    queries.person(request.scope, person)
    if request.method != "POST" or not queries.may_look(request.scope, person, at=request.at):
        return redirect("registry:held", person=person)
    spend(request.acting, at=request.at, exported=1)
    with transaction.atomic():
        actions.export_record(person=person, form="json", by=request.acting, at=request.at)
    told = queries.everything(request.scope, person)
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{person}.json"'
    return answer


@door("registry.people")
def erase(request: StaffRequest, person: UUID) -> HttpResponse:
    """Forget what may be forgotten; what must be kept stays, and the page says why."""
    if not queries.may_look(request.scope, person, at=request.at):
        return redirect("registry:open_record", person=person)
    row, form = queries.person(request.scope, person), EraseForm(sent(request))
    kept = queries.kept(request.scope, person, rules(FOLDER), on=civil_day(request.at))
    free = sum(each.until is None for each in kept)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            ground = form.cleaned_data["ground"]
            law = rules(FOLDER)
            (done,) = actions.erase_person(person=person, ground=ground, rules=law, by=request.acting, at=request.at)
            forget([str(person)], at=request.at)
            return redirect("node:erasure", _("What may be erased is erased."), entry=done.id)
    context = {
        "form": form,
        "row": row,
        "title": _("Erase"),
        "submit": _("Erase for good"),
        "lead": _("{free} of {all} entries may be erased now; the others must be kept still.").format(
            free=free, all=len(kept)
        ),
        "cancel": reverse("registry:held", kwargs={"person": person}),
        "danger": True,
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


@door("registry.erasure")
def taken_back(request: StaffRequest) -> HttpResponse:
    """Registrations that were taken back, the latest first: whose, by whom and why, until they are erased."""
    page = keyset(queries.taken_back(request.scope), request, by=("-at_ms", "entry"))
    rows, today = queries.described_taken_back(request.scope, page.rows), civil_day(request.at)
    spend(request.acting, at=request.at, seen=len(rows))
    areas = words.Areas((row.home for row in rows), on=today)
    authors = words.authors(request.scope, {(row.officer, row.post) for row in rows}, on=today)
    shown = [
        (row, areas[row.home], authors[row.officer, row.post], request.acting.may("journal.Redacted", row.home))
        for row in rows
    ]
    return render(request, "registry/taken_back.html", {"page": page, "rows": shown})


@door("registry.erasure")
def erase_taken_back(request: StaffRequest, person: UUID) -> HttpResponse:
    """Forget somebody whose registration was taken back; with him, if wished, all whom the same act took back."""
    row = queries.taken_back_one(request.scope, person)
    others = queries.taken_back_with(request.scope, person)
    form = EraseTakenBackForm(sent(request), others=len(others))
    if request.method == "POST" and form.is_valid():
        people = [person, *others] if form.cleaned_data.get("together") else [person]
        with problems_on(form), transaction.atomic():
            ground = form.cleaned_data["ground"]
            kept = rules(FOLDER)
            done = actions.erase_taken_back(people=people, ground=ground, rules=kept, by=request.acting, at=request.at)
            forget([str(each) for each in people], at=request.at)
            page = "node:erasure" if len(done) == 1 else "node:erasures"
            return redirect(page, _("What may be erased is erased."), entry=done[0].id)
    spend(request.acting, at=request.at, seen=1)
    held = queries.held_on_taken_back(request.scope, person, rules(FOLDER), on=civil_day(request.at))
    free = sum(each.until is None for each in held)
    lead = _("{name}: {free} of {all} entries may be erased now; the others must be kept still.")
    context = {
        "form": form,
        "title": _("Erase"),
        "submit": _("Erase for good"),
        "lead": lead.format(name=row.name or words.NOTHING, free=free, all=len(held)),
        "cancel": reverse("registry:taken_back"),
        "danger": True,
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)
