"""One record: the facts of the stage, what was said of it, and what can be said now."""

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

from jiahe.conduct import actions, queries
from jiahe.conduct.definitions import leaders
from jiahe.conduct.facts import Finding, Ruling
from jiahe.conduct.forms import AppealForm, DecideForm, ExplainForm, JudgeForm
from jiahe.conduct.queries import Record
from jiahe.conduct.rules.parties import may_judge, may_review, may_speak, seat
from jiahe.conduct.rules.record import State
from jiahe.conduct.views import words
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import queries as window
from jiahe.window.definitions.shapes import PauseReason
from jiahe.window.rules.receipts import shown
from jiahe.window.views import words as cases


@door("conduct.record")
def record(request: StaffRequest, case: UUID, n: int) -> HttpResponse:
    """The record, for the post that answers and for who leads or reviews it."""
    today, found = civil_day(request.at), _found(request, case, n)
    view = window.case(request.scope, case, on=today)
    signed = {(each.officer, each.by_post) for each in found.said}
    authors = cases.authors(request.scope, signed, on=today)
    context = {
        "record": found,
        "line": words.lines([found], on=today)[0],
        "then": cases.posts({found.post}, on=found.due_on).get(found.post, ""),
        "desks": words.desks(view, n, on=today),
        "extended": view.story.extended,
        "number": shown(view.row.number),
        "stops": [(_(cases.REASONS[PauseReason(each.reason)]), each) for each in view.story.stops],
        "said": [
            {
                "row": each,
                "what": words.said(each),
                "by": authors[each.officer, each.by_post],
                "vain": each.entry in found.upshot.vain,
            }
            for each in found.said
        ],
        "may": _may(request, found),
        "opens": request.acting.reads("window.cases"),
        "leads": request.acting.reads("conduct.judge"),
        "unheard": found.state is State.OPEN and today <= found.heard_until,
    }
    return render(request, "conduct/record.html", context)


@door("conduct.own")
def explain(request: StaffRequest, case: UUID, n: int) -> HttpResponse:
    """How it came about."""
    lead = _("Whoever judges must read this first. You can add to it until it is judged.")
    form, said = ExplainForm(_sent(request)), _("Your explanation is recorded.")
    return _form(request, case, n, form, actions.explain_lateness, _("Explain"), said, lead)


@door("conduct.judge")
def judge(request: StaffRequest, case: UUID, n: int) -> HttpResponse:
    """Whether the post answers for it."""
    lead = _("The post may appeal within fifteen days; then another officer decides.")
    form, said = JudgeForm(_sent(request)), _("The judgement is recorded.")
    return _form(request, case, n, form, actions.judge_lateness, _("Judge"), said, lead)


@door("conduct.own")
def appeal(request: StaffRequest, case: UUID, n: int) -> HttpResponse:
    """Have it looked at again."""
    lead = _("Another officer than who judged decides.")
    form, said = AppealForm(_sent(request)), _("Your appeal is recorded.")
    return _form(request, case, n, form, actions.appeal_judgement, _("Appeal"), said, lead)


@door("conduct.judge")
def decide(request: StaffRequest, case: UUID, n: int) -> HttpResponse:
    """Whether the judgement stands."""
    lead = _("Your decision is final in this house. It takes no other remedy from anybody.")
    form, said = DecideForm(_sent(request)), _("The decision is recorded.")
    return _form(request, case, n, form, actions.decide_appeal, _("Decide the appeal"), said, lead)


def _form(
    request: StaffRequest, case: UUID, n: int, form: Form, act: Callable[..., Any], title: str, said: str, lead: str
) -> HttpResponse:
    today, found = civil_day(request.at), _found(request, case, n)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            act(case=case, n=n, **_values(form), by=request.acting, at=request.at)
            return redirect("conduct:record", said, case=case, n=n)
    context = {
        "form": form,
        "title": title,
        "submit": title,
        "lead": lead,
        "line": words.lines([found], on=today)[0],
        "cancel": reverse("conduct:record", kwargs={"case": case, "n": n}),
        "said": [(words.said(each), each.words) for each in found.said],
    }
    return render(request, "conduct/form.html", context, status=422 if form.errors else 200)


def _found(request: StaffRequest, case: UUID, n: int) -> Record:
    whole = request.acting.reads("conduct.judge")
    return queries.record(request.scope, case, n, on=civil_day(request.at), whole=whole)


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else typed(request)


def _values(form: Form) -> dict[str, Any]:
    """The keywords of the action."""
    kinds = {"finding": Finding, "ruling": Ruling, "words": str}
    return {name: kinds[name](value) for name, value in form.cleaned_data.items()}


def _may(request: StaffRequest, found: Record) -> dict[str, bool]:
    """What this officer can do now; the actions decide again."""
    today, by = civil_day(request.at), request.acting
    them = queries.concerned(request.scope, found, on=today)
    if them is None:
        return {}
    who = seat(by.officer, by.post, by.role, by.area, leaders())
    judge = queries.judge_of(request.scope, found, on=today)
    early = found.state in (State.OPEN, State.EXPLAINED)
    speaks, appealed = may_speak(who, them), found.state is State.APPEALED
    return {
        "explain": early and speaks and by.may("conduct.LatenessExplained", found.area),
        "judge": early and by.may("conduct.LatenessJudged", found.area) and may_judge(who, them),
        "appeal": found.state is State.JUDGED and speaks and by.may("conduct.JudgementAppealed", found.area),
        "decide": appealed
        and judge is not None
        and by.may("conduct.AppealDecided", found.area)
        and may_review(who, them, judge),
    }
