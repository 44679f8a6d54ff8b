"""Admitting nodes, revoking them, and what a node is given when it joins: its scope certificate and those above it."""

from collections.abc import Sequence
from datetime import date, datetime

from jiahe.journal import facts, origins, receiving, seal
from jiahe.journal.models import Entry, Origin
from jiahe.journal.recording import record, turn
from jiahe.journal.values import Author, Recorded, Sealed
from jiahe.journal.wiring import current
from jiahe.network.facts import Level, NodeAdmitted, NodeRevoked
from jiahe.network.models import Link, Node
from jiahe.network.problems import ChainBroken, NodeUnknown, NotBelow
from jiahe.network.rules import may_admit
from jiahe.network.wiring import current as network

ROOT_UNTIL = date(9999, 12, 31)
_KIND = "network.NodeAdmitted@1"


def give_certificate(
    *, area: str, level: Level, public_key: bytes, link_key: str, until: date, by: Author, at: datetime
) -> Recorded:
    """Give a node below its certificate, or renew it. Raises NotBelow for an area that is not smaller than ours."""
    here = current()
    if not may_admit(here.area, area):
        raise NotBelow(area=area)
    with turn():
        ensure_root(by=by, at=at)
        fact = NodeAdmitted(origins.name_of(area, public_key), public_key.hex(), link_key, level, until)
        return record(fact, by=by, at=at, area=area)


def renew(*, name: str, until: date, by: Author, at: datetime) -> Recorded:
    """The same certificate, to a later day. Raises NodeUnknown."""
    row = below(name)
    key = bytes.fromhex(row.public_key)
    return give_certificate(
        area=row.area, level=Level(row.level), public_key=key, link_key=row.link_key, until=until, by=by, at=at
    )


def revoke(*, name: str, reason: str, by: Author, at: datetime) -> Recorded:
    """Take nothing more of a node than what is here now. It cannot be undone: the node joins anew under another name.
    Raises NodeUnknown."""
    row = below(name)
    with turn():
        last = Origin.objects.values_list("seq", flat=True).get(name=name)
        return record(NodeRevoked(name, last), by=by, at=at, area=row.area, why=reason.strip())


def ensure_root(*, by: Author, at: datetime) -> None:
    """A node that has none above it vouches for itself."""
    here = current()
    if Node.objects.filter(name=here.origin).exclude(public_key="").exists():
        return
    fact = NodeAdmitted(here.origin, here.public_key.hex(), "", network().level, ROOT_UNTIL)
    record(fact, by=by, at=at, area=here.area)


def chain(name: str) -> list[Sealed]:
    """The certificates from the highest node down to this one, as they were sealed. Raises NodeUnknown."""
    found: list[Sealed] = []
    while True:
        row = Node.objects.filter(name=name).exclude(public_key="").first()
        if row is None:
            raise NodeUnknown(name=name)
        clock = int(row.stamp.partition(".")[0], 16)
        entry = Entry.objects.get(kind=_KIND, origin=row.admitted_by, clock=clock)
        found.insert(0, receiving.sealed(entry))
        if row.admitted_by == name:
            return found
        name = row.admitted_by


def adopt(given: Sequence[Sealed]) -> Link:
    """Take the certificates that came with an invitation, and the node that invited as the one above.

    The highest is believed because the invitation was; each other is signed by the one before it. Raises ChainBroken
    if they do not lead to us.
    """
    here = current()
    try:
        header = seal.read_header(given[0].header)
        root = _admission(given[0])
        if header.origin != root.name or root.name != origins.name_of(header.area, bytes.fromhex(root.public_key)):
            raise ChainBroken
        names = [_admission(entry).name for entry in given]
    except (ValueError, IndexError) as error:
        raise ChainBroken from error
    if len(names) < 2 or names[-1] != here.origin:
        raise ChainBroken
    with turn():
        origins.trust(root.name, bytes.fromhex(root.public_key), header.area)
        for entry in given:
            receiving.receive([entry])
        if Node.objects.filter(name__in=names).exclude(public_key="").count() != len(names):
            raise ChainBroken
        Link.objects.filter(above=True).exclude(peer=names[-2]).delete()
        return Link.objects.update_or_create(peer=names[-2], defaults={"above": True})[0]


def below(name: str) -> Node:
    """The node of that name, which this one admitted. Raises NodeUnknown."""
    row = Node.objects.filter(name=name, admitted_by=current().origin).exclude(public_key="").first()
    if row is None or name == current().origin:
        raise NodeUnknown(name=name)
    return row


def _admission(entry: Sealed) -> NodeAdmitted:
    header = seal.read_header(entry.header)
    if header.kind != _KIND or entry.content is None:
        raise ChainBroken
    fact: NodeAdmitted = facts.read(header.kind, seal.split(entry.content)[0])
    return fact
