"""Receiving somebody, on one page: who, for what, with which documents. And the receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.journal.attachments import MOST_BYTES
from jiahe.journal.problems import AttachmentTooLarge
from jiahe.registry import queries as registry
from jiahe.staff.doors import door
from jiahe.staff.drafts import typed
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.oversize import takes
from jiahe.ui.problems import problems_on
from jiahe.ui.qr import qr
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.definitions import days, services
from jiahe.window.definitions.shapes import Service, Source
from jiahe.window.facts import Channel
from jiahe.window.forms import OpenForm
from jiahe.window.rules.clock import Run, due, terms
from jiahe.window.rules.receipts import shown
from jiahe.window.views import words

CODES = "window.codes"
"""Session key: the words of receipts this officer has made and not printed yet, by case."""
_OFFERED = 10


@door("window.cases")
def choose(request: StaffRequest) -> HttpResponse:
    """Which service somebody asks for."""
    today = civil_day(request.at)
    offered = [(each, words.said(each.title), words.said(each.applicants)) for each in services().on(today)]
    return render(request, "window/choose.html", {"services": offered, "person": request.GET.get("applicant", "")})


@door("window.cases")
@takes(2 * MOST_BYTES, AttachmentTooLarge)
def open_case(request: StaffRequest, service: str) -> HttpResponse:
    """The intake of one service."""
    today = civil_day(request.at)
    found = services().one(service, today)
    sent: Any = request.POST if request.method == "POST" else typed(request)
    people = _people(request, sent or request.GET)
    asked = [each for each in found.documents if each.source is Source.APPLICANT]
    finding = "find" in (sent or {})
    form = OpenForm(
        None if finding else sent,
        None if finding else request.FILES or None,
        found=people,
        files=[(each.id, words.said(each.title)) for each in asked],
        documents=[(each.id, _document(each)) for each in asked],
        words=not found.documents and found.limit is not None,
        named=found.names_applicant or found.limit is not None,
        initial=_typed_so_far(sent, people) if finding else {"applicant": request.GET.get("applicant")},
    )
    if request.method == "POST" and not finding and form.is_valid():
        with problems_on(form), transaction.atomic():
            said = form.cleaned_data
            case, code = actions.open_case(
                service=found.id,
                applicant=UUID(said["applicant"]) if said.get("applicant") else None,
                documents=said.get("documents", ()),
                channel=Channel(said["channel"]),
                words=said.get("words", ""),
                by=request.acting,
                at=request.at,
            )
            keep_code(request, case, code)
            for each in asked:
                if file := said.get(f"file_{each.id}"):
                    given = {"document": each.id, "name": file.name, "content": file.read()}
                    actions.attach(case=case, **given, by=request.acting, at=request.at)
            return redirect("window:case", _("The case is received. Print the receipt."), case=case)
    held = [each for each in found.documents if each.source is Source.COUNTY]
    context = {
        "form": form,
        "named": "applicant_text" in form.fields,
        "title": words.said(found.title),
        "applicants": words.said(found.applicants),
        "held": [words.said(each.title) for each in held],
        "looked_for": bool((sent or {}).get("applicant_text")) and not people,
        "cancel": reverse("window:choose"),
    }
    return render(request, "window/open.html", context, status=422 if form.errors else 200)


@door("window.cases")
def receipt(request: StaffRequest, case: UUID) -> HttpResponse:
    """What the applicant takes home: number, code, promised day, and how to follow the case."""
    today = civil_day(request.at)
    if not queries.may_look(request.scope, case, at=request.at, on=today):
        return redirect("window:case", case=case)
    view = queries.case(request.scope, case, on=today)
    story = view.story
    latest = due(terms(story.service), Run(story.tell_by), days()) if story.service.limit else None
    address = request.build_absolute_uri(reverse("window:track"))
    context = {
        "view": view,
        "story": story,
        "service": words.said(story.service.title),
        "number": shown(view.row.number),
        "code": codes(request).get(str(case), ""),
        "promised": story.promised_on,
        "latest": latest,
        "missing": [each for each in _documents(story.service) if each[0] in story.awaited],
        "brought": [title for id_, title in _documents(story.service) if id_ in story.brought],
        "office": words.posts({story.owner}, on=today).get(story.owner, ""),
        "remedy": words.said(story.service.remedy),
        "phase": _(words.PHASES[story.phase]),
        "address": address,
        "drawn": qr(f"{address}#{view.row.number}"),
        "reason": story.reason,
    }
    return render(request, "window/receipt.html", context)


def keep_code(request: StaffRequest, case: UUID, code: str) -> None:
    """Remember the word in the officer's session, so that the receipt can be printed; the journal has its digest."""
    request.session[CODES] = {**dict(list(codes(request).items())[-20:]), str(case): code}


def codes(request: StaffRequest) -> dict[str, str]:
    """The words kept, by case."""
    found: dict[str, str] = request.session.get(CODES, {})
    return found


def _typed_so_far(sent: Any, people: list[tuple[str, str]]) -> dict[str, Any]:
    """What was typed before a person was looked for, and the only one found; files are chosen again."""
    only = {"applicant": people[0][0]} if len(people) == 1 else {}
    return {**sent.dict(), "documents": sent.getlist("documents"), **only}


def _people(request: StaffRequest, given: Any) -> list[tuple[str, str]]:
    """Those whom the typed text fits, or the one chosen before."""
    text, chosen = given.get("applicant_text", ""), given.get("applicant", "")
    today = civil_day(request.at)
    rows = [each.person for each in registry.search(request.scope, text, limit=_OFFERED)] if text else []
    if not rows and _is_id(chosen):
        rows = registry.described(request.scope, registry.people(request.scope).filter(id=chosen))
    named = words.areas({row.home for row in rows}, on=today)
    return [(str(row.id), " · ".join(filter(None, (row.name, row.born, named.get(row.home))))) for row in rows]


def _document(document: Any) -> str:
    title = words.said(document.title)
    return f"{title} ({words.said(document.only_if)})" if str(document.only_if) else title


def _documents(service: Service) -> list[tuple[str, str]]:
    return [(each.id, _document(each)) for each in service.documents]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
