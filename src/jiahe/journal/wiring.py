"""What the journal is told at start: whose node this is, and what follows from each kind of fact."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db.models import Model

from jiahe.basis.connected import Connected
from jiahe.journal.facts import KINDS, today
from jiahe.journal.values import Change, Consequence, Recorded

_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Store:
    """The folder in which this node keeps blobs, and the 32 bytes with which they are encrypted."""

    folder: Path
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Wiring:
    """`origin` names this node and `area` is where it may record; `contributions` says what entries add to the counts,
    and `add` writes counts; `outlives` tells of a measure whether it keeps what redacted facts had added to it.
    `whole`: of the nodes in this area everything comes here, not only what is public. `bound`: there are other nodes,
    so that nothing is recorded of areas outside of this one."""

    origin: str
    area: str
    key: Ed25519PrivateKey
    consequences: tuple[Consequence, ...]
    contributions: Callable[[Sequence[Recorded]], Iterable[Change]]
    add: Callable[[Iterable[Change]], None]
    store: Store
    counts: tuple[type[Model], ...] = ()
    outlives: Callable[[str], bool] = lambda measure: True
    whole: bool = True
    bound: bool = False

    @cached_property
    def public_key(self) -> bytes:
        """The node's public key, 32 bytes."""
        return self.key.public_key().public_bytes_raw()

    @cached_property
    def by_kind(self) -> Mapping[str, Consequence]:
        """Consequences by the name of the kind, for every version that reads as that class today."""
        by_class = {consequence.fact: consequence for consequence in self.consequences}
        if len(by_class) != len(self.consequences):
            raise ValueError("a fact stands twice in the wiring table")
        return {name: by_class[today(name)] for name in KINDS if today(name) in by_class}

    def place(self, kind: str) -> int:
        """Where the kind stands in the table: a batch is applied in that order, the cheapest of all."""
        return self._places[kind]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        places = {consequence.fact: place for place, consequence in enumerate(self.consequences)}
        return {kind: places[consequence.fact] for kind, consequence in self.by_kind.items()}

    @cached_property
    def naming(self) -> Mapping[str, Callable[[Any], Iterable[str]]]:
        """Of the kinds whose facts may name blobs, what tells their names."""
        return {kind: each.attachments for kind, each in self.by_kind.items() if each.attachments}

    def attachments(self, kind: str, fact: Any) -> set[str]:
        """The blobs that a fact of this kind, as it reads today, names. What is no blob's name is passed over: facts
        come from other nodes too."""
        names = self.naming.get(kind)
        return {name for name in names(fact) if is_name(name)} if names and fact is not None else set()

    @cached_property
    def tables(self) -> tuple[type[Model], ...]:
        """Every projected table, in a steady order."""
        written = {table for consequence in self.consequences for table in consequence.tables()}
        return tuple(sorted(written | set(self.counts), key=lambda table: table._meta.db_table))


def is_name(text: str) -> bool:
    """Whether the text is a blob's name: a SHA-256 in 64 small hexadecimal digits."""
    return _NAME.fullmatch(text) is not None


_connected = Connected[Wiring]("the journal was used before the node connected its wiring")
connect = _connected.connect
current = _connected.current
