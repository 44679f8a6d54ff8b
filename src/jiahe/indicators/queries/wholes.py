"""Areas of which only the whole is known here: a node below tells what they come to, and nothing of what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from jiahe.basis.areas import lies_in, within
from jiahe.basis.ids import from_milliseconds
from jiahe.indicators.models import Told
from jiahe.places import queries as places
from jiahe.places.queries import AreaRow


@dataclass(frozen=True, slots=True)
class Whole:
    """An area that is told as a whole, and when something of it was told last."""

    area: AreaRow
    at: datetime


def told() -> int:
    """How often nodes below have told the sums of their areas; a city's figures come from nowhere else."""
    return Told.objects.aggregate(all=Sum("times"))["all"] or 0


def told_areas() -> int:
    """How many areas nodes below tell as wholes."""
    return Told.objects.count()


def wholes_in(area: str, *, on: date) -> tuple[Whole, ...]:
    """The area itself, or those in it, that are told as a whole; first the one that told nothing new for longest."""
    low, high = within(area)
    rows = list(Told.objects.filter(area__gte=low, area__lt=high).order_by("at_ms", "area"))
    named = places.named([row.area for row in rows], on=on) if rows else {}
    return tuple(Whole(named[row.area], from_milliseconds(row.at_ms)) for row in rows if row.area in named)


def parts_of(area: str, wholes: Sequence[Whole], *, on: date) -> list[AreaRow]:
    """The areas directly inside, by which its figures are told; none if it is told as a whole itself."""
    return [] if any(whole.area.code == area for whole in wholes) else places.children(area, on=on)


def is_hidden(area: str) -> bool:
    """Whether the area lies in one that is told as a whole, so that every figure of it would be 0."""
    return any(code != area and lies_in(area, code) for code in Told.objects.values_list("area", flat=True))
