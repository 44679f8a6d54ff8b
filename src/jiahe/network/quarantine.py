"""What came and was not taken: kept, counted and shown, and tried again when the reason may be gone."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Exists, F, OuterRef, QuerySet

from jiahe.basis.ids import milliseconds
from jiahe.journal import receiving
from jiahe.journal.models import Gap
from jiahe.journal.receiving import Refused
from jiahe.journal.tables import insert
from jiahe.journal.values import Sealed
from jiahe.network.models import Quarantined

MOST = 200_000
"""Whoever forges more than this has them counted with the last one; they are nothing that could be lost."""
_PORTION = 500
_HOPELESS = ("journal.seal_broken", "journal.forked")
"""What no certificate, no predecessor and no later word can mend: it stays, and is not looked at again."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Sealed).decode


def put(refused: Sequence[Refused], peer: str, *, at: datetime) -> None:
    """Keep what was refused; the same once more is only counted."""
    rows = {}
    for one in refused:
        raw = _encode(one.entry)
        digest = hashlib.sha256(raw).hexdigest()
        rows[digest] = Quarantined(
            peer=peer,
            origin=one.origin[:40],
            origin_seq=one.origin_seq,
            entry=raw,
            digest=digest,
            problem=one.problem.code,
            at_ms=milliseconds(at),
        )
    known = set(Quarantined.objects.filter(digest__in=rows).values_list("digest", flat=True))
    Quarantined.objects.filter(digest__in=known).update(times=F("times") + 1)
    new = [row for digest, row in rows.items() if digest not in known]
    room = max(0, MOST - Quarantined.objects.count()) if len(new) else 0
    insert(Quarantined, new[:room])


def retry() -> int:
    """Try again what waits, each node's in its order; how many were taken."""
    taken = 0
    after = ("", -1, -1)
    while rows := _behind(after):
        after = (rows[-1].origin, rows[-1].origin_seq, rows[-1].pk)
        taken += _again(rows)
    return taken


def _behind(after: tuple[str, int, int]) -> list[Quarantined]:
    origin, number, key = after
    rows = Quarantined.objects.exclude(problem__in=_HOPELESS).order_by("origin", "origin_seq", "pk")
    ahead = rows.filter(origin__gt=origin) | rows.filter(origin=origin, origin_seq__gt=number)
    return list((ahead | rows.filter(origin=origin, origin_seq=number, pk__gt=key))[:_PORTION])


def _again(rows: Sequence[Quarantined]) -> int:
    """What is taken now, or was meanwhile, is in the journal; what is refused again stays with its newest reason."""
    by_entry = {_decode(bytes(row.entry)): row for row in rows}
    done: list[int] = []

    def then(receipt: receiving.Receipt, refused: list[Refused]) -> None:
        still = {one.entry: one.problem.code for one in refused}
        gone = [row.pk for entry, row in by_entry.items() if entry not in still]
        for entry, code in still.items():
            row = by_entry[entry]
            if row.problem != code:
                Quarantined.objects.filter(pk=row.pk).update(problem=code)
        Quarantined.objects.filter(pk__in=gone).delete()
        done.append(receipt.applied)

    receiving.sift(list(by_entry), via="", fits=lambda: True, then=then)
    return done[0]


def waiting() -> QuerySet[Quarantined]:
    """What has to be looked after. A number that a node gave twice is explained if it lies in a gap of which that node
    has told: it is kept, and waits for nothing."""
    number = OuterRef("origin_seq")
    told = Gap.objects.filter(origin=OuterRef("origin"), after__lt=number, upto__gte=number)
    return Quarantined.objects.exclude(Exists(told), problem="journal.forked")


def count() -> int:
    """How many things wait."""
    return waiting().count()
