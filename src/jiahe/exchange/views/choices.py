"""Areas to choose from, in the scope and in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.places.queries import AreaRow
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day


def residences(request: StaffRequest, *, within: str = "") -> list[tuple[str, str]]:
    """Where people live: villages, each with its township if there are several, and townships without villages."""
    found = places.areas(within=within or request.acting.area, on=civil_day(request.at))
    settled = {area.parent for area in found if area.level is Level.VILLAGE}
    ends = [
        area
        for area in found
        if area.level is Level.VILLAGE or (area.level is Level.TOWNSHIP and area.code not in settled)
    ]
    names = {area.code: area.name.in_language(get_language() or "en") for area in found}
    several = len({area.parent for area in ends}) > 1

    def name(area: AreaRow) -> str:
        return f"{names[area.parent]} · {names[area.code]}" if several and area.parent in names else names[area.code]

    return [(area.code, name(area)) for area in ends]


def wholes(request: StaffRequest) -> list[tuple[str, str]]:
    """Areas of which a list may be made: the post's own, then each place in it."""
    own = places.area(request.acting.area, on=civil_day(request.at))
    name = own.name.in_language(get_language() or "en")
    return [(own.code, name), *(each for each in residences(request) if each[0] != own.code)]
