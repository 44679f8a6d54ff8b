"""Residences and people to choose from, in the scope and in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.registry import queries
from jiahe.registry.queries import PersonRow
from jiahe.registry.views import words
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


_SEARCHED, _OFFERED = 50, 10


def found_people(
    request: StaffRequest,
    given: Mapping[str, Any] | None,
    names: Iterable[str],
    fits: Callable[[str, PersonRow], bool] = lambda name, row: True,
) -> dict[str, list[tuple[str, str]]]:
    """For each person a form asks for: those whom the text typed as `x_text` fits, or the one chosen as `x` before."""
    given = given or request.GET
    rows: dict[str, list[PersonRow]] = {}
    for name in names:
        text, chosen = given.get(f"{name}_text", ""), given.get(name, "")
        found = [each.person for each in queries.search(request.scope, text, limit=_SEARCHED)] if text else []
        if not found and _is_id(chosen):
            found = queries.described(request.scope, queries.people(request.scope).filter(id=chosen))
        rows[name] = [row for row in found if fits(name, row)][:_OFFERED]
    areas = words.Areas((row.home for each in rows.values() for row in each), on=civil_day(request.at))
    return {name: [(str(row.id), told(row, areas)) for row in each] for name, each in rows.items()}


def told(row: PersonRow, areas: words.Areas) -> str:
    """A person in one line: name, birth date, area."""
    return f"{row.name} · {row.birth_on or words.NOTHING} · {areas[row.home]}"


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
