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
from jiahe.registry.forms import (
    AdoptionForm,
    ArrivalForm,
    BirthForm,
    DeathForm,
    DivorceForm,
    GuardianForm,
    MarriageForm,
    MoveInForm,
    MoveOutForm,
    PersonForm,
)
from jiahe.registry.problems import LikelyDouble
from jiahe.registry.queries import PersonRow
from jiahe.registry.views import words
from jiahe.registry.views.asking import problems_asked, say, sure_of
from jiahe.registry.views.choices import found_people, residences
from jiahe.registry.views.reasons import JUST_REGISTERED
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.respond import redirect

_YOUNGEST = 10


@door("registry.register")
def register_person(request: StaffRequest) -> HttpResponse:
    """Somebody who lives here and is not registered yet."""
    given = sent(request)
    form = PersonForm(given, areas=residences(request))
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        with problems_asked(form):
            try:
                with transaction.atomic():
                    done = actions.register_person(
                        **form.values(), sure=sure_of(given), by=request.acting, at=request.at
                    )
                    return _registered(request, done, _("The person is registered."))
            except LikelyDouble as problem:
                found = _doubles(request, form, problem)
    lead = _("Search first: everybody is registered once.")
    return _form(request, form, _("Register a person"), _("Register"), lead=lead, doubles=found)


@door("registry.register")
def register_birth(request: StaffRequest) -> HttpResponse:
    """A new-born; the parents are looked for and chosen."""
    given = sent(request)
    people = found_people(request, given, BirthForm.asked, lambda name, row: _parent(request, name, row))
    form = BirthForm(given, areas=residences(request), found=people, initial={"mother": request.GET.get("mother")})
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        with problems_asked(form, birth_on="on"):
            try:
                with transaction.atomic():
                    done = actions.register_birth(
                        **form.values(), sure=sure_of(given), by=request.acting, at=request.at
                    )
                    return _registered(request, done, _("The birth is registered."))
            except LikelyDouble as problem:
                found = _doubles(request, form, problem)
    return _form(request, form, _("Register a birth"), _("Register the birth"), doubles=found)


@door("registry.register")
def register_arrival(request: StaffRequest) -> HttpResponse:
    """Somebody registered elsewhere has come with an identity card."""
    form = ArrivalForm(sent(request), areas=residences(request))
    if request.method == "POST" and form.is_valid():
        with problems_asked(form, identity_number="number"), transaction.atomic():
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


@door("registry.register")
def register_marriage(request: StaffRequest, person: UUID) -> HttpResponse:
    """A marriage; the spouse is looked for and chosen, or named."""
    given = sent(request)
    form = MarriageForm(given, found=_others(request, given, MarriageForm.asked, person))
    said = _("The marriage is recorded.")
    return _about(request, person, form, actions.register_marriage, _("Record a marriage"), said, sure=sure_of(given))


@door("registry.register")
def register_divorce(request: StaffRequest, person: UUID) -> HttpResponse:
    """A divorce."""
    form = DivorceForm(sent(request))
    return _about(request, person, form, actions.register_divorce, _("Record a divorce"), _("The divorce is recorded."))


@door("registry.register")
def register_adoption(request: StaffRequest, person: UUID) -> HttpResponse:
    """An adoption; the parents are looked for and chosen."""
    given = sent(request)
    form = AdoptionForm(given, found=_others(request, given, AdoptionForm.asked, person))
    said = _("The adoption is recorded.")
    return _about(request, person, form, actions.register_adoption, _("Record an adoption"), said)


@door("registry.register")
def name_guardian(request: StaffRequest, person: UUID) -> HttpResponse:
    """Who is a person's guardian."""
    given = sent(request)
    form = GuardianForm(given, found=_others(request, given, GuardianForm.asked, person))
    said = _("The guardian is recorded.")
    return _about(request, person, form, actions.name_guardian, _("Record a guardian"), said)


def sent(request: StaffRequest) -> Any:
    """What was sent, or what was typed here before a session ended, or None."""
    return request.POST if request.method == "POST" else typed(request)


def _about(
    request: StaffRequest, person: UUID, form: Any, act: Callable[..., object], title: str, done: str, **more: Any
) -> HttpResponse:
    """A form about one person: act and go back to the record."""
    row = queries.person(request.scope, person)
    if request.method == "POST" and form.is_valid():
        with problems_asked(form), transaction.atomic():
            act(person=person, **form.values(), **more, by=request.acting, at=request.at)
            return redirect("registry:person", done, person=person)
    return _form(request, form, title, title, row=row)


def _registered(request: StaffRequest, done: Recorded, message: str) -> HttpResponse:
    """On to the record of who was just registered, which its author need not ask for."""
    if done.about is None or not request.acting.may("registry.RecordOpened", done.area):
        return redirect("registry:people", message)
    actions.open_record(
        person=done.about,
        purpose=Purpose.REGISTRATION,
        reason=JUST_REGISTERED,
        outside=not request.acting.cares,
        by=request.acting,
        at=request.at,
    )
    return redirect("registry:person", message, person=done.about)


def _doubles(request: StaffRequest, form: Form, problem: LikelyDouble) -> list[Any]:
    """Asks whether it is one of those much like this one, and shows those in the scope."""
    say(form, problem)
    rows = queries.shown(request.scope, problem.values["doubles"])  # type: ignore[arg-type]
    areas = words.Areas((each.person.home for each in rows), on=civil_day(request.at))
    return [
        (each.person, words.sex(each.person), areas[each.person.home], [_(words.REASONS[why]) for why in each.reasons])
        for each in rows
    ]


def _parent(request: StaffRequest, name: str, row: PersonRow) -> bool:
    """Whether a row can be offered as this parent."""
    wrong = Sex.MALE if name == "mother" else Sex.FEMALE
    return row.sex is not wrong and (words.age(row, civil_day(request.at)) or 99) >= _YOUNGEST


def _others(
    request: StaffRequest, given: Any, names: tuple[str, ...], person: UUID
) -> dict[str, list[tuple[str, str]]]:
    """People to choose from, without the person the form is about."""
    return found_people(request, given, names, lambda name, row: row.id != person)


def _form(request: StaffRequest, form: Form, title: str, submit: str, **more: Any) -> HttpResponse:
    row = more.get("row")
    back = reverse("registry:person", kwargs={"person": row.id}) if row else reverse("registry:people")
    context = {"form": form, "title": title, "submit": submit, "cancel": back, **more}
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)
