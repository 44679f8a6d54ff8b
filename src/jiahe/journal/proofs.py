"""Proofs anyone can check without this program: that an entry stands in the journal, that the journal only grew."""

from typing import NamedTuple
from uuid import UUID

from jiahe.journal import merkle, storage, tree
from jiahe.journal.models import Entry


class Inclusion(NamedTuple):
    """That `leaf` is number `place` (from 0) of the `size` leaves under `root`: RFC 6962 section 2.1.1."""

    leaf: bytes
    place: int
    size: int
    path: list[bytes]
    root: bytes


class Consistency(NamedTuple):
    """That the tree of `old` leaves began the one of `size`: RFC 6962 section 2.1.2."""

    old: int
    old_root: bytes
    size: int
    root: bytes
    path: list[bytes]


def inclusion(entry: UUID, size: int | None = None) -> Inclusion:
    """The proof for an entry in the journal of today, or of when it had `size` entries.

    Raises Entry.DoesNotExist for an unknown id, ValueError if the entry came later than `size`.
    """
    row = Entry.objects.only("seq", "leaf").get(entry_id=entry)
    size = storage.end().size if size is None else size
    path = merkle.inclusion_proof(tree.subtree, row.seq - 1, size)
    return Inclusion(bytes(row.leaf), row.seq - 1, size, path, tree.subtree(0, size))


def consistency(old: int, size: int | None = None) -> Consistency:
    """The proof from the journal of `old` entries to that of today. Raises ValueError if it never had so many."""
    size = storage.end().size if size is None else size
    path = merkle.consistency_proof(tree.subtree, old, size)
    return Consistency(old, tree.subtree(0, old), size, tree.subtree(0, size), path)
