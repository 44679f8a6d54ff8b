"""Residences to choose from, in the scope and in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day


def residences(request: StaffRequest) -> list[tuple[str, Any]]:
    """Villages under their township; a township without villages stands for itself."""
    language = get_language() or "en"
    found = places.areas(within=request.acting.area, on=civil_day(request.at))
    villages: dict[str, list[tuple[str, str]]] = {}
    for area in found:
        if area.level is Level.VILLAGE:
            villages.setdefault(area.parent, []).append((area.code, area.name.in_language(language)))
    townships = [area for area in found if area.level is Level.TOWNSHIP]
    if not townships:
        return [village for group in villages.values() for village in group]
    if len(townships) == 1:
        return villages.get(townships[0].code) or [(townships[0].code, townships[0].name.in_language(language))]
    names = {area.code: area.name.in_language(language) for area in townships}
    return [(names[code], villages[code]) if code in villages else (code, names[code]) for code in names]


def grouped(options: list[tuple[str, Any]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """As a template draws them: each group with its options, the ungrouped first under an empty name."""
    plain = [option for option in options if not isinstance(option[1], list)]
    return [("", plain), *((name, group) for name, group in options if isinstance(group, list))]
