"""Nodes whose entries are taken here: their names, what each may speak of, and who may act where.

A node's name says which area it serves and is bound to its key, so nobody can give it another of either:
`area-hash`, the hash being the first 16 hexadecimal digits of the SHA-256 of its public key.
"""

import hashlib

from django.db.models import F, Q

from jiahe.basis.areas import lies_in
from jiahe.journal.models import Origin
from jiahe.journal.wiring import current

_HASH_DIGITS = 16


def name_of(area: str, public_key: bytes) -> str:
    """The name of the node with this key that serves `area`.

    >>> name_of("411723101", bytes(32))
    '411723101-66687aadf862bd77'
    """
    return f"{area}-{hashlib.sha256(public_key).hexdigest()[:_HASH_DIGITS]}"


def area_of(name: str) -> str:
    """The area that the node of this name serves.

    >>> area_of("411723101-66687aadf862bd77")
    '411723101'
    """
    return name.partition("-")[0]


def is_whole(name: str) -> bool:
    """Whether everything of the node of this name comes here, in the order in which it recorded it: its area is ours or
    lies in ours. Of others comes what concerns our area; and to a city, of everybody, what is public."""
    here = current()
    return name == here.origin or (here.whole and lies_in(area_of(name), here.area))


def trust(name: str, public_key: bytes, area: str) -> None:
    """Take entries signed with `public_key` by node `name`, for what happens in `area`."""
    Origin.objects.get_or_create(name=name, defaults={"public_key": public_key, "area": area})


def bound(name: str, last: int | None) -> None:
    """Of this node take entries up to its number `last` only, for it was revoked; None takes all again."""
    Origin.objects.filter(name=name).update(last=last)


def behind(number: int) -> None:
    """Another node holds our own entries up to `number`: until they are back, nothing is recorded here."""
    Origin.objects.filter(name=current().origin, ahead__lt=number).update(ahead=number)


def is_behind() -> bool:
    """Whether other nodes hold entries of ours that are not here."""
    return Origin.objects.filter(name=current().origin, ahead__gt=F("seq")).exists()


def holder(area: str) -> str:
    """The node that acts on what lies in `area`: of those that were admitted and not revoked, the one that serves the
    smallest area around it. What lies in no other node's area, this one holds."""
    here = current()
    admitted = Origin.objects.filter(last__isnull=True).exclude(area="").exclude(name=here.origin)
    around = [area[:length] for length in range(len(here.area) + 1, len(area) + 1)]
    if not lies_in(area, here.area):
        around = [area[:length] for length in range(1, len(area) + 1)]
    nearest = admitted.filter(Q(area__in=around)).values_list("area", "name")
    return max(nearest, key=lambda row: (len(row[0]), row[1]), default=(here.area, here.origin))[1]
