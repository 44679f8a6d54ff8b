"""The neighbours: the node above, and those below that this node has admitted."""

from datetime import date
from typing import NamedTuple

from jiahe.journal.wiring import current
from jiahe.network.facts import Level
from jiahe.network.models import Link, Node


class Peer(NamedTuple):
    """A neighbour as he was admitted."""

    name: str
    area: str
    level: Level
    above: bool
    public_key: bytes
    link_key: str
    until: date

    @property
    def ours(self) -> str:
        """The area that both speak of: that of the lower node."""
        return current().area if self.above else self.area

    @property
    def takes_sums_only(self) -> bool:
        """Whether it is a city above us: no person goes there."""
        return self.above and self.level is Level.CITY

    def in_force(self, on: date) -> bool:
        """Whether its certificate holds on that day."""
        return on <= self.until


def peer(name: str) -> Peer | None:
    """The neighbour of that name; None for a stranger, for whoever was revoked, and for ourselves."""
    return next((one for one in peers() if one.name == name), None)


def peers() -> list[Peer]:
    """Every neighbour that is not revoked, the one above first; expired ones among them."""
    above = Link.objects.filter(above=True).values_list("peer", flat=True).first()
    here = current().origin
    rows = Node.objects.filter(last__isnull=True).exclude(public_key="").exclude(name=here)
    found = [
        Peer(
            row.name,
            row.area,
            Level(row.level),
            row.name == above,
            bytes.fromhex(row.public_key),
            row.link_key,
            row.until,
        )
        for row in rows
        if row.until and (row.name == above or row.admitted_by == here)
    ]
    return sorted(found, key=lambda one: (not one.above, one.area, one.name))
