"""Gaps in the numbers of a node that was put back to an earlier state: what lies in one follows no order.

Elsewhere the numbers of a node have no gaps, so that nothing can be left out unseen. A node that was restored from a
backup does not know which numbers it had given since. It says so, in a fact of its own, and goes on behind them all.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Max

from jiahe.journal import facts, seal
from jiahe.journal.facts import NodePutBack
from jiahe.journal.models import Gap
from jiahe.journal.tables import insert
from jiahe.journal.values import Recorded

KIND = facts.kind_named(NodePutBack)


class Told(NamedTuple):
    """That a node was put back: its numbers behind `after` may be missing. `seq`: where our journal says so."""

    seq: int
    origin: str
    after: int


def goes_on(kind: str, number: int, content: bytes | None, reached: int) -> bool:
    """Whether an entry says that its node was put back and goes on here, when its entries came up to `reached`."""
    if kind != KIND or content is None:
        return False
    try:
        fact: NodePutBack = facts.read(KIND, seal.split(bytes(content))[0])
    except facts.UNREADABLE:
        return False
    return fact.after <= reached and number == fact.upto + 1


def open_up(batch: Iterable[Recorded]) -> None:
    """Remember the gaps that these entries speak of."""
    insert(
        Gap,
        [
            Gap(seq=entry.seq, origin=entry.origin, after=entry.fact.after, upto=entry.fact.upto, at_ms=entry.at_ms)
            for entry in batch
            if isinstance(entry.fact, NodePutBack)
        ],
    )


def last(origin: str) -> int:
    """Where the last gap in this node's numbers ends; 0 if it was never put back."""
    return Gap.objects.filter(origin=origin).aggregate(upto=Max("upto"))["upto"] or 0


def told_after(position: int) -> list[Told]:
    """The gaps of which our journal tells behind this position of it, in its order."""
    found = Gap.objects.filter(seq__gt=position).order_by("seq")
    return [Told(*row) for row in found.values_list("seq", "origin", "after")]


def counts() -> dict[str, int]:
    """How often each node was put back; those that never were are absent."""
    return dict(Gap.objects.values_list("origin").annotate(Count("seq")))
