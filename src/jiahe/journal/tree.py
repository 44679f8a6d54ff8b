"""The journal's tree as it is stored: every eighth level of its inner nodes, the leaves with the entries."""

from collections.abc import Iterator, Sequence

from jiahe.journal import merkle
from jiahe.journal.models import Entry, Node
from jiahe.journal.tables import insert

TILE_LEVELS = 8
"""Inner nodes are kept for every eighth level only; those between are hashed anew from at most 256 below."""


def subtree(low: int, high: int) -> bytes:
    """The hash of leaves [low, high) of the stored tree, from kept inner nodes where there are some."""
    span = high - low
    if span & (span - 1) == 0 and low % span == 0:
        level = span.bit_length() - 1
        if level and level % TILE_LEVELS == 0:
            return bytes(Node.objects.values_list("hash", flat=True).get(level=level, index=low >> level))
    if span <= 1 << TILE_LEVELS:
        leaves = Entry.objects.filter(seq__gt=low, seq__lte=high).order_by("seq").values_list("leaf", flat=True)
        return merkle.in_memory([bytes(leaf) for leaf in leaves])(0, span)
    middle = low + (1 << (span - 1).bit_length() - 1)
    return merkle.node(subtree(low, middle), subtree(middle, high))


def kept(size: int, completed: Sequence[tuple[int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """Which of the inner nodes completed after `size` entries are kept, as (level, index, hash)."""
    done: dict[int, int] = {}
    for level, digest in completed:
        index = (size >> level) + done.get(level, 0)
        done[level] = done.get(level, 0) + 1
        if level % TILE_LEVELS == 0:
            yield level, index, digest


def keep(size: int, completed: Sequence[tuple[int, bytes]]) -> None:
    """Write those that are kept."""
    rows = [Node(level=level, index=index, hash=digest) for level, index, digest in kept(size, completed)]
    insert(Node, rows, ignore_conflicts=False)


def frontier(size: int, hashes: bytes) -> merkle.Frontier:
    """The roots that make up a tree of this size, from their hashes one behind the other."""
    levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
    return tuple((level, hashes[32 * place : 32 * place + 32]) for place, level in enumerate(levels))
