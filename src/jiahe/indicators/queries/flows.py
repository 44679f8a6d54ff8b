"""Moves between areas: where those who moved in came from, and where those who moved out went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Substr

from jiahe.basis.areas import lies_in
from jiahe.basis.periods import Period
from jiahe.indicators import rules
from jiahe.indicators.definitions import ELSEWHERE, AreaPart
from jiahe.indicators.queries.cells import allowed, book, of_period, summed
from jiahe.indicators.queries.instant import one_instant
from jiahe.indicators.queries.wholes import Whole, parts_of, wholes_in
from jiahe.journal.queries import Head, head
from jiahe.places import queries as places
from jiahe.places.queries import AreaRow
from jiahe.places.rules import LENGTHS
from jiahe.staff.scope import Scope

UNTOLD = rules.UNTOLD
"""The other side of moves of which a node below told in fives, as far as they are left over."""
FORMER = "former"
"""A side of a move that lies in the area asked for, but in none of the parts there are today."""


@dataclass(frozen=True, slots=True)
class Flows:
    """Moves of a period from one side to another. A side is the code of one of `parts`, FORMER, ELSEWHERE or UNTOLD.

    `arrivals` are all moves in, by (from, to): together `moves_in`. `departures` are all moves out: together
    `moves_out`. A move between two parts is in both. `parts` are the area's own as far as moves tell them apart,
    otherwise the area alone."""

    area: AreaRow
    period: Period
    on: date
    head: Head
    wholes: tuple[Whole, ...]
    parts: tuple[AreaRow, ...]
    arrivals: Mapping[tuple[str, str], int]
    departures: Mapping[tuple[str, str], int]


def flows(scope: Scope, area: str, period: Period, *, today: date) -> Flows:
    """The moves of the period. Raises OutsideScope, places' UnknownArea."""
    inside = allowed(scope, area)
    layout = book().flows.body
    on = min(period.last_day, today)
    with one_instant():
        end = head()
        here = places.area(area, on=on)
        wholes = wholes_in(area, on=on)
        children = parts_of(area, wholes, on=on)
        parts = children if _told_apart(children) else [here]
        cut = Substr("area", 1, len(parts[0].code))
        sums = [
            summed(of_period(inside, period, measure, as_told=bool(wholes)).annotate(place=cut), "place", "stratum")
            for measure in (layout.arrivals, layout.departures)
        ]
    arrivals, departures = (_sided(found, area, [part.code for part in parts]) for found in sums)
    return Flows(
        area=here,
        period=period,
        on=on,
        head=end,
        wholes=wholes,
        parts=tuple(parts),
        arrivals={(far, near): n for (near, far), n in arrivals.items()},
        departures=departures,
    )


def _told_apart(children: Sequence[AreaRow]) -> bool:
    """Whether the strata of both measures reach down to these areas."""
    layout = book().flows.body
    strata = [part for id_ in (layout.arrivals, layout.departures) for part in book().counts[id_].body.strata]
    depth = min(LENGTHS[part.level] for part in strata if isinstance(part, AreaPart))
    return bool(children) and len(children[0].code) <= depth


def _sided(sums: Mapping[tuple[str, str], int], area: str, parts: Sequence[str]) -> Counter[tuple[str, str]]:
    """Sums by (place, stratum) as sums by (the side where it was counted, the other side)."""
    found: Counter[tuple[str, str]] = Counter()
    for (place, stratum), n in sums.items():
        found[_side(place, area, parts), _side(stratum, area, parts)] += n
    return found


def _side(code: str, area: str, parts: Sequence[str]) -> str:
    if code == rules.UNTOLD:
        return UNTOLD
    if code == ELSEWHERE or not lies_in(code, area):
        return ELSEWHERE
    return rules.container(code, parts) or FORMER
