"""Households: the page, and each way in which one changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.registry import actions, queries
from jiahe.registry.facts import Member, Relation
from jiahe.registry.forms import (
    RELATIONS,
    CancelForm,
    HouseholdForm,
    JoinForm,
    LeaveForm,
    MergeHouseholdsForm,
    MoveForm,
    RelationsForm,
    SplitForm,
)
from jiahe.registry.queries import HouseholdRow
from jiahe.registry.views import words
from jiahe.registry.views.choices import found_people, residences
from jiahe.registry.views.entries import sent
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect

_NEAR = 60


@door("registry.people")
def household(request: StaffRequest, household: UUID) -> HttpResponse:
    """Who belongs to it, where it is, and what happened to it."""
    row, today = queries.household(request.scope, household), civil_day(request.at)
    ever = queries.members_ever(request.scope, household)
    spend(request.acting, at=request.at, seen=len(ever))
    now = [each for each in ever if each.to_on is None]
    history = queries.household_history(request.scope, household)
    areas = words.Areas({row.home} | words.codes_in(history), on=today)
    authors = words.authors(request.scope, {(entry.officer, entry.post) for entry in history}, on=today)
    may = request.acting.may("registry.MembersSettled", row.home) and request.acting.reads("registry.register")
    context = {
        "row": row,
        "home": areas[row.home],
        "members": [(each, words.age(each.person, today), RELATIONS[each.relation]) for each in now],
        "former": [(each, RELATIONS[each.relation]) for each in ever if each.to_on is not None],
        "headless": bool(now) and all(each.relation is not Relation.HEAD for each in now),
        "history": [(entry, words.sentence(entry, areas), authors[entry.officer, entry.post]) for entry in history],
        "may": may,
    }
    return render(request, "registry/household.html", context)


@door("registry.register")
def form_household(request: StaffRequest, person: UUID) -> HttpResponse:
    """A household of one, who is its head; others join it from its page."""
    row, form = queries.person(request.scope, person), HouseholdForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            members = (Member(person, Relation.HEAD),)
            done = actions.form_household(
                **form.values(), area=row.area or row.home, members=members, by=request.acting, at=request.at
            )
            return redirect("registry:household", _("The household is formed."), household=done.fact.household)
    context = {
        "form": form,
        "row": row,
        "title": _("Form a household"),
        "submit": _("Form the household"),
        "lead": _("{name} is its head and leaves the household of before; others can join next.").format(name=row.name),
        "cancel": reverse("registry:person", kwargs={"person": person}),
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


@door("registry.register")
def join(request: StaffRequest, household: UUID) -> HttpResponse:
    """Somebody who lives in the area joins."""
    row, given = queries.household(request.scope, household), sent(request)
    form = JoinForm(given, found=found_people(request, given, JoinForm.asked))
    return _change(request, row, form, actions.settle_members, _("Somebody joins"), _("The household is changed."))


@door("registry.register")
def relations(request: StaffRequest, household: UUID) -> HttpResponse:
    """What each member is to the head: another head, or a relation that was wrong."""
    row = queries.household(request.scope, household)
    form = RelationsForm(sent(request), members=_members(request, household))
    said = _("The household is changed.")
    return _change(request, row, form, actions.settle_members, _("Head and relations"), said)


@door("registry.register")
def leave(request: StaffRequest, household: UUID) -> HttpResponse:
    """Members leave for no household."""
    row = queries.household(request.scope, household)
    form = LeaveForm(sent(request), members=_members(request, household))
    return _change(request, row, form, actions.leave_household, _("Somebody leaves"), _("The household is changed."))


@door("registry.register")
def split(request: StaffRequest, household: UUID) -> HttpResponse:
    """Some members part and form a household of their own."""
    row = queries.household(request.scope, household)
    form = SplitForm(sent(request), members=_members(request, household))
    lead = _("Tick those who part, and say what everybody is to the head of the household they then belong to.")
    return _change(
        request, row, form, actions.split_household, _("Split the household"), _("The household is split."), lead=lead
    )


@door("registry.register")
def move(request: StaffRequest, household: UUID) -> HttpResponse:
    """The household moves, its members with it."""
    row = queries.household(request.scope, household)
    form = MoveForm(sent(request), areas=residences(request), initial={"area": row.home, "address": row.address})
    return _change(request, row, form, actions.move_household, _("The household moves"), _("The household has moved."))


@door("registry.register")
def choose(request: StaffRequest, household: UUID) -> HttpResponse:
    """Which household of the same village is merged into this one."""
    row = queries.household(request.scope, household)
    near = list(queries.households(request.scope, row.home).exclude(id=household).order_by("address_key", "id")[:_NEAR])
    people = queries.members(request.scope, [each.id for each in near])
    rows = [
        (each, [person.name for person, _relation in people[each.id]])
        for each in queries.described_households(request.scope, near)
    ]
    return render(request, "registry/choose_household.html", {"row": row, "rows": rows, "full": len(near) == _NEAR})


@door("registry.register")
def merge(request: StaffRequest, household: UUID, other: UUID) -> HttpResponse:
    """All of the other household join this one."""
    row, _there = queries.household(request.scope, household), queries.household(request.scope, other)
    joining = [(who, said, "other" if is_ == "head" else is_) for who, said, is_ in _members(request, other)]
    form = MergeHouseholdsForm(sent(request), members=joining)
    lead = _("Say what each of those who join is to the head of this household.")

    def act(**keywords: Any) -> object:
        return actions.merge_households(other=other, **keywords)

    return _change(request, row, form, act, _("Merge with another"), _("The two are one household."), lead=lead)


@door("registry.register")
def cancel_change(request: StaffRequest, household: UUID, entry: UUID) -> HttpResponse:
    """The latest change did not happen as recorded."""
    row, form = queries.household(request.scope, household), CancelForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            reason = form.cleaned_data["reason"]
            actions.cancel_household_change(entry=entry, reason=reason, by=request.acting, at=request.at)
            return redirect("registry:people", _("The change is cancelled."))
    lead = _("It will no longer hold, and stays in the journal with your reason.")
    return _page(request, row, form, _("Cancel this change"), lead=lead, danger=True)


def _change(
    request: StaffRequest, row: HouseholdRow, form: Any, act: Callable[..., object], title: str, done: str, **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            act(household=row.id, **form.values(), by=request.acting, at=request.at)
            return redirect("registry:household", done, household=row.id)
    return _page(request, row, form, title, **more)


def _page(request: StaffRequest, row: HouseholdRow, form: Any, title: str, **more: Any) -> HttpResponse:
    areas = words.Areas([row.home], on=civil_day(request.at))
    context = {
        "form": form,
        "household": row,
        "home": areas[row.home],
        "title": title,
        "submit": title,
        "cancel": reverse("registry:household", kwargs={"household": row.id}),
        **more,
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


def _members(request: StaffRequest, household: UUID) -> list[tuple[str, str, str]]:
    rows = queries.members(request.scope, [household])[household]
    return [(str(row.id), f"{row.name} ({row.born or words.NOTHING})", relation.value) for row, relation in rows]
