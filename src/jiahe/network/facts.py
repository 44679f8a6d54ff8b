"""What can happen to the nodes of the network. The entry's area is the area that the node serves."""

from datetime import date
from enum import StrEnum

from jiahe.basis.problem import N_
from jiahe.journal.facts import fact


class Level(StrEnum):
    """The three levels, and the laptop of a clinic or village room below them."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    CLINIC = "clinic"


WORDS = {
    Level.CITY: N_("City"),
    Level.COUNTY: N_("County"),
    Level.TOWNSHIP: N_("Township"),
    Level.CLINIC: N_("Clinic or village room"),
}
"""What a person calls each of them; translated where it is shown."""


@fact("network.NodeAdmitted@1")
class NodeAdmitted:
    """The scope certificate of a node: `name` may speak for the area this entry lies in, up to and with `until`.

    `public_key` signs its entries, `link_key` is the NKey with which it comes to the node above; hexadecimal and NKey
    text. The seal of the entry is the issuer's signature; the same node admitted again has its certificate renewed.
    """

    name: str
    public_key: str
    link_key: str
    level: Level
    until: date


@fact("network.NodeRevoked@1")
class NodeRevoked:
    """Nothing that `name` recorded after its number `last` is taken, by anybody: it was stolen, replaced or ended."""

    name: str
    last: int


@fact("network.PutBackAccepted@1")
class PutBackAccepted:
    """The node above takes the journal of `name`, which is not what it signed before, for a new beginning: it was put
    back for a good reason, and is witnessed again from here on."""

    name: str
