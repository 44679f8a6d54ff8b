"""The page of the network: how this node and its neighbours stand, what is not taken over yet, what was refused."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiahe.journal.once import not_once
from jiahe.network import status
from jiahe.network.facts import WORDS, Level
from jiahe.network.models import Node
from jiahe.node import network_map, network_words
from jiahe.node.network_words import State
from jiahe.places import queries as places
from jiahe.staff.doors import door
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day
from jiahe.ui.respond import redirect

MOST_REFUSED = 100
_QUIET = {State.WELL, State.KNOWN, State.REVOKED}


@dataclass(frozen=True, slots=True)
class Line:
    """A neighbour in the table."""

    node: status.Neighbour
    place: str
    level: str
    state: State
    said: str
    heard: str
    agreed: str
    skew: str
    compares: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """A node in the list of certificates. `until` is None for the highest, which vouches for itself for good."""

    row: Node
    place: str
    level: str
    by: str
    until: date | None
    here: bool


@door("network")
def network(request: StaffRequest) -> HttpResponse:
    """All of it; the figures change by themselves where there is JavaScript."""
    shown = _shown(request)
    above = next((line.place for line in shown["neighbours"] if line.node.above), "")
    cable = settings.JIAHE.cable
    context = {"cable": cable, "cut": bool(cable) and Path(cable).exists(), "above": above}
    return render(request, "node/network.html", context | shown)


@door("network")
def network_events(request: StaffRequest) -> HttpResponse:
    """The figures alone. `node/live.py` makes a stream of them, for all who read the page in one language."""
    response = render(request, "node/_network_figures.html", _shown(request))
    response.board = ("network", get_language(), civil_day(request.at))  # type: ignore[attr-defined]
    return response


@not_once
@door("network")
@require_POST
def cable(request: StaffRequest) -> HttpResponse:
    """Cuts or mends the line of a demo. No fact: it is the demo's cable, not this node's; said twice it is the same."""
    if not settings.JIAHE.cable:
        raise Http404(_("Only a demonstration of several nodes has a cable to pull."))
    file = Path(settings.JIAHE.cable)
    if "pull" in request.POST:
        file.touch()
        return redirect("node:network", _("The cable is pulled. Go on working: nothing is lost."))
    file.unlink(missing_ok=True)
    return redirect("node:network", _("The cable is back. Watch the figures: what waited goes over by itself."))


def _shown(request: StaffRequest) -> dict[str, Any]:
    here, neighbours, nodes = status.here(), status.neighbours(at=request.at), status.nodes()
    refusals = status.refusals(MOST_REFUSED)
    labels = _places(here, [row for row in nodes if row.name != here.name], request)
    today = civil_day(request.at)
    own = _own_troubles(here, neighbours, nodes, today)
    lines = [_line(each, here, labels[each.name], today) for each in neighbours]
    troubles = network_words.gathered(own, neighbours, labels, here.version, today)
    spots = _spots(here, own, lines, nodes, labels)
    wide = network_map.wide(spots)
    structure = (troubles, spots, [(row.name, row.until, row.last) for row in nodes], refusals)
    return {
        "at": request.at,
        "here": here,
        "place": labels[here.name],
        "level": _(WORDS[here.level]),
        "certificates": [_certificate(row, labels, here) for row in nodes],
        "neighbours": lines,
        "troubles": troubles,
        "all_well": all(spot.state in _QUIET for spot in spots),
        "spots": [(spot, labels.get(spot.under, "")) for spot in spots],
        "wide": wide,
        "heads": [(x, _(WORDS[level])) for x, level in wide.heads],
        "narrow": network_map.narrow(spots),
        "legend": [
            (state, _(network_words.STATES[state]), _(words))
            for state, words in network_words.LEGEND.items()
            if any(spot.state is state for spot in spots)
        ],
        "refusals": [
            (each, labels.get(each.peer, each.peer), labels.get(each.origin, each.origin), network_words.refused(each))
            for each in refusals
        ],
        # what no figure tells: if it has changed, the page is drawn anew, else only its figures are
        "shape": sha256(repr(structure).encode()).hexdigest()[:16],
    }


def _places(here: status.Here, others: list[Node], request: StaffRequest) -> dict[str, str]:
    """What a person calls each node: its place, and where two nodes are of one place the beginning of its hash too."""
    language = get_language() or "en"
    areas = {here.name: here.area, **{row.name: row.area for row in others}}
    known = places.named(set(areas.values()), on=civil_day(request.at))
    taken = list(areas.values())
    found = {}
    for name, area in areas.items():
        place = known[area].name.in_language(language) if area in known else area
        found[name] = place if taken.count(area) == 1 else f"{place} ({name.rpartition('-')[2][:4]})"
    return found


def _own_troubles(
    here: status.Here, neighbours: list[status.Neighbour], nodes: list[Node], today: date
) -> list[tuple[str, str]]:
    """What is wrong with this node itself, by code."""
    found = [("put_back", "")] if here.behind else []
    if others := here.quarantined - sum(each.refused for each in neighbours):
        found.append(("refused_before", ngettext("{n} entry", "{n} entries", others).format(n=others)))
    until = next((row.until for row in nodes if row.name == here.name), None)
    if until is not None and until <= today + status.EXPIRING:
        code = "own_expired" if until < today else "own_expiring"
        found.append((code, _("until {day}").format(day=until.isoformat())))
    return found


def _line(each: status.Neighbour, here: status.Here, place: str, today: date) -> Line:
    state = network_words.state_of(each, here)
    return Line(
        node=each,
        place=place,
        level=_(WORDS[each.level]),
        state=state,
        said=_(network_words.STATES[state]),
        heard=network_words.instant(each.heard_at, today) if each.heard_at else "",
        agreed=network_words.instant(each.agreed_at, today) if each.agreed_at else "",
        skew=network_words.skew(each.skew_ms) if each.heard_at else "",
        compares=network_words.compares(each, here),
    )


def _certificate(row: Node, labels: dict[str, str], here: status.Here) -> Certificate:
    vouches = row.admitted_by == row.name
    return Certificate(
        row=row,
        place=labels[row.name],
        level=_(WORDS[Level(row.level)]),
        by="" if vouches else labels.get(row.admitted_by, row.admitted_by),
        until=None if vouches else row.until,
        here=row.name == here.name,
    )


def _spots(
    here: status.Here, own: list[tuple[str, str]], lines: list[Line], nodes: list[Node], labels: dict[str, str]
) -> list[network_map.Spot]:
    """Every known node for the map; this one even if nobody has admitted it yet."""
    near = {line.node.name: line.state for line in lines}
    mine = State.LOOK if own or here.quarantined else State.ON_WAY if here.parked else State.WELL
    under = {row.name: row.admitted_by for row in nodes}
    levels = {**{row.name: Level(row.level) for row in nodes}, here.name: here.level}
    revoked = {row.name for row in nodes if row.last is not None}
    found = []
    for name, level in levels.items():
        state = State.REVOKED if name in revoked else mine if name == here.name else near.get(name, State.KNOWN)
        said = _(network_words.STATES[state])
        label = _("{place}, here").format(place=labels[name]) if name == here.name else labels[name]
        found.append(network_map.Spot(name, under.get(name, ""), level, label, state, said, name == here.name))
    return found
