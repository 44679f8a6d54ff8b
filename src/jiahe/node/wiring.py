"""The one table of consequences: what each fact does to the tables of the house, and what it counts."""

import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from jiahe.journal.values import Consequence
from jiahe.journal.wiring import Wiring
from jiahe.node.keys import secret
from jiahe.places import facts as places
from jiahe.places import projections as areas
from jiahe.staff import facts as staff
from jiahe.staff import projections as posts

CONSEQUENCES: tuple[Consequence, ...] = (
    Consequence(places.AreaOpened, (areas.area_opened,), (areas.area_change_undone,)),
    Consequence(places.AreaRenamed, (areas.area_renamed,), (areas.area_change_undone,)),
    Consequence(places.AreaClosed, (areas.area_closed,), (areas.area_change_undone,)),
    Consequence(places.AreasRedrawn, (areas.areas_redrawn,), (areas.area_change_undone,)),
    Consequence(places.FacilityOpened, (areas.facility_opened,), (areas.facility_change_undone,)),
    Consequence(places.FacilityRenamed, (areas.facility_renamed,), (areas.facility_change_undone,)),
    Consequence(places.FacilityMoved, (areas.facility_moved,), (areas.facility_change_undone,)),
    Consequence(places.FacilityClosed, (areas.facility_closed,), (areas.facility_change_undone,)),
    Consequence(staff.OfficerEnrolled, (posts.officer_enrolled,)),
    Consequence(staff.OfficerRenamed, (posts.officer_renamed,)),
    Consequence(staff.OfficerLeft, (posts.officer_left,)),
    Consequence(staff.AccountOpened),
    Consequence(staff.PostCreated, (posts.post_created,)),
    Consequence(staff.PostClosed, (posts.post_closed,)),
    Consequence(staff.PostHeld, (posts.post_held,)),
    Consequence(staff.PostHandedOver, (posts.post_handed_over,)),
    Consequence(staff.PostVacated, (posts.post_vacated,)),
    Consequence(staff.DeputyNamed, (posts.deputy_named,)),
    Consequence(staff.DeputyEnded, (posts.deputy_ended,)),
    Consequence(staff.DutyGiven, (posts.duty_given,)),
    Consequence(staff.DutyDone, (posts.duty_done,)),
)


@cache
def wiring() -> Wiring:
    """This node's wiring, with its signing key from the node's home."""
    node = settings.JIAHE
    key = Ed25519PrivateKey.from_private_bytes(secret(node.home / "keys" / "node.key"))
    public_key = key.public_key().public_bytes_raw()
    return Wiring(
        origin=f"{node.area}-{hashlib.sha256(public_key).hexdigest()[:8]}",
        area=node.area,
        key=key,
        consequences=CONSEQUENCES,
        contributions=lambda batch: (),
        add=lambda changes: None,
    )
