"""The node's own pages: where to begin, and the journal as an auditor sees it: who did what when, not about whom."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.journal import checkpoints, merkle, proofs, queries
from jiahe.journal.facts import Redacted, kind_named
from jiahe.journal.wiring import current
from jiahe.network import status
from jiahe.node.navigation import navigation
from jiahe.places import queries as places
from jiahe.staff.doors import door
from jiahe.staff.queries import officer_names
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.qr import qr
from jiahe.ui.respond import redirect

PAGE = 50
_ERASURE = kind_named(Redacted)


@door(signed_in=True)
def home(request: StaffRequest) -> HttpResponse:
    """The first page of the navigation that the post reads; somebody with several posts chooses one first."""
    if request.acting is None:
        return redirect("staff:choose_post")
    groups = navigation(settings.JIAHE.level)
    items = [item for group in groups for item in group.items if request.acting.reads(item.page_key)]
    return redirect(items[0].url_name if items else "staff:account")


@door("journal.proofs")
def journal(request: StaffRequest) -> HttpResponse:
    """The newest entries of the post's area, and what the journal promises at this moment."""
    before = request.GET.get("before", "")
    position = int(before) if before.isdecimal() and len(before) < 19 else None
    entries = queries.latest(within=request.scope.range, before=position, limit=PAGE)
    context = {
        "head": queries.head(),
        "origins": queries.digest(),
        "parked": queries.parked(),
        "entries": entries,
        "officers": officer_names(request.scope, [entry.officer for entry in entries]),
        "older": entries[-1].seq if len(entries) == PAGE else None,
    }
    return render(request, "node/journal.html", context)


@door("journal.proofs")
def proof(request: StaffRequest, entry: UUID) -> HttpResponse:
    """That one entry stands in the journal: the hashes from its leaf up to the root."""
    found = queries.entry(entry)
    if found is None or not request.scope.covers(found.area):
        raise Http404(_("There is no such entry."))
    inclusion = proofs.inclusion(entry)
    context = {
        "entry": found,
        "proof": inclusion,
        "holds": merkle.verify_inclusion(*inclusion),
        "reached": status.reached(found.seq),
    }
    return render(request, "node/proof.html", context | {"officers": officer_names(request.scope, [found.officer])})


@door(public=True)
def erasure(request: StaffRequest, entry: UUID) -> HttpResponse:
    """Where an erasure stands: whether other nodes have erased the same. Whoever was given the address may see it; it
    says nothing of the person, whose name nobody knows here any more."""
    found = queries.entry(entry)
    if found is None or found.kind != _ERASURE:
        raise Http404(_("There is no such erasure."))
    here, known = current().area, {row.name: row.area for row in status.nodes()}
    reached = [each for each in status.reached(found.seq) if not each.sums_only]
    areas = {here, *(known.get(each.name, "") for each in reached)} - {""}
    named, language = places.named(areas, on=civil_day(request.at)), get_language() or "en"
    names = {code: area.name.in_language(language) for code, area in named.items()}
    context = {
        "entry": found,
        "place": names.get(here, here),
        "nodes": [(names.get(known[each.name], known[each.name]), each.there) for each in reached],
        "address": (address := request.build_absolute_uri()),
        "drawn": qr(address),
    }
    return render(request, "node/erasure.html", context)


@door("registry.erasure")
def erasures(request: StaffRequest, entry: UUID) -> HttpResponse:
    """The erasures of one act, a line for each, with the way to where it stands. Whose they were, nobody knows."""
    found = [each for each in queries.recorded_with(entry) if each.kind == _ERASURE and request.scope.covers(each.area)]
    if entry not in {each.id for each in found}:
        raise Http404(_("There is no such erasure."))
    named, language = places.named({each.area for each in found}, on=civil_day(request.at)), get_language() or "en"
    names = {code: area.name.in_language(language) for code, area in named.items()}
    lines = [(each, names.get(each.area, each.area)) for each in found]
    return render(request, "node/erasures.html", {"lines": lines})


@door("journal.proofs")
def checkpoint(request: StaffRequest) -> HttpResponse:
    """A signed checkpoint as a file, to be kept elsewhere."""
    headers = {"Content-Disposition": 'attachment; filename="checkpoint.txt"'}
    return HttpResponse(checkpoints.sign_now(), content_type="text/plain; charset=utf-8", headers=headers)
