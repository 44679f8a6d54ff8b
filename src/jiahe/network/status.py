"""How things stand with every neighbour. Nothing is called well that was not taken over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Max, QuerySet

from jiahe.basis.ids import from_milliseconds, milliseconds
from jiahe.journal import gaps, origins, storage
from jiahe.journal import queries as journal
from jiahe.journal.models import Entry
from jiahe.journal.wiring import current
from jiahe.network import quarantine
from jiahe.network.facts import Level
from jiahe.network.models import Link, Node, Sought, Wanted, Witness
from jiahe.network.peers import peers
from jiahe.network.wiring import current as network

SILENT = timedelta(minutes=2)
"""A neighbour who greets every fifteen seconds and was not heard for so long is out of reach."""
SKEWED_MS = 10 * 60 * 1000
EXPIRING = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Here:
    """This node. `behind`: other nodes hold entries of its own that are not here, so that it records nothing."""

    name: str
    area: str
    level: Level
    version: str
    head: int
    parked: int
    quarantined: int
    conflicts: int
    behind: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour as he was heard last. `unsent` of our entries are not applied there as far as we know, `unapplied` of
    his not here; `records` are asked for, and entries of so many nodes that were put back are `sought` from him. The
    oldest of the unsent was recorded `unsent_s` seconds ago. `agreed_at` is when both last held the same of the lower
    one's area."""

    name: str
    area: str
    level: Level
    above: bool
    version: str
    heard_at: datetime | None
    unsent: int
    unsent_s: int
    unapplied: int
    records: int
    sought: int
    parked: int
    quarantined: int
    conflicts: int
    skew_ms: int
    agreed_at: datetime | None
    digest: str
    forged: int
    refused: int
    alarm: str
    alarm_at: datetime | None
    witnessed: int
    times_put_back: int
    until: date
    troubles: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Whether there is nothing to look after."""
        return not self.troubles

    @property
    def lag(self) -> int:
        """Entries that one of both has not applied yet."""
        return self.unsent + self.unapplied

    @property
    def waits(self) -> int:
        """Whole minutes for which the oldest of the unsent waits."""
        return self.unsent_s // 60

    def lines(self) -> list[str]:
        """The same in words, for a terminal."""
        heard = self.heard_at.isoformat(timespec="seconds") if self.heard_at else "never"
        agreed = self.agreed_at.isoformat(timespec="seconds") if self.agreed_at else "never"
        return [
            f"heard {heard}, version {self.version or '?'}, clock {self.skew_ms / 1000:+.1f} s",
            f"unsent {self.unsent:,} (the oldest for {self.unsent_s:,} s), unapplied {self.unapplied:,}",
            f"records asked for {self.records:,}, entries sought of {self.sought:,} node(s)",
            f"there: {self.parked:,} parked, {self.quarantined:,} quarantined, {self.conflicts:,} conflicts",
            f"agreed {agreed}" + (f", digest {self.digest[:16]}" if self.digest else ""),
            f"witnessed up to {self.witnessed:,}, certificate until {self.until.isoformat()}",
            *([f"put back {self.times_put_back:,} time(s)"] if self.times_put_back else []),
            *(f"LOOK AFTER: {trouble}" for trouble in self.troubles),
        ]


def here() -> Here:
    """This node."""
    wiring = current()
    return Here(
        name=wiring.origin,
        area=wiring.area,
        level=network().level,
        version=network().version,
        head=storage.end().size,
        parked=journal.parked(),
        quarantined=quarantine.count(),
        conflicts=network().conflicts(),
        behind=origins.is_behind(),
    )


def neighbours(*, at: datetime) -> list[Neighbour]:
    """Every neighbour that is not revoked, the one above first."""
    links = {link.peer: link for link in Link.objects.all()}
    head = storage.end().size
    quarantined, wanted = _by_peer(quarantine.waiting()), _by_peer(Wanted.objects.all())
    sought = _by_peer(Sought.objects.all())
    witnessed = dict(Witness.objects.values_list("node").annotate(Max("size")))
    next_ones = [link.delivered + 1 for link in links.values() if link.delivered < head]
    firsts = dict(Entry.objects.filter(seq__in=next_ones).values_list("seq", "at_ms"))
    put_back = gaps.counts()
    found = []
    for peer in peers():
        link = links.get(peer.name) or Link(peer=peer.name, above=peer.above)
        refused = quarantined.get(peer.name, 0)
        heard = _instant(link.heard_at_ms)
        row = Neighbour(
            name=peer.name,
            area=peer.area,
            level=peer.level,
            above=peer.above,
            version=link.version,
            heard_at=heard,
            unsent=max(0, head - link.delivered),
            unsent_s=max(0, milliseconds(at) - firsts.get(link.delivered + 1, milliseconds(at))) // 1000,
            unapplied=max(0, link.head - link.received),
            records=wanted.get(peer.name, 0),
            sought=sought.get(peer.name, 0),
            parked=link.parked,
            quarantined=link.quarantined,
            conflicts=link.conflicts,
            skew_ms=link.skew_ms,
            agreed_at=_instant(link.agreed_at_ms),
            digest=bytes(link.digest).hex(),
            forged=link.forged,
            refused=refused,
            alarm=link.alarm,
            alarm_at=_instant(link.alarm_at_ms),
            witnessed=link.witnessed if peer.above else witnessed.get(peer.name, 0),
            times_put_back=put_back.get(peer.name, 0),
            until=peer.until,
            troubles=tuple(_troubles(link, peer.until, heard, refused, head, at)),
        )
        found.append(row)
    return found


def nodes() -> list[Node]:
    """Every node that is known here, revoked ones too, the highest first."""
    return sorted(Node.objects.exclude(public_key=""), key=lambda row: (len(row.area), row.area, row.name))


class Reached(NamedTuple):
    """A neighbour, and whether he is `there`: has applied our journal up to some position. A city takes sums only."""

    name: str
    there: bool
    sums_only: bool


def reached(position: int) -> list[Reached]:
    """Of each neighbour, whether he has applied our journal up to this position: an erasure, a withdrawal, a revocation
    is known there."""
    delivered = dict(Link.objects.values_list("peer", "delivered"))
    return [Reached(each.name, delivered.get(each.name, 0) >= position, each.takes_sums_only) for each in peers()]


class Refusal(NamedTuple):
    """Something that came and was not taken; nothing of what it says."""

    peer: str
    origin: str
    origin_seq: int
    problem: str
    at: datetime
    times: int


def refusals(most: int) -> list[Refusal]:
    """The newest of what waits in quarantine."""
    rows = quarantine.waiting().defer("entry").order_by("-at_ms", "-pk")[:most]
    return [
        Refusal(row.peer, row.origin, row.origin_seq, row.problem, from_milliseconds(row.at_ms), row.times)
        for row in rows
    ]


class Alarm(NamedTuple):
    """Whether this node was put back, and whether something of the network needs looking after."""

    behind: bool = False
    troubled: bool = False


def alarm(*, at: datetime) -> Alarm:
    """What `here` and `neighbours` tell at length, by one short statement, for every page asks it."""
    now = milliseconds(at)
    asked: dict[str, str | int | date] = {
        "here": current().origin,
        "soon": at.date() + EXPIRING,
        "silent": now - SILENT // timedelta(milliseconds=1),
        "skewed": SKEWED_MS,
        "version": network().version,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALARM, asked)
        found = cursor.fetchone()
    return Alarm(*map(bool, found)) if found else Alarm()


_ALARM = """
SELECT mine.ahead > mine.seq,
  EXISTS (
    SELECT 1 FROM network_node AS node LEFT JOIN network_link AS link ON link.peer = node.name
    WHERE node.last IS NULL AND node.public_key <> '' AND (
      node.name = mine.name AND node.until <= %(soon)s
      OR node.name <> mine.name AND (node.admitted_by = mine.name OR link.above) AND (
        node.until <= %(soon)s OR link.peer IS NULL OR link.heard_at_ms < %(silent)s
        OR link.compared_at_ms > link.agreed_at_ms OR link.alarm <> '' OR link.forged > 0 OR link.quarantined > 0
        OR link.skew_ms > %(skewed)s OR link.skew_ms < -%(skewed)s OR link.version NOT IN ('', %(version)s)
      )
    )
  )
  OR EXISTS (
    SELECT 1 FROM network_quarantined AS came WHERE came.problem <> 'journal.forked' OR NOT EXISTS (
      SELECT 1 FROM journal_gap AS gap
      WHERE gap.origin = came.origin AND gap.after < came.origin_seq AND gap.upto >= came.origin_seq
    )
  )
FROM journal_origin AS mine WHERE mine.name = %(here)s
"""


def _by_peer(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.values_list("peer").annotate(Count("pk")))


def _troubles(link: Link, until: date, heard: datetime | None, refused: int, head: int, at: datetime) -> list[str]:
    found = []
    if until < at.date():
        found.append("expired")
    elif until <= at.date() + EXPIRING:
        found.append("expiring")
    if heard is None:
        found.append("never_heard")
    elif at - heard > SILENT:
        found.append("silent")
    if link.alarm:
        found.append(link.alarm)
    if link.compared_at_ms > link.agreed_at_ms:
        found.append("differs")
    if refused:
        found.append("refused")
    if link.forged:
        found.append("forged")
    if link.quarantined:
        found.append("refused_there")
    if abs(link.skew_ms) > SKEWED_MS:
        found.append("skewed")
    if link.version and link.version != network().version:
        found.append("other_version")
    return found


def _instant(ms: int) -> datetime | None:
    return from_milliseconds(ms) if ms else None
