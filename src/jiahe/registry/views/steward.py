"""The register's steward: likely doubles, two records side by side, one person or two."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiahe.registry import actions, queries
from jiahe.registry.facts import Field, Purpose
from jiahe.registry.forms import MergeForm, ReasonForm, UndoForm
from jiahe.registry.problems import NotMerged
from jiahe.registry.views import words
from jiahe.registry.views.asking import problems_asked, sure_of
from jiahe.registry.views.choices import told
from jiahe.registry.views.entries import sent
from jiahe.registry.views.reasons import COMPARED
from jiahe.staff.budget import spend
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.paging import keyset
from jiahe.ui.problems import problems_on
from jiahe.ui.respond import redirect


@door("registry.steward")
def doubles(request: StaffRequest) -> HttpResponse:
    """Pairs of records that are likely of one person, the likeliest first."""
    page = keyset(queries.pairs(request.scope), request, by=("-probability", "left", "right"))
    pairs = queries.described_pairs(request.scope, page.rows)
    spend(request.acting, at=request.at, seen=2 * len(pairs))
    areas = words.Areas((row.home for pair in pairs for row in (pair.left, pair.right)), on=civil_day(request.at))
    shown = [
        (
            pair,
            round(100 * pair.probability, 1),
            [(row, areas[row.home]) for row in (pair.left, pair.right)],
            [_(words.REASONS[why]) for why in pair.reasons],
        )
        for pair in pairs
    ]
    return render(request, "registry/doubles.html", {"page": page, "rows": shown})


@door("registry.steward")
def open_pair(request: StaffRequest, person: UUID, other: UUID) -> HttpResponse:
    """Both records are opened to be compared; that is recorded in both."""
    for each in (person, other):
        queries.person(request.scope, each)
    if request.method == "POST":
        with transaction.atomic():
            for each in (person, other):
                actions.open_record(
                    person=each,
                    purpose=Purpose.CORRECTION,
                    reason=COMPARED,
                    outside=not request.acting.cares,
                    by=request.acting,
                    at=request.at,
                )
    return redirect("registry:compare", person=person, other=other)


@door("registry.steward")
def compare(request: StaffRequest, person: UUID, other: UUID) -> HttpResponse:
    """Two records side by side; they are merged from here, field by field as chosen."""
    both = [queries.person(request.scope, each) for each in (person, other)]
    if not all(queries.may_look(request.scope, each, at=request.at) for each in (person, other)):
        return redirect("registry:doubles")
    texts = {row.id: queries.editable(request.scope, row.id).texts for row in both}
    given, today = sent(request), civil_day(request.at)
    codes = {row.home for row in both} | {text[Field.AREA] for text in texts.values() if Field.AREA in text}
    areas = words.Areas(codes, on=today)
    form = MergeForm(
        given,
        people=[(str(row.id), f"{place} · {told(row, areas)}") for place, row in enumerate(both, start=1)],
        initial={"kept": str(min(both, key=lambda row: (row.since, str(row.id))).id)},
    )
    if request.method == "POST" and form.is_valid():
        kept = UUID(form.cleaned_data["kept"])
        gone = other if kept == person else person
        with problems_asked(form), transaction.atomic():
            actions.merge_persons(
                kept=kept,
                gone=gone,
                taken=[each for each in Field if request.POST.get(f"take_{each.value}") == str(gone)],
                why=form.cleaned_data["why"],
                sure=sure_of(given),
                by=request.acting,
                at=request.at,
            )
            return redirect("registry:doubles", _("The two records are one. It can be undone on the record."))
    events = {row.id: queries.life_events(request.scope, row.id) for row in both}
    context = {
        "form": form,
        "both": [(row, areas[row.home], words.sex(row), words.age(row, today)) for row in both],
        "fields": [
            (
                each,
                _(words.FIELDS[each]),
                [(row.id, words.value(request.scope, each, texts[row.id][each], areas)) for row in both],
                texts[person].get(each) != texts[other].get(each),
                _only(each, texts),
            )
            for each in Field
            if all(each in texts[row.id] for row in both)
        ],
        "events": [[(event, _(words.EVENTS[event.kind])) for event in events[row.id]] for row in both],
        "distinct": reverse("registry:distinct", kwargs={"person": person, "other": other}),
    }
    return render(request, "registry/compare.html", context, status=422 if form.errors else 200)


def _only(field: Field, texts: dict[UUID, dict[Field, str]]) -> UUID | None:
    """The one of the two that says anything at all of a field."""
    saying = [who for who, said in texts.items() if said.get(field)]
    return saying[0] if len(saying) == 1 else None


@door("registry.steward")
def distinct(request: StaffRequest, person: UUID, other: UUID) -> HttpResponse:
    """They are two people."""
    both = [queries.person(request.scope, each) for each in (person, other)]
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            reason = form.cleaned_data["reason"]
            actions.find_distinct(person=person, other=other, why=reason, by=request.acting, at=request.at)
            return redirect("registry:doubles", _("They are two people, and will not be shown together again."))
    context = {
        "form": form,
        "row": both[0],
        "title": _("Two people"),
        "submit": _("They are two people"),
        "lead": f"{both[0].name} · {both[1].name}",
        "cancel": reverse("registry:compare", kwargs={"person": person, "other": other}),
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


@door("registry.steward")
def undo_merge(request: StaffRequest, person: UUID, entry: UUID) -> HttpResponse:
    """They are two people after all; what was recorded since is given to one or the other."""
    merge = next((each for each in queries.merges_of(request.scope, person) if each.entry == entry), None)
    if merge is None:
        raise NotMerged()
    if not queries.may_look(request.scope, person, at=request.at):
        return redirect("registry:person", person=person)
    row, today = queries.person(request.scope, person), civil_day(request.at)
    since = queries.since_merge(person, merge.said)
    areas = words.Areas(words.codes_in(since), on=today)
    choices = [(str(each.id), f"{each.at:%Y-%m-%d} {words.sentence(each, areas)}") for each in since]
    form = UndoForm(sent(request), since=choices)
    if request.method == "POST" and form.is_valid():
        with problems_on(form), transaction.atomic():
            actions.undo_merge(entry=entry, **form.values(), by=request.acting, at=request.at)
            return redirect("registry:person", _("They are two records again."), person=person)
    context = {
        "form": form,
        "row": row,
        "title": _("Undo the merge"),
        "submit": _("They are two people"),
        "lead": _("{gone} becomes a record of its own again. Tick what was recorded since but belongs to it.").format(
            gone=merge.name or _("The other one")
        ),
        "cancel": reverse("registry:person", kwargs={"person": person}),
        "danger": True,
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)
