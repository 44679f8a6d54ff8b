"""Pictures and files of documents: kept with a case, and shown to who may look into it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.journal import blobs
from jiahe.journal.attachments import MOST_BYTES
from jiahe.journal.problems import AttachmentTooLarge
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.oversize import takes
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect
from jiahe.window import actions, queries
from jiahe.window.definitions.shapes import Source
from jiahe.window.forms import AttachForm
from jiahe.window.problems import CaseUnknown
from jiahe.window.rules.receipts import shown
from jiahe.window.views import words


@door("window.cases")
@takes(MOST_BYTES, AttachmentTooLarge)
def attach(request: StaffRequest, case: UUID) -> HttpResponse:
    """Keep a photograph or a paper with the case."""
    today = civil_day(request.at)
    if not queries.may_look(request.scope, case, at=request.at, on=today):
        raise CaseUnknown
    story = queries.case(request.scope, case, on=today).story
    asked = [(each.id, words.said(each.title)) for each in story.service.documents if each.source is Source.APPLICANT]
    sent = request.POST if request.method == "POST" else None
    form = AttachForm(sent, request.FILES or None, documents=[*asked, ("", _("Something else"))])
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with problems_on(form), transaction.atomic():
            actions.attach(
                case=case,
                document=form.cleaned_data["document"],
                name=file.name,
                content=file.read(),
                by=request.acting,
                at=request.at,
            )
            return redirect(
                "window:case", _("It is kept, encrypted, without place and hour of the photograph."), case=case
            )
    context = {
        "form": form,
        "title": _("Attach a picture or file"),
        "submit": _("Keep it"),
        "case": case,
        "number": shown(story.opening.number),
        "service": words.said(story.service.title),
        "cancel": reverse("window:case", kwargs={"case": case}),
    }
    return render(request, "window/form.html", context, status=422 if form.errors else 200)


@door("window.cases")
def attachment(request: StaffRequest, case: UUID, entry: UUID) -> HttpResponse:
    """The content of one; a paper is given out to be kept, never shown inside a page."""
    today = civil_day(request.at)
    if not queries.may_look(request.scope, case, at=request.at, on=today):
        raise CaseUnknown
    found = next(
        (each for each in queries.case(request.scope, case, on=today).attachments if each.entry == entry), None
    )
    if found is None:
        raise CaseUnknown
    picture = found.media.startswith("image/")
    ending = found.media.rpartition("/")[2]
    return HttpResponse(
        blobs.content(found.blob),
        content_type=found.media,
        headers={
            "Content-Disposition": f'{"inline" if picture else "attachment"}; filename="{found.blob[:12]}.{ending}"',
            "Cache-Control": "no-store",
        },
    )
