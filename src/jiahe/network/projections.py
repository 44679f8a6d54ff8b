"""From admissions and revocations to the nodes that are trusted here."""

from collections.abc import Sequence

from jiahe.journal import origins
from jiahe.journal.tables import upsert
from jiahe.journal.values import Recorded, projects
from jiahe.network.models import Node
from jiahe.network.rules import may_admit

_CERTIFICATE = ("area", "level", "public_key", "link_key", "until", "stamp", "admitted_by")


@projects(Node)
def node_admitted(batch: Sequence[Recorded]) -> None:
    """The certificate said last holds, if who said it may give one for that area."""
    found: dict[str, Recorded] = {}
    for entry in batch:
        given = entry.fact
        issuer = origins.area_of(entry.origin)
        root = entry.origin == given.name
        named = given.name == origins.name_of(entry.area, bytes.fromhex(given.public_key))
        later = given.name not in found or entry.stamp > found[given.name].stamp
        if named and later and (root or may_admit(issuer, entry.area)):
            found[given.name] = entry
    held = {row.name: row for row in Node.objects.filter(name__in=found)}
    rows = [
        Node(
            name=name,
            area=entry.area,
            level=entry.fact.level,
            public_key=entry.fact.public_key,
            link_key=entry.fact.link_key,
            until=entry.fact.until,
            stamp=entry.stamp,
            admitted_by=entry.origin,
        )
        for name, entry in found.items()
        if name not in held or entry.stamp > held[name].stamp
    ]
    upsert(Node, rows, key=("name",), update=_CERTIFICATE)
    _settle([row.name for row in rows])


@projects(Node)
def node_revoked(batch: Sequence[Recorded]) -> None:
    """Of two revocations the stricter one holds."""
    lasts: dict[str, int] = {}
    for entry in batch:
        name, last = entry.fact.name, entry.fact.last
        if may_admit(origins.area_of(entry.origin), origins.area_of(name)):
            lasts[name] = min(last, lasts.get(name, last))
    for row in Node.objects.filter(name__in=lasts):
        lasts[row.name] = lasts[row.name] if row.last is None else min(row.last, lasts[row.name])
    upsert(Node, [Node(name=name, last=last) for name, last in lasts.items()], key=("name",), update=("last",))
    _settle(list(lasts))


def _settle(names: Sequence[str]) -> None:
    """Whoever has a certificate is heard, up to where he was revoked."""
    for row in Node.objects.filter(name__in=names).exclude(public_key=""):
        origins.trust(row.name, bytes.fromhex(row.public_key), row.area)
        origins.bound(row.name, row.last)
