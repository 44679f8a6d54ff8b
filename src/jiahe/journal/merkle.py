"""The Merkle tree of RFC 6962 section 2.1: roots, inclusion and consistency proofs. Pure; hashes are 32 bytes.

A tree is given by a function `subtree(low, high)` that returns the hash of leaves [low, high), so that a caller with
stored inner nodes need not read every leaf.
"""

import hashlib
from collections.abc import Callable, Sequence

Subtree = Callable[[int, int], bytes]
Frontier = tuple[tuple[int, bytes], ...]
"""The roots of the complete subtrees that make up a tree, left to right, each with its level (size = 2 ** level)."""

EMPTY_ROOT = hashlib.sha256(b"").digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def append(frontier: Frontier, leaves: Sequence[bytes]) -> tuple[Frontier, list[tuple[int, bytes]]]:
    """The frontier after `leaves`, and every inner node completed on the way as (level, hash), in order."""
    stack = list(frontier)
    completed = []
    for entry in leaves:
        stack.append((0, entry))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            level, right = stack.pop()
            _, left = stack.pop()
            stack.append((level + 1, node(left, right)))
            completed.append(stack[-1])
    return tuple(stack), completed


def root(frontier: Frontier) -> bytes:
    """The root hash of the tree."""
    if not frontier:
        return EMPTY_ROOT
    result = frontier[-1][1]
    for _, left in reversed(frontier[:-1]):
        result = node(left, result)
    return result


def in_memory(leaves: Sequence[bytes]) -> Subtree:
    """The subtree function of a list of leaf hashes."""

    def subtree(low: int, high: int) -> bytes:
        return root(append((), leaves[low:high])[0])

    return subtree


def inclusion_proof(subtree: Subtree, index: int, size: int) -> list[bytes]:
    """The audit path for leaf `index` in the tree of `size` leaves. Raises ValueError if there is no such leaf."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")

    def path(low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        middle = low + _split(high - low)
        if index < middle:
            return [*path(low, middle), subtree(middle, high)]
        return [*path(middle, high), subtree(low, middle)]

    return path(0, size)


def consistency_proof(subtree: Subtree, old: int, size: int) -> list[bytes]:
    """The proof that the tree of `old` leaves is the beginning of that of `size`. Raises ValueError if it cannot be."""
    if not 0 < old <= size:
        raise ValueError(f"a tree of {old} cannot be the beginning of one of {size}")

    def proof(low: int, high: int, complete: bool) -> list[bytes]:
        if old == high:
            return [] if complete else [subtree(low, high)]
        middle = low + _split(high - low)
        if old <= middle:
            return [*proof(low, middle, complete), subtree(middle, high)]
        return [*proof(middle, high, False), subtree(low, middle)]

    return proof(0, size, True)


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes) -> bool:
    """RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    position, last, result = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            result = node(sibling, result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            result = node(result, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and result == root_hash


def verify_consistency(old: int, old_root: bytes, size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 section 2.1.4.2."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == new_root
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    position, last = old - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_result = new_result = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old_result, new_result = node(sibling, old_result), node(sibling, new_result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new_result = node(new_result, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old_result == old_root and new_result == new_root


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
