"""From a file to a report: bring it, say what its columns hold, check it a portion at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiahe.exchange import actions, queries, words
from jiahe.exchange.columns import Column
from jiahe.exchange.forms import ColumnsForm, FileForm
from jiahe.exchange.models import Import, Step, Verdict
from jiahe.exchange.problems import FileTooLarge
from jiahe.exchange.queries import Judged, Progress
from jiahe.exchange.reading import limits
from jiahe.exchange.views.choices import residences
from jiahe.journal.once import not_once
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.ui.oversize import takes
from jiahe.ui.paging import keyset
from jiahe.ui.problems import in_words, problems_on
from jiahe.ui.respond import redirect

_RECENT, _SHOWN, _SAMPLES = 30, 50, 3
_KINDS = (Verdict.REFUSED, Verdict.DOUBLE, Verdict.KNOWN, Verdict.ACCEPTED, Verdict.TAKEN)


@door("exchange.import")
@not_once
@takes(limits.FILE_BYTES, FileTooLarge)
def imports(request: StaffRequest) -> HttpResponse:
    """The files brought for this area, and a form for the next. A file is read before anybody has to wait for it; the
    same file sent twice is one import."""
    actions.empty_old(at=request.at)
    form = FileForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            file = form.cleaned_data["file"]
            row = actions.bring(name=file.name, content=file.read(), by=request.acting, at=request.at)
            return redirect("exchange:columns" if row.step == Step.COLUMNS else "exchange:brought", brought=row.id)
    recent = queries.imports(request.scope).order_by("-at")[:_RECENT]
    rows = [
        (row, row.name if queries.reads_rows(request.scope, row) else "", _(words.STEPS[Step(row.step)]))
        for row in recent
    ]
    return render(request, "exchange/imports.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@door("exchange.import")
def columns(request: StaffRequest, brought: UUID) -> HttpResponse:
    """What each column holds: guessed, shown beside the first rows, and changed by who knows."""
    row = queries.opened(request.scope, brought, Step.COLUMNS, Step.CHECKING, Step.CHECKED)
    headings = queries.headings_of(row)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        headings=headings,
        guessed=queries.columns_of(row),
        areas=residences(request, within=row.area),
        area=row.usual_area,
        since=row.usual_since,
    )
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            area, since = form.usual()
            actions.choose_columns(
                brought=brought, columns=form.columns(), area=area, since=since, by=request.acting, at=request.at
            )
            return redirect("exchange:brought", brought=brought)
    samples = queries.samples(request.scope, brought, most=_SAMPLES)
    shown = [
        (form[f"column_{place}"], [cells[place] for cells in samples if place < len(cells) and cells[place]])
        for place in range(len(headings))
        if f"column_{place}" in form.fields
    ]
    context = {"form": form, "row": row, "columns": shown, "cancel": reverse("exchange:imports")}
    return render(request, "exchange/columns.html", context, status=422 if form.errors else 200)


@door("exchange.import")
def brought(request: StaffRequest, brought: UUID) -> HttpResponse:
    """An import as it is now; what was found in its rows, `?kind=` by `?kind=`."""
    row = queries.one(request.scope, brought)
    if row.step == Step.COLUMNS and row.emptied_at is None and queries.reads_rows(request.scope, row):
        return redirect("exchange:columns", brought=brought)
    return render(request, "exchange/brought.html", state(request, row))


@door("exchange.import")
@not_once
@require_POST
def check(request: StaffRequest, brought: UUID) -> HttpResponse:
    """Check the next portion of rows. It only reads the register, so nobody who writes waits for it."""
    actions.check(brought=brought, by=request.acting, at=request.at)
    return gone_on(request, brought)


def gone_on(request: StaffRequest, brought: UUID) -> HttpResponse:
    """The answer after a portion: the page anew, or only its changing part where a script asks for it."""
    if request.headers.get("HX-Request"):
        return render(request, "exchange/_state.html", state(request, queries.one(request.scope, brought)))
    return redirect("exchange:brought", brought=brought)


def state(request: StaffRequest, row: Import) -> dict[str, Any]:
    """What the page of an import shows."""
    progress = queries.progress(request.scope, row.id)
    reads = queries.reads_rows(request.scope, row) and row.emptied_at is None
    context = {
        "row": row,
        "name": row.name if reads else "",
        "step": row.step,
        "said": _(words.STEPS[Step(row.step)]),
        "progress": progress,
        "reads": reads,
        "working": row.emptied_at is None and row.step in (Step.CHECKING, Step.TAKING),
        "done": progress.checked if row.step == Step.CHECKING else progress.taken + progress.refused + progress.known,
        "undoes": request.acting.may("registry.RegistrationCancelled", row.area) and progress.taken,
    }
    if reads and row.step in (Step.CHECKED, Step.TAKEN):
        context |= _rows(request, row, progress)
    return context


def _rows(request: StaffRequest, row: Import, progress: Progress) -> dict[str, Any]:
    """The rows of the kind asked for; without a wish, those that need somebody's attention first."""
    counts = [(kind, getattr(progress, kind.value)) for kind in _KINDS]
    offered = [kind for kind, count in counts if count]
    asked = request.GET.get("kind", "")
    kind = next((each for each in offered if each == asked), offered[0] if offered else Verdict.ACCEPTED)
    page = keyset(queries.judged(request.scope, row.id, kind), request, by=("number",), size=_SHOWN)
    found = queries.described(page.rows)
    known = words.names(request.scope, found)
    foreign = row.post != request.acting.post  # one's own file tells one nothing that one does not know
    spend(request.acting, at=request.at, seen=len(known) + foreign * len(found))
    names = _who(queries.columns_of(row))
    return {
        "kinds": [(each, _(words.VERDICTS[each]), count) for each, count in counts if count],
        "kind": kind,
        "kind_said": _(words.VERDICTS[kind]),
        "page": page,
        "rows": [
            (
                each,
                " ".join(each.cells[place] for place in names if place < len(each.cells)),
                in_words(each.problem) if each.problem else None,
                _alike(each, known),
            )
            for each in found
        ],
    }


def _alike(row: Judged, known: Mapping[UUID, str]) -> list[tuple[UUID, str, int, str]]:
    """Whom a row is likely a double of: id, name, per cent, reasons."""
    return [
        (each.person, known.get(each.person, ""), words.share(each.probability), words.reasons(each.reasons))
        for each in row.doubles
    ]


def _who(columns: list[Column | None]) -> list[int]:
    """The columns that say of whom a row tells."""
    named = [columns.index(each) for each in (Column.NAME, Column.SURNAME, Column.GIVEN) if each in columns]
    return named[:1] if Column.NAME in columns else named
