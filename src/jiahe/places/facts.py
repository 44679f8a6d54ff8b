"""What can happen to areas and facilities. Every day-dated fact holds from the beginning of its day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.basis.problem import N_
from jiahe.journal.facts import fact


class Level(StrEnum):
    """The five levels of an area, told by the length of its code (GB/T 2260, GB/T 10114, statistical village codes)."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Redrawing(StrEnum):
    """How areas gave way to others."""

    MOVED = "moved"
    """One area went to another parent and so got another code."""
    SPLIT = "split"
    """One area became several, of which it may itself be one."""
    MERGED = "merged"
    """Several areas became one, which may be one of them."""


class FacilityKind(StrEnum):
    """What a facility is for."""

    COUNTY_STATION = "county_station"
    TOWNSHIP_CLINIC = "township_clinic"
    VILLAGE_ROOM = "village_room"
    SERVICE_WINDOW = "service_window"
    OFFICE = "office"


WORDS = {
    Level.PROVINCE: N_("Province"),
    Level.CITY: N_("City"),
    Level.COUNTY: N_("County"),
    Level.TOWNSHIP: N_("Township"),
    Level.VILLAGE: N_("Village"),
    Redrawing.MOVED: N_("Moved"),
    Redrawing.SPLIT: N_("Split"),
    Redrawing.MERGED: N_("Merged"),
    FacilityKind.COUNTY_STATION: N_("County station"),
    FacilityKind.TOWNSHIP_CLINIC: N_("Township clinic"),
    FacilityKind.VILLAGE_ROOM: N_("Village room"),
    FacilityKind.SERVICE_WINDOW: N_("Service window"),
    FacilityKind.OFFICE: N_("Office"),
}
"""What a person calls each of them; translated where it is shown."""


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area that begins: its code, its full official name (Simplified) and its short name in three languages."""

    code: str
    official: str
    name: Text


@dataclass(frozen=True, slots=True)
class Removal:
    """A facility goes along into another area when the map is redrawn."""

    facility: UUID
    area: str


@fact("places.AreaOpened@1", voidable=True)
class AreaOpened:
    """An area began, or is known to have existed since before our records (`on` is None)."""

    opened: NamedArea
    on: date | None


@fact("places.AreaRenamed@1", voidable=True)
class AreaRenamed:
    """An area bears another name from a day on; its code stays."""

    code: str
    official: str
    name: Text
    on: date


@fact("places.AreaClosed@1", voidable=True)
class AreaClosed:
    """An area ended without a successor; `on` is the first day it is no more."""

    code: str
    on: date


@fact("places.AreasRedrawn@1", voidable=True)
class AreasRedrawn:
    """From a day on, the areas `before` are the areas `kept` and `opened`; those of `before` not kept have ended.

    `facilities` are those that thereby lie in another area. One order of the authorities is one fact:
    no reader ever sees half of it.
    """

    kind: Redrawing
    before: tuple[str, ...]
    kept: tuple[str, ...]
    opened: tuple[NamedArea, ...]
    on: date
    order: str
    facilities: tuple[Removal, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a move or merger that does not end in exactly one area."""
        if self.kind is not Redrawing.SPLIT and len(self.kept) + len(self.opened) != 1:
            raise ValueError("what moves or merges becomes one area")


@fact("places.FacilityOpened@1", voidable=True)
class FacilityOpened:
    """A facility began its work in an area."""

    facility: UUID
    kind: FacilityKind
    area: str
    name: Text
    on: date


@fact("places.FacilityRenamed@1", voidable=True)
class FacilityRenamed:
    """A facility bears another name from a day on."""

    facility: UUID
    name: Text
    on: date


@fact("places.FacilityMoved@1", voidable=True)
class FacilityMoved:
    """A facility works in another area from a day on. Not for one whose area got another code: see AreasRedrawn."""

    facility: UUID
    area: str
    on: date


@fact("places.FacilityClosed@1", voidable=True)
class FacilityClosed:
    """A facility ended its work; `on` is the first day it is no more."""

    facility: UUID
    on: date


@fact("places.ChangeCancelled@1")
class ChangeCancelled:
    """An earlier entry on an area or facility was wrong and does not hold; recorded with `voids=` that entry."""

    area: str
