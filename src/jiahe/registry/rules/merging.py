"""Which record a merged one is kept under, whatever order the merges were recorded and came in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Merging:
    """Somebody said that the record `gone` is of the same person as `kept`."""

    kept: UUID
    gone: UUID
    stamp: str


def kept_as(merges: Iterable[Merging]) -> Mapping[UUID, UUID]:
    """For each record that was merged away, the one it is kept under; chains are followed to their end.

    Records that hang together have one that stays: the one the latest merge keeps. Two nodes may have merged crosswise
    without seeing each other; then the later word holds.

    >>> a, b, c = (UUID(int=number) for number in (1, 2, 3))
    >>> found = kept_as([Merging(b, a, "1"), Merging(c, b, "2")])
    >>> found[a] == found[b] == c, len(found)
    (True, 2)
    >>> kept_as([Merging(b, a, "1"), Merging(a, b, "2")]) == {b: a}
    True
    """
    ordered = sorted(merges, key=lambda merge: merge.stamp)
    ties: dict[UUID, set[UUID]] = defaultdict(set)
    for merge in ordered:
        ties[merge.kept].add(merge.gone)
        ties[merge.gone].add(merge.kept)
    found: dict[UUID, UUID] = {}
    done: set[UUID] = set()
    for merge in reversed(ordered):
        if merge.kept in done:
            continue
        together, reach = {merge.kept}, [merge.kept]
        while reach:
            more = ties[reach.pop()] - together
            together |= more
            reach.extend(more)
        done |= together
        found |= {each: merge.kept for each in together if each != merge.kept}
    return found
