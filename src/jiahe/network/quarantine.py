"""What came and was not taken: kept, counted and shown, and tried again when the reason may be gone."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jiahe.basis.ids import milliseconds
from jiahe.journal import receiving
from jiahe.journal.models import Gap, Origin
from jiahe.journal.problems import EntryMissing, Forked, NotApplicable, UnknownOrigin
from jiahe.journal.receiving import Refused
from jiahe.journal.tables import insert
from jiahe.journal.values import Sealed
from jiahe.network.models import Quarantined

MOST = 200_000
"""Whoever forges more than this has them counted with the last one; they are nothing that could be lost."""
_PORTION = 500
_TRIED_AGAIN = (UnknownOrigin.code, EntryMissing.code, NotApplicable.code)

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
            origin_seq=max(-receiving.LAST_CLOCK, min(one.origin_seq, receiving.LAST_CLOCK)),
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


def retry(*, anew: bool = False) -> int:
    """Try again what may be taken now, each node's in its order; how many wait no longer. `anew`: also what the tables
    did not take, for this program may be a later one."""
    taken = 0
    while origins := _ripe(anew=anew):
        more = sum(_of(origin) for origin in origins)
        if not more:
            break
        taken += more
    return taken


def _ripe(*, anew: bool) -> list[str]:
    """The nodes of which something waits whose reason is gone: the node is known now, or what came before is here."""
    known = Origin.objects.filter(name=OuterRef("origin"))
    reached = known.filter(seq__gte=OuterRef("origin_seq") - 1)
    unknown, following = Q(problem=UnknownOrigin.code), Q(problem=EntryMissing.code)
    following |= Q(problem=NotApplicable.code) if anew else Q()
    found = Quarantined.objects.filter(unknown & Exists(known) | following & Exists(reached))
    return sorted(set(found.values_list("origin", flat=True)))


def _of(origin: str) -> int:
    """As much of a node's as can be taken in order."""
    taken = 0
    for rows in _portions(origin):
        some = _again(rows)
        if not some:
            break
        taken += some
    return taken


def _portions(origin: str) -> Iterator[list[Quarantined]]:
    rows = Quarantined.objects.filter(origin=origin, problem__in=_TRIED_AGAIN)
    after = (-1, -1)
    while some := list(_behind(rows, *after).order_by("origin_seq", "pk")[:_PORTION]):
        after = (some[-1].origin_seq, some[-1].pk)
        yield some


def _behind(rows: QuerySet[Quarantined], number: int, key: int) -> QuerySet[Quarantined]:
    return rows.filter(Q(origin_seq__gt=number) | Q(origin_seq=number, pk__gt=key))


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
        done.append(len(gone))

    receiving.sift(list(by_entry), via="", fits=lambda: True, then=then)
    return done[0]


def waiting() -> QuerySet[Quarantined]:
    """What has to be looked after. A number that a node gave twice is explained if it lies in a gap of which that node
    has told: it is kept, and waits for nothing."""
    number = OuterRef("origin_seq")
    told = Gap.objects.filter(origin=OuterRef("origin"), after__lt=number, upto__gte=number)
    return Quarantined.objects.exclude(Exists(told), problem=Forked.code)


def count() -> int:
    """How many things wait."""
    return waiting().count()
