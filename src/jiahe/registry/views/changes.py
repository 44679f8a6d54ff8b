"""Correcting a person and cancelling an event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.basis.problem import N_, Problem
from jiahe.registry import actions, queries
from jiahe.registry.facts import Field, LifeEventKind
from jiahe.registry.forms import AddDocumentForm, AddNameForm, AddPhoneForm, CancelForm, CorrectForm, ReasonForm
from jiahe.registry.problems import ChangedMeanwhile, ConflictUnknown, EventUnknown
from jiahe.registry.queries.people import EventRow, event_rows
from jiahe.registry.views import words
from jiahe.registry.views.asking import say, sure_of
from jiahe.registry.views.choices import found_people, residences
from jiahe.registry.views.entries import sent
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import add_to, problems_on
from jiahe.ui.respond import redirect

_ADDED: dict[str, tuple[type[Any], Callable[..., object], str]] = {
    "name": (AddNameForm, actions.add_name, N_("Another name")),
    "document": (AddDocumentForm, actions.add_document, N_("Another document")),
    "phone": (AddPhoneForm, actions.add_phone, N_("Another phone")),
}


@door("registry.register")
def correct(request: StaffRequest, person: UUID) -> HttpResponse:
    """Correct what the officer sees in full, once he said why he opens the record.

    What somebody changed meanwhile is shown beside what was typed.
    """
    if not queries.may_look(request.scope, person, at=request.at):
        return redirect("registry:person", person=person)
    row, given = queries.person(request.scope, person), sent(request)
    opened = queries.editable(request.scope, person, stamp=given.get("seen") if given else None)
    people = found_people(request, given, CorrectForm.asked, lambda name, each: each.id != person)
    form = CorrectForm(given, texts=opened.texts, seen=opened.seen, areas=residences(request), found=people)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                sure = sure_of(given)
                actions.correct_person(person=person, **form.values(), sure=sure, by=request.acting, at=request.at)
            return redirect("registry:person", _("The correction is saved."), person=person)
        except ChangedMeanwhile as problem:
            form = _renewed(request, person, form, problem)
        except Problem as problem:
            say(form, problem, mother="mother_text")
    context = {"form": form, "row": row, "title": _("Correct the record"), "submit": _("Save the correction")}
    context["cancel"] = reverse("registry:person", kwargs={"person": person})
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


@door("registry.register")
def decide(request: StaffRequest, entry: UUID) -> HttpResponse:
    """Of two corrections that did not see each other: keep what holds, or restore what was overwritten."""
    found = queries.conflicts(request.scope, entry=entry)
    field = request.POST.get("field", "")
    if not found or (request.method == "POST" and field not in [each.field for each in found]):
        raise ConflictUnknown()
    if request.method != "POST":
        return redirect("registry:conflicts")
    restore = bool(request.POST.get("restore"))
    with transaction.atomic():
        actions.decide_conflict(entry=entry, field=Field(field), restore=restore, by=request.acting, at=request.at)
    return redirect("registry:conflicts", _("Decided."))


@door("registry.register")
def add_particular(request: StaffRequest, person: UUID, kind: str) -> HttpResponse:
    """Another name, document or phone of a person."""
    if not queries.may_look(request.scope, person, at=request.at):
        return redirect("registry:person", person=person)
    shape, act, title = _ADDED[kind]
    row, form = queries.person(request.scope, person), shape(sent(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form, identity_number="number", phone="number"), transaction.atomic():
            act(person=person, **form.values(), by=request.acting, at=request.at)
            return redirect("registry:person", _("It is recorded."), person=person)
    context = {"form": form, "row": row, "title": _(title), "submit": _("Save")}
    context["cancel"] = reverse("registry:person", kwargs={"person": person})
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


@door("registry.register")
def withdraw_particular(request: StaffRequest, person: UUID, entry: UUID) -> HttpResponse:
    """An added name, document or phone holds no more."""
    if not queries.may_look(request.scope, person, at=request.at):
        return redirect("registry:person", person=person)
    row, form = queries.person(request.scope, person), ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            reason = form.cleaned_data["reason"]
            actions.withdraw_particular(entry=entry, reason=reason, by=request.acting, at=request.at)
            return redirect("registry:person", _("It is taken back."), person=person)
    context = {"form": form, "row": row, "title": _("Take an entry back"), "submit": _("Take it back"), "danger": True}
    context["lead"] = _("It will no longer hold, and stays in the history with your reason.")
    context["cancel"] = reverse("registry:person", kwargs={"person": person})
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


@door("registry.people")
def cancel_event(request: StaffRequest, entry: UUID) -> HttpResponse:
    """Say that an event did not happen as recorded."""
    found = event_rows(request.scope, queries.events(request.scope).filter(entry=entry))
    if not found:
        raise EventUnknown
    event, form = found[0], CancelForm(sent(request))
    row = queries.person(request.scope, event.person)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            reason = form.cleaned_data["reason"]
            actions.cancel_life_event(entry=entry, reason=reason, by=request.acting, at=request.at)
            return _after(event, _("The event is cancelled."))
    said = _(words.EVENTS[event.kind])
    lead = _("{event} on {on}: it will no longer count, and stays in the history with your reason.")
    if event.kind is LifeEventKind.BORN:
        lead = _("{event} on {on}: the child will be taken out of the register. The history stays, with your reason.")
    context = {
        "form": form,
        "row": row,
        "title": _("Cancel this event"),
        "submit": _("Cancel the event"),
        "lead": lead.format(event=said, on=event.on),
        "cancel": reverse("registry:person", kwargs={"person": row.id}),
        "danger": True,
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


def _after(event: EventRow, message: str) -> HttpResponse:
    """On to the record; after a cancelled birth there is none."""
    if event.kind is LifeEventKind.BORN:
        return redirect("registry:people", message)
    return redirect("registry:person", message, person=event.person)


def _renewed(request: StaffRequest, person: UUID, form: CorrectForm, problem: ChangedMeanwhile) -> CorrectForm:
    """The form as of now: what the officer changed stays as he typed it, all else is as it is now."""
    now = queries.editable(request.scope, person)
    fresh = CorrectForm(None, texts=now.texts, seen=now.seen, areas=residences(request))
    data = {name: fresh.get_initial_for_field(field, name) for name, field in fresh.fields.items()}
    data |= {name: form.data.get(name) for name in form.changed_data}
    again = CorrectForm(data, texts=now.texts, seen=now.seen, areas=residences(request))
    field = Field(str(problem.values["changed"]))
    names = words.Areas((str(text) for text in problem.values.values()), on=civil_day(request.at))
    for key in ("seen", "present", "wrote"):
        problem.values[key] = words.value(request.scope, field, str(problem.values[key]), names)
    add_to(again, problem)
    return again
