"""Entering people and what happens to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.journal.values import Recorded
from jiahe.registry import actions, queries
from jiahe.registry.facts import Purpose, Sex
from jiahe.registry.forms import ArrivalForm, BirthForm, DeathForm, MoveInForm, MoveOutForm, PersonForm
from jiahe.registry.views import words
from jiahe.registry.views.choices import residences
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

_SEARCHED, _OFFERED, _YOUNGEST = 50, 10, 10


@door("registry.register")
def register_person(request: StaffRequest) -> HttpResponse:
    """Somebody who lives here and is not registered yet."""
    form = PersonForm(sent(request), areas=residences(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            done = actions.register_person(**form.values(), by=request.acting, at=request.at)
            return _registered(request, done, _("The person is registered."))
    lead = _("Search first: everybody is registered once.")
    return _form(request, form, _("Register a person"), _("Register"), lead=lead)


@door("registry.register")
def register_birth(request: StaffRequest) -> HttpResponse:
    """A new-born; the mother is looked for and chosen."""
    given = sent(request)
    mothers = _mothers(request, (given or {}).get("mother_text", ""), (given or request.GET).get("mother", ""))
    form = BirthForm(given, areas=residences(request), mothers=mothers, initial={"mother": request.GET.get("mother")})
    if request.method == "POST" and form.is_valid():
        with problems_on(form, birth_on="on"), transaction.atomic():
            done = actions.register_birth(**form.values(), by=request.acting, at=request.at)
            return _registered(request, done, _("The birth is registered."))
    return _form(request, form, _("Register a birth"), _("Register the birth"))


@door("registry.register")
def register_arrival(request: StaffRequest) -> HttpResponse:
    """Somebody registered elsewhere has come with an identity card."""
    form = ArrivalForm(sent(request), areas=residences(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form, identity_number="number"), transaction.atomic():
            said = form.values()
            person = queries.mover(request.scope, number=said["number"], name=said.pop("name"))
            done = actions.register_move_in(person=person, **said, by=request.acting, at=request.at)
            return _registered(request, done, _("The move is recorded. The record is now kept here."))
    lead = _("For somebody whose record is kept in another area. Number and name must be those of the card.")
    return _form(request, form, _("Moved here from another area"), _("Record the move"), lead=lead)


@door("registry.register")
def register_death(request: StaffRequest, person: UUID) -> HttpResponse:
    """A death."""
    form = DeathForm(sent(request))
    return _about(request, person, form, actions.register_death, _("Record a death"), _("The death is recorded."))


@door("registry.register")
def register_move_in(request: StaffRequest, person: UUID) -> HttpResponse:
    """A move to another place in the area of the post."""
    form = MoveInForm(sent(request), areas=residences(request))
    return _about(request, person, form, actions.register_move_in, _("Record a move in"), _("The move is recorded."))


@door("registry.register")
def register_move_out(request: StaffRequest, person: UUID) -> HttpResponse:
    """A move away."""
    form = MoveOutForm(sent(request))
    return _about(request, person, form, actions.register_move_out, _("Record a move out"), _("The move is recorded."))


def sent(request: StaffRequest) -> Any:
    """What was sent, or what was typed here before a session ended, or None."""
    return request.POST if request.method == "POST" else typed(request)


def _about(
    request: StaffRequest, person: UUID, form: Any, act: Callable[..., Recorded], title: str, done: str
) -> HttpResponse:
    """A form about one person: act and go back to the record."""
    row = queries.person(request.scope, person)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            act(person=person, **form.values(), by=request.acting, at=request.at)
            return redirect("registry:person", done, person=person)
    return _form(request, form, title, title, row=row)


def _registered(request: StaffRequest, done: Recorded, message: str) -> HttpResponse:
    """On to the record of who was just registered, which its author need not ask for."""
    if done.about is None or not request.acting.may("registry.RecordOpened", done.area):
        return redirect("registry:people", message)
    actions.open_record(person=done.about, purpose=Purpose.REGISTRATION, by=request.acting, at=request.at)
    return redirect("registry:person", message, person=done.about)


def _mothers(request: StaffRequest, text: str, chosen: str) -> list[tuple[str, str]]:
    """Women found by the text, and the one chosen before, as choices."""
    found = [each.person for each in queries.search(request.scope, text, limit=_SEARCHED)] if text else []
    if not found and _is_id(chosen):
        found = queries.described(request.scope, queries.people(request.scope).filter(id=chosen))
    today = civil_day(request.at)
    areas = words.Areas((row.home for row in found), on=today)
    women = [row for row in found if row.sex is not Sex.MALE and (words.age(row, today) or 99) >= _YOUNGEST][:_OFFERED]
    return [(str(row.id), f"{row.name} · {row.birth_on or words.NOTHING} · {areas[row.home]}") for row in women]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _form(request: StaffRequest, form: Form, title: str, submit: str, **more: Any) -> HttpResponse:
    row = more.get("row")
    back = reverse("registry:person", kwargs={"person": row.id}) if row else reverse("registry:people")
    context = {"form": form, "title": title, "submit": submit, "cancel": back, **more}
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)
