"""From admissions and revocations to the nodes that are trusted here."""

from collections.abc import Collection, Sequence
from uuid import UUID

from jiahe.journal import origins
from jiahe.journal.tables import insert, upsert
from jiahe.journal.values import Recorded, projects
from jiahe.network.models import Acceptance, Certificate, Node, Revocation
from jiahe.network.rules import may_admit

_COLUMNS = ("area", "level", "public_key", "link_key", "until", "stamp", "admitted_by", "last")


@projects(Certificate, Node)
def node_admitted(batch: Sequence[Recorded]) -> None:
    """Certificates were given."""
    rows = [
        Certificate(
            entry=entry.id,
            stamp=entry.stamp,
            name=entry.fact.name,
            area=entry.area,
            level=entry.fact.level,
            public_key=entry.fact.public_key,
            link_key=entry.fact.link_key,
            until=entry.fact.until,
            by=entry.origin,
        )
        for entry in batch
    ]
    insert(Certificate, rows)
    _settle({row.name for row in rows})


@projects(Certificate, Node)
def admission_taken(batch: Sequence[Recorded]) -> None:
    """It is as if nobody had given them."""
    Certificate.objects.filter(entry__in=_ids(batch)).delete()
    _settle({entry.fact.name for entry in batch})


@projects(Revocation, Node)
def node_revoked(batch: Sequence[Recorded]) -> None:
    """Nodes were revoked."""
    rows = [Revocation(entry=e.id, name=e.fact.name, last=e.fact.last, by=e.origin) for e in batch]
    insert(Revocation, rows)
    _settle({row.name for row in rows})


@projects(Revocation, Node)
def revocation_taken(batch: Sequence[Recorded]) -> None:
    """It is as if nobody had revoked them."""
    Revocation.objects.filter(entry__in=_ids(batch)).delete()
    _settle({entry.fact.name for entry in batch})


@projects(Acceptance)
def put_back_accepted(batch: Sequence[Recorded]) -> None:
    """Journals are taken for a new beginning."""
    insert(Acceptance, [Acceptance(entry=e.id, name=e.fact.name, at_ms=e.at_ms, by=e.origin) for e in batch])


@projects(Acceptance)
def acceptance_taken(batch: Sequence[Recorded]) -> None:
    """It is as if nobody had."""
    Acceptance.objects.filter(entry__in=_ids(batch)).delete()


def _ids(batch: Sequence[Recorded]) -> list[UUID]:
    return [entry.id for entry in batch]


def _settle(names: Collection[str]) -> None:
    """Of a node, the certificate given last by somebody who may, and the strictest revocation. Whoever has a
    certificate is heard, up to where he was revoked."""
    rows = {name: Node(name=name) for name in sorted(names)}
    for given in Certificate.objects.filter(name__in=names).order_by("stamp"):
        named = given.name == origins.name_of(given.area, bytes.fromhex(given.public_key))
        if named and (given.by == given.name or may_admit(origins.area_of(given.by), given.area)):
            row = rows[given.name]
            row.area, row.level, row.until, row.stamp = given.area, given.level, given.until, given.stamp
            row.public_key, row.link_key, row.admitted_by = given.public_key, given.link_key, given.by
    for ended in Revocation.objects.filter(name__in=names).order_by("-last"):
        if may_admit(origins.area_of(ended.by), origins.area_of(ended.name)):
            rows[ended.name].last = ended.last
    known: list[Node] = [row for row in rows.values() if row.public_key or row.last is not None]
    Node.objects.filter(name__in=rows.keys() - {row.name for row in known}).delete()
    upsert(Node, known, key=("name",), update=_COLUMNS)
    for row in known:
        if row.public_key:
            origins.trust(row.name, bytes.fromhex(row.public_key), row.area)
            origins.bound(row.name, row.last)
