"""What is done to one case, each on a form of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.definitions.shapes import PauseReason, Source
from jiahe.window.facts import Channel
from jiahe.window.forms import (
    BroughtForm,
    ConfirmForm,
    DecideForm,
    DeliverForm,
    ExtendForm,
    HandOverForm,
    MissingForm,
    ReasonForm,
    StopForm,
)
from jiahe.window.problems import CaseUnknown
from jiahe.window.rules.receipts import shown
from jiahe.window.rules.story import Story
from jiahe.window.rules.walking import open_outcomes
from jiahe.window.views import words
from jiahe.window.views.case import on_my_desk, refuse_form_elsewhere
from jiahe.window.views.opening import keep_code


@door("window.cases")
def tell_missing(request: StaffRequest, case: UUID) -> HttpResponse:
    """One notice with everything that is missing."""
    story = _story(request, case)
    asked = [each for each in story.service.documents if each.source is Source.APPLICANT]
    left = [(each.id, words.said(each.title)) for each in asked if each.id not in story.brought]
    always = [each.id for each in asked if each.id not in story.brought and not str(each.only_if)]
    form = MissingForm(_sent(request), documents=left, initial={"missing": always})
    said = _("The applicant is told. Print the notice: it lists all that is missing.")
    return _form(request, case, story, form, actions.tell_missing, _("Tell what is missing"), said)


@door("window.cases")
def bring(request: StaffRequest, case: UUID) -> HttpResponse:
    """What the applicant brought since."""
    story = _story(request, case)
    asked = [each for each in story.service.documents if each.source is Source.APPLICANT]
    left = [(each.id, words.said(each.title)) for each in asked if each.id not in story.brought]
    form = BroughtForm(_sent(request), documents=left)
    return _form(request, case, story, form, actions.bring_documents, _("Documents brought"), _("It is recorded."))


@door("window.cases")
def accept(request: StaffRequest, case: UUID) -> HttpResponse:
    """The promised days begin."""
    story = _story(request, case)
    form = ConfirmForm(_sent(request))
    lead = _("The promised days begin on the next working day, and the first step goes to its desk.")
    said = _("The case is accepted. Print the receipt with the promised day.")
    return _form(request, case, story, form, actions.accept_case, _("Accept"), said, lead=lead)


@door("window.cases")
def decline(request: StaffRequest, case: UUID) -> HttpResponse:
    """Not accepted, with the reason."""
    story = _story(request, case)
    lead = _("Nobody is sent away: if another office is right, hand over. The reason goes to your superior too.")
    form, title = ReasonForm(_sent(request)), _("Do not accept")
    return _form(request, case, story, form, actions.decline_case, title, _("It is recorded."), lead=lead, danger=True)


@door("window.cases")
def hand_over(request: StaffRequest, case: UUID) -> HttpResponse:
    """To the office of another area."""
    story = _story(request, case)
    today, county = civil_day(request.at), story.area[:6]
    language = get_language() or "en"
    rows = [*places.areas(within=county, level=Level.COUNTY, on=today)]
    rows += places.areas(within=county, level=Level.TOWNSHIP, on=today)
    options = [(row.code, row.name.in_language(language)) for row in rows if row.code != story.area]
    form = HandOverForm(_sent(request), areas=options)
    said = _("The case is handed over. Print the receipt: it says where it is now.")
    return _form(request, case, story, form, actions.hand_over_case, _("Hand over"), said, then="window:work")


@door("window.cases")
def decide(request: StaffRequest, case: UUID) -> HttpResponse:
    """How the step came out; for the last one, the decision."""
    story = _story(request, case)
    outcomes = [(each.id, words.said(each.title)) for each in open_outcomes(story.service, story.taken)]
    form = DecideForm(_sent(request), outcomes=outcomes if story.step else [])
    title = words.stage(story.service, story.step.id) if story.step else _("Decide")
    return _form(request, case, story, form, actions.decide_step, title, _("It is decided."), submit=_("Decide"))


@door("window.cases")
def stop(request: StaffRequest, case: UUID) -> HttpResponse:
    """The clock stands still."""
    story = _story(request, case)
    reasons = [(each.reason, words.said(each.title)) for each in story.service.pauses]
    form = StopForm(_sent(request), reasons=reasons)

    def act(*, reason: str, note: str, **more: Any) -> object:
        return actions.stop_clock(reason=PauseReason(reason), note=note, **more)

    lead = _("The days it may stand still are limited; then it goes on by itself.")
    return _form(request, case, story, form, act, _("Stop the clock"), _("The clock stands still."), lead=lead)


@door("window.cases")
def resume(request: StaffRequest, case: UUID) -> HttpResponse:
    """The clock goes on."""
    form, title = ConfirmForm(_sent(request)), _("Set the clock going")
    return _form(request, case, _story(request, case), form, actions.resume_clock, title, _("The clock goes on."))


@door("window.cases")
def extend(request: StaffRequest, case: UUID) -> HttpResponse:
    """More working days, once."""
    story = _story(request, case)
    most = story.service.extension.days if story.service.extension else 1
    form = ExtendForm(_sent(request), most=most)
    return _form(request, case, story, form, actions.extend_case, _("Extend the limit"), _("The limit is extended."))


@door("window.cases")
def withdraw(request: StaffRequest, case: UUID) -> HttpResponse:
    """The applicant wants it no more."""
    lead = _("At the applicant's wish. No reason is asked, and he may apply again at any time.")
    story, form, title = _story(request, case), ConfirmForm(_sent(request)), _("Withdraw")
    done = _("The case is withdrawn.")
    return _form(request, case, story, form, actions.withdraw_case, title, done, lead=lead, danger=True)


@door("window.cases")
def deliver(request: StaffRequest, case: UUID) -> HttpResponse:
    """The result is in the applicant's hand."""

    def act(*, channel: str, **more: Any) -> object:
        return actions.deliver_result(channel=Channel(channel), **more)

    form, title = DeliverForm(_sent(request)), _("Hand over the result")
    return _form(request, case, _story(request, case), form, act, title, _("The case is closed."))


@door("window.cases")
def take(request: StaffRequest, case: UUID) -> HttpResponse:
    """A step that lies on nobody's desk comes to mine."""
    form, title = ConfirmForm(_sent(request)), _("Take the step")
    return _form(request, case, _story(request, case), form, actions.take_step, title, _("It is on your desk now."))


@door("window.cases")
def pass_on(request: StaffRequest, case: UUID) -> HttpResponse:
    """An officer who has no part in the case gives it to the next post; nothing of it is shown."""
    if not on_my_desk(request, case):
        raise CaseUnknown
    if request.method == "POST":
        with transaction.atomic():
            actions.pass_on(case=case, by=request.acting, at=request.at)
        return redirect("window:work", _("The case lies with the next post."))
    return render(request, "window/recused.html", {"case": case, "mine": True})


@door("window.cases")
def code(request: StaffRequest, case: UUID) -> HttpResponse:
    """A new word for the receipt, for who has lost it."""

    def act(**names: Any) -> object:
        keep_code(request, case, actions.give_code(**names))
        return None

    lead = _("The code on the old receipt is good no more.")
    story, form, title = _story(request, case), ConfirmForm(_sent(request)), _("Make a new code")
    done = _("Print the new receipt.")
    return _form(request, case, story, form, act, title, done, lead=lead, then="window:receipt")


def _form(
    request: StaffRequest,
    case: UUID,
    story: Story,
    form: Form,
    act: Callable[..., object],
    title: str,
    done: str,
    *,
    submit: str = "",
    then: str = "window:case",
    **more: Any,
) -> HttpResponse:
    """A form about one case: act, and go back to it."""
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            act(case=case, **form.cleaned_data, by=request.acting, at=request.at)
            return redirect(then, done, **({} if then == "window:work" else {"case": case}))
    context = {
        "form": form,
        "title": title,
        "submit": submit or title,
        "case": case,
        "number": shown(story.opening.number),
        "service": words.said(story.service.title),
        "cancel": reverse("window:case", kwargs={"case": case}),
        **more,
    }
    return render(request, "window/form.html", context, status=422 if form.errors else 200)


def _story(request: StaffRequest, case: UUID) -> Story:
    """The case, for who may look into it. Raises CaseUnknown, Recused, HeldElsewhere."""
    today = civil_day(request.at)
    if not queries.may_look(request.scope, case, at=request.at, on=today):
        raise CaseUnknown
    refuse_form_elsewhere(request, case)
    return queries.case(request.scope, case, on=today).story


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else typed(request)
