"""What a select field offers, within the scope and in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.languages import Text
from jiahe.places import queries as places
from jiahe.places.facts import Level
from jiahe.staff import queries
from jiahe.staff.forms.posts import Choices
from jiahe.staff.request import StaffRequest
from jiahe.staff.session import civil_day


def said(text: Text) -> str:
    """A Text in the reader's language."""
    return text.in_language(get_language() or "en")


def area_names(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """The name of each area on the day in the reader's language; its code where it has none."""
    codes = set(codes)
    named = places.named(codes, on=on)
    return {code: said(named[code].name) if code in named else code for code in codes}


def full_names(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """Like `area_names`, but a village with its township before it: 224 villages share few names."""
    codes = set(codes)
    own = places.named(codes, on=on)
    around = area_names({row.parent for row in own.values() if row.level is Level.VILLAGE}, on=on)
    return {
        code: " · ".join([*([around[row.parent]] if row.parent in around else []), said(row.name)])
        for code, row in own.items()
    } | {code: code for code in codes - own.keys()}


def chosen_from(options: Choices) -> Choices:
    """The options after one that chooses nothing, so that nobody is chosen by oversight."""
    return [("", _("Choose …")), *options]


def roles(request: StaffRequest) -> Choices:
    """All roles."""
    return [(role.id, said(role.title)) for role in request.policy.roles.values()]


def areas(request: StaffRequest, *, within: str = "") -> Choices:
    """The areas in scope on the day; villages stand under their township."""
    found = places.areas(within=within or request.acting.area, on=civil_day(request.at))
    choices: Choices = [(area.code, said(area.name)) for area in found if area.level is not Level.VILLAGE]
    townships = [area for area in found if area.level is Level.TOWNSHIP]
    for township in townships:
        villages = [(area.code, said(area.name)) for area in found if area.parent == township.code]
        if villages:
            choices.append((said(township.name), villages))
    lone = [area for area in found if area.level is Level.VILLAGE]
    return choices if townships else choices + [(area.code, said(area.name)) for area in lone]


def grouped(options: Choices) -> list[tuple[str, Choices]]:
    """Choices as a template draws them: each group with its options, the ungrouped first under an empty name."""
    plain = [option for option in options if not isinstance(option[1], list)]
    return [("", plain), *((name, inner) for name, inner in options if isinstance(inner, list))]


def facilities(request: StaffRequest) -> Choices:
    """The facilities in scope that work on the day, after "none"."""
    found = places.facilities(within=request.acting.area, on=civil_day(request.at))
    return [("", _("none")), *((facility.id, said(facility.name)) for facility in found)]


def officers(request: StaffRequest) -> Choices:
    """The officers in scope who work here, with where they are enrolled; never the one who asks."""
    today = civil_day(request.at)
    found = list(queries.officers(request.scope, on=today))
    areas = full_names((officer.here for officer in found), on=today)
    return chosen_from(
        [
            (officer.id, f"{officer.name} ({areas[officer.here]})")
            for officer in found
            if str(officer.id) != request.acting.officer
        ]
    )
