"""One case: where it stands, whose turn it is, by when, what was brought, what happened, and what can be done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.registry import queries as registry
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.definitions import days
from jiahe.window.definitions.shapes import Source
from jiahe.window.forms import ReasonForm
from jiahe.window.problems import Recused
from jiahe.window.queries import CaseView
from jiahe.window.queries.holding import require_here
from jiahe.window.queries.open import barred
from jiahe.window.rules.clock import account, terms
from jiahe.window.rules.notices import hangs_until
from jiahe.window.rules.picture import picture
from jiahe.window.rules.receipts import shown
from jiahe.window.rules.story import OVER, Phase, Story, paused
from jiahe.window.views import words
from jiahe.window.views.opening import codes

_WIDE = 560
ANYWHERE = ("bring", "attach", "withdraw", "code")
"""What can be done to a case that another node decides: the addresses of its forms."""


@door("window.cases")
def case(request: StaffRequest, case: UUID) -> HttpResponse:
    """The case, or the question why; for who is recused, only the way to pass it on."""
    today = civil_day(request.at)
    try:
        if not queries.may_look(request.scope, case, at=request.at, on=today):
            return inspect(request, case)
    except Recused:
        return render(request, "window/recused.html", {"case": case, "mine": on_my_desk(request, case)}, status=403)
    view = queries.case(request.scope, case, on=today)
    story, service = view.story, view.story.service
    lines = queries.history(request.scope, case, on=today)
    signed = {(line.entry.officer, line.entry.post) for line in lines}
    desks = words.posts(
        {story.owner, *(stage.desk for stage in story.stages), *(getattr(e.entry.fact, "post", None) for e in lines)},
        on=today,
    )
    areas = {story.area, view.elsewhere, *(getattr(line.entry.fact, "area", "") for line in lines)}
    named = words.areas(areas, on=today)
    authors = words.authors(request.scope, signed, on=today)
    who = _applicant(request, story)
    whole = account(terms(service), story.run, story.calendar, today)
    limit = service.limit.promised + story.extended if service.limit else 0
    context = {
        "view": view,
        "story": story,
        "service": words.said(service.title),
        "number": shown(view.row.number),
        "who": who,
        "area": named.get(story.area, story.area),
        "elsewhere": named.get(view.elsewhere, ""),
        "phase": _(words.PHASES[story.phase]),
        "end": _(words.ENDS[story.end]) if story.end else "",
        "standing": _(words.STANDINGS[view.standing]) if view.standing else "",
        "colour": words.COLOURS[view.standing] if view.standing else "bg-secondary-lt",
        "stage": words.stage(service, story.stage.step) if story.stage else "",
        "desk": desks.get(story.stage.desk, "") if story.stage else "",
        "owner": desks.get(story.owner, ""),
        "due": story.due,
        "moved": story.promised_on is not None and story.promised_on != story.due.on,
        "used": whole.used,
        "paused_days": whole.paused,
        "limit": limit,
        "still": paused(story, today),
        "notice_until": hangs_until(story.step, story.stage.since, days()) if story.step and story.stage else None,
        "documents": _documents(view),
        "stages": [
            {
                "title": words.stage(service, each.step),
                "desk": desks.get(each.desk, ""),
                "each": each,
                "outcome": words.outcome(service, each.step, each.outcome),
                "late": each.ended_on is not None and each.ended_on > each.due.on,
                "overdue": each.ended_on is None and today > each.due.on,
            }
            for each in story.stages
        ],
        "history": [
            {
                "line": line,
                "said": words.sentence(line.entry.fact, service, desks, named),
                "why": words.reason(line.entry.why),
                "by": authors[line.entry.officer, line.entry.post],
            }
            for line in lines
        ],
        "may": _may(request, view, today),
        "remedy": words.said(service.remedy) if story.end or story.phase is Phase.DECLINED else "",
        "printed": bool(codes(request).get(str(case))),
        "drawn": drawn(request, story),
    }
    return render(request, "window/case.html", context)


@door("window.cases")
def inspect(request: StaffRequest, case: UUID) -> HttpResponse:
    """Say why one opens a case in which one has no step; then it opens, for three hours."""
    queries.may_look(request.scope, case, at=request.at, on=civil_day(request.at))  # refuses what lies elsewhere
    form = ReasonForm(request.POST if request.method == "POST" else typed(request))
    if not request.acting.reads("window.lead"):
        form = None  # type: ignore[assignment]
    elif request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.inspect_case(case=case, reason=form.cleaned_data["reason"], by=request.acting, at=request.at)
            return redirect("window:case", case=case)
    status = 200 if form is not None and not form.errors else (422 if form is not None else 403)
    return render(request, "window/inspect.html", {"form": form, "case": case}, status=status)


def drawn(request: Any, story: Story) -> str:
    """The process of the service, with the step the case stands at."""
    current = story.step.id if story.step else ""
    image = picture(story.service, request.policy.roles, language=get_language() or "en", current=current, wide=_WIDE)
    # our own drawing; every word in it is escaped there
    return mark_safe(image)  # noqa: S308


def on_my_desk(request: StaffRequest, case: UUID) -> bool:
    """Whether a case that is not shown lies on the officer's desk. Raises HeldElsewhere if it does, at another node."""
    today = civil_day(request.at)
    mine = queries.work(request.scope, queries.Which.MINE, on=today, whoever=True).filter(id=case).exists()
    if mine:
        require_here(case, on=today)
    return mine


def refuse_form_elsewhere(request: StaffRequest, *cases: UUID) -> None:
    """Raises HeldElsewhere when a form is asked for that could only be refused: it is for the node that decides. A form
    that was sent is refused by its action, so that what was typed stays on the page."""
    match = request.resolver_match
    if request.method != "POST" and match is not None and match.url_name not in ANYWHERE:
        require_here(*cases, on=civil_day(request.at))


def _applicant(request: StaffRequest, story: Story) -> Any:
    if story.opening.applicant is None:
        return None
    kept = registry.kept_as([story.opening.applicant])[story.opening.applicant]
    rows = registry.described(request.scope, registry.people(request.scope).filter(id=kept))
    return rows[0] if rows else None


def _documents(view: CaseView) -> list[dict[str, object]]:
    story = view.story
    return [
        {
            "title": words.said(each.title),
            "only_if": words.said(each.only_if),
            "held": each.source is Source.COUNTY,
            "brought": each.id in story.brought,
            "missing": each.id in story.awaited,
            "attached": [one for one in view.attachments if one.document == each.id],
        }
        for each in story.service.documents
    ] + (
        [{"title": _("Other"), "attached": other, "other": True}]
        if (other := [one for one in view.attachments if not one.document])
        else []
    )


def _may(request: StaffRequest, view: CaseView, today: date) -> dict[str, bool]:
    """What this officer can do now, and here; the actions decide again."""
    may = _may_where_it_lies(request, view, today)
    return may if not view.elsewhere else {each: may[each] for each in ANYWHERE}


def _may_where_it_lies(request: StaffRequest, view: CaseView, today: date) -> dict[str, bool]:
    story, by = view.story, request.acting
    may = {
        kind: by.may(f"window.{kind}", story.area)
        for kind in (
            *("MissingTold", "CaseAccepted", "CaseDeclined", "CaseHandedOver", "DocumentsBrought", "CaseWithdrawn"),
            *("AttachmentAdded", "CodeGiven", "ResultDelivered", "StepDecided", "ClockStopped", "CaseExtended"),
            *("DeskGiven",),
        )
    }
    owns = story.owner is None or str(story.owner) == by.post
    desk = story.step is not None and story.stage is not None and str(story.stage.desk) == by.post
    one_alone = story.step is not None and by.officer in barred(story, story.step)
    early = story.phase in (Phase.RECEIVED, Phase.INCOMPLETE)
    stopped = any(stop.until is None for stop in story.stops)
    extension = story.service.extension
    return {
        "tell": may["MissingTold"] and owns and story.phase is Phase.RECEIVED and story.told_on is None,
        "accept": may["CaseAccepted"] and owns and early,
        "decline": may["CaseDeclined"] and owns and early,
        "hand_over": may["CaseHandedOver"] and owns and early,
        "bring": may["DocumentsBrought"] and story.ended_on is None and bool(story.service.documents),
        "attach": may["AttachmentAdded"] and story.phase not in OVER,
        "withdraw": may["CaseWithdrawn"] and (early or story.phase is Phase.RUNNING),
        "code": may["CodeGiven"],
        "deliver": may["ResultDelivered"] and owns and story.phase is Phase.DECIDED,
        "decide": may["StepDecided"] and desk and not one_alone,
        "pass_on": desk and one_alone,
        "stop": may["ClockStopped"] and desk and not stopped and bool(story.service.pauses),
        "resume": may["ClockStopped"] and desk and stopped,
        "extend": may["CaseExtended"]
        and story.phase is Phase.RUNNING
        and extension is not None
        and extension.by == by.role
        and not story.extended
        and today <= story.due.on,
        "take": may["DeskGiven"]
        and story.step is not None
        and story.stage is not None
        and story.stage.desk is None
        and story.step.role == by.role,
        "assign": by.reads("window.lead") and story.step is not None,
    }
