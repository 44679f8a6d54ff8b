"""Posts: who holds what, since when, and every change of hands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiahe.basis.problem import N_
from jiahe.places import queries as places
from jiahe.staff import actions, queries
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.forms.posts import AssignForm, CreatePostForm, DayForm, DeputyForm, HandOverForm
from jiahe.staff.problems import NobodyHolds
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.staff.views import choices
from jiahe.ui.paging import keyset
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect


@door("staff.posts")
def posts(request: StaffRequest) -> HttpResponse:
    """The posts in scope, by area; `?area=` narrows them."""
    today, within = civil_day(request.at), request.GET.get("area", "")
    found = queries.posts(request.scope, on=today, within=within)
    page = keyset(found, request, by=("here", "role", "id"))
    rows = queries.described(page.rows, on=today)
    areas = choices.full_names((row.area for row in rows), on=today)
    context = {
        "page": page,
        "rows": [(row, areas[row.area]) for row in rows],
        "homeless": queries.to_reassign(request.scope, on=today),
        "areas": choices.grouped(choices.areas(request)),
        "manages": request.acting.reads("staff.manage"),
        "within": within,
    }
    return render(request, "staff/posts.html", context)


@door("staff.posts")
def post(request: StaffRequest, post: UUID) -> HttpResponse:
    """One post: holder, deputies, open duties, and everybody who held it before."""
    row, today = _row(request, post), civil_day(request.at)
    may = {verb: request.acting.may(f"staff.{verb}", row.area) for verb in ("PostHeld", "DeputyNamed", "DutyGiven")}
    context = {
        "post": row,
        "closed": row.closed_on is not None and row.closed_on <= today,
        "role": request.policy.roles.get(row.role),
        "area": _area(row, today),
        "became": _became(row, today),
        "facility": places.facility(row.facility, on=today) if row.facility else None,
        "holders": queries.holders(request.scope, post),
        "duties": queries.open_duties(request.scope, post=post),
        "may": may,
        "today": today,
    }
    return render(request, "staff/post.html", context)


@door("staff.manage")
def create_post(request: StaffRequest) -> HttpResponse:
    """Create a post."""
    offered = {
        "role": choices.chosen_from(choices.roles(request)),
        "area": choices.chosen_from(choices.areas(request)),
        "facility": choices.facilities(request),
    }
    form = CreatePostForm(_sent(request), choices=offered, initial={"on": civil_day(request.at)})
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            role = request.policy.roles[form.cleaned_data.pop("role")]
            made = actions.create_post(role=role, by=request.acting, at=request.at, **form.cleaned_data)
            return redirect("staff:post", _("The post is created. Now give it to an officer."), post=made)
    return _form(request, form, _("Create a post"), _("Create"), "staff:posts")


@door("staff.manage")
def assign(request: StaffRequest, post: UUID) -> HttpResponse:
    """Give a vacant post to an officer."""
    form = AssignForm(_sent(request), choices={"officer": choices.officers(request)}, initial=_today(request))
    return _act(
        request, post, form, actions.assign_post, N_("Give the post to an officer"), N_("The post is assigned.")
    )


@door("staff.manage")
def hand_over(request: StaffRequest, post: UUID) -> HttpResponse:
    """Hand the post, with its open duties, to a successor."""
    row = _row(request, post)
    if row.vacant:
        raise NobodyHolds
    form = HandOverForm(_sent(request), choices={"taker": choices.officers(request)}, initial=_today(request))
    more: dict[str, Any] = {"duties": queries.open_duties(request.scope, post=post), "holder": row.holder}
    done = N_("The post is handed over, with its open duties.")
    return _act(request, post, form, actions.hand_over_post, N_("Hand the post over"), done, **more)


@door("staff.manage")
def vacate(request: StaffRequest, post: UUID) -> HttpResponse:
    """The holder gives the post up and nobody follows yet."""
    form = DayForm(_sent(request), initial=_today(request))
    return _act(request, post, form, actions.vacate_post, N_("Leave the post vacant"), N_("The post is vacant."))


@door("staff.manage")
def close(request: StaffRequest, post: UUID) -> HttpResponse:
    """There is no such post from a day on."""
    form = DayForm(_sent(request), initial=_today(request))
    return _act(request, post, form, actions.close_post, N_("Close the post"), N_("The post is closed."), danger=True)


@door("staff.posts")
def name_deputy(request: StaffRequest, post: UUID) -> HttpResponse:
    """Name a deputy for some days."""
    first = {"starts_on": civil_day(request.at)}
    form = DeputyForm(_sent(request), choices={"officer": choices.officers(request)}, initial=first)
    return _act(request, post, form, actions.name_deputy, N_("Name a deputy"), N_("The deputy is named."))


@door("staff.posts")
@require_POST
def end_deputy(request: StaffRequest, post: UUID, deputation: UUID) -> HttpResponse:
    """The deputation ends today."""
    actions.end_deputy(post=post, deputation=deputation, by=request.acting, at=request.at)
    return redirect("staff:post", _("The deputation has ended."), post=post)


def _act(
    request: StaffRequest, post: UUID, form: Form, action: Any, heading: str, done: str, **more: Any
) -> HttpResponse:
    """Show the form of one action on a post; when it was sent and the action succeeds, go back to the post."""
    row = _row(request, post)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            action(post=post, by=request.acting, at=request.at, **form.cleaned_data)
            return redirect("staff:post", _(done), post=post)
    area = _area(row, civil_day(request.at))
    return _form(request, form, _(heading), _(heading), "staff:post", post=row, area=area, **more)


def _form(request: StaffRequest, form: Form, heading: str, submit: str, back: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "back": back, **more}
    return render(request, "staff/post_form.html", context, status=422 if request.method == "POST" else 200)


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else typed(request)


def _today(request: StaffRequest) -> dict[str, date]:
    return {"on": civil_day(request.at)}


def _row(request: StaffRequest, post: UUID) -> queries.PostRow:
    return queries.post(request.scope, post, on=civil_day(request.at))


def _area(row: queries.PostRow, on: date) -> str:
    return choices.full_names([row.area], on=on)[row.area]


def _became(row: queries.PostRow, on: date) -> list[str] | None:
    """What the post's area became, by name, if it is no more: its work must go on somewhere else."""
    (now,) = places.present([row.area], on=on).values()
    if now == (row.area,) or row.area not in places.named([row.area], on=on):
        return None
    names = choices.full_names(now, on=on)
    return [names[code] for code in now]
