"""Kinds of facts: how a frozen dataclass becomes canonical bytes and comes back, for ever.

The bytes are JSON in the canonical form of RFC 8785 (sorted keys, no spaces, shortest escapes). Numbers are integers;
decimals, dates, instants and identifiers travel as text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, dataclass_transform
from uuid import UUID

import msgspec

T = TypeVar("T")
Old = TypeVar("Old")
New = TypeVar("New")

_KIND = re.compile(r"[a-z_]+\.[A-Z][A-Za-z]+@[1-9]\d*")
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError)
"""What reading raises of bytes that are not what they should be: another shape, or no text at all."""
encode = msgspec.json.Encoder(order="sorted", decimal_format="string").encode


@dataclass(frozen=True, slots=True)
class Kind:
    """A declared kind of fact: its name with version, its class, and whether a later fact may void it."""

    name: str
    cls: type[Any]
    voidable: bool
    discreet: bool
    decode: Callable[[bytes], Any] = field(repr=False)
    upcast: Callable[[Any], Any] | None = field(default=None, repr=False)
    newer: type[Any] | None = None

    @property
    def verb(self) -> str:
        """The name without its version; permissions are given for verbs."""
        return self.name.partition("@")[0]


KINDS: dict[str, Kind] = {}
_by_class: dict[type[Any], Kind] = {}


@dataclass_transform(frozen_default=True)
def fact(name: str, *, voidable: bool = False, discreet: bool = False) -> Callable[[type[T]], type[T]]:
    """Declare a kind of fact; the class becomes a frozen, slotted dataclass.

    `name` is "room.PastTense@version". A kind never changes its shape: declare the next version as a new class and an
    `upcaster` from the old one. A `discreet` one is about somebody, and erased with him, but it is shown to no officer
    in that person's record: what he said of them. Raises ValueError for a malformed or repeated name.
    """

    def declare(cls: type[T]) -> type[T]:
        if not _KIND.fullmatch(name) or name in KINDS:
            raise ValueError(f"{name!r} is malformed or declared twice")
        made = dataclass(frozen=True, slots=True)(cls)
        KINDS[name] = _by_class[made] = Kind(name, made, voidable, discreet, msgspec.json.Decoder(made).decode)
        return made

    return declare


def upcaster(old: type[Old], new: type[New]) -> Callable[[Callable[[Old], New]], Callable[[Old], New]]:
    """Declare how a fact of class `old` reads today: as a fact of class `new`. The stored bytes stay as they were."""

    def declare(function: Callable[[Old], New]) -> Callable[[Old], New]:
        kind = _by_class[old]
        KINDS[kind.name] = _by_class[old] = replace(kind, upcast=function, newer=new)
        return function

    return declare


def discreet(name: str) -> bool:
    """Whether a kind of that name is shown to no officer in a person's record; one that is not known here is not."""
    return name in KINDS and KINDS[name].discreet


def kind_of(value: object) -> Kind:
    """The declared kind of a fact. Raises KeyError if its class was never declared."""
    return _by_class[type(value)]


def kind_named(cls: type[Any]) -> str:
    """The name of a declared class."""
    return _by_class[cls].name


def today(name: str) -> type[Any]:
    """The class as which facts of kind `name` read today."""
    kind = KINDS[name]
    while kind.newer is not None:
        kind = _by_class[kind.newer]
    return kind.cls


def read(name: str, body: bytes) -> Any:
    """The fact in `body`, in the shape of today. Raises KeyError for an unknown kind, msgspec.ValidationError for a
    body that does not fit it."""
    return as_today(KINDS[name].decode(body))


def as_today(value: Any) -> Any:
    """The fact in the shape of today. Raises KeyError if its class was never declared."""
    kind = _by_class[type(value)]
    while kind.upcast is not None:
        value = kind.upcast(value)
        kind = _by_class[type(value)]
    return value


@fact("journal.Redacted@1")
class Redacted:
    """The contents of `entries` were erased for good, everywhere, because of `ground` (a legal basis, no free text).

    `residue` is what they had added to the counts, as (measure, area, day, stratum, n): statistics outlive the person.
    """

    entries: tuple[UUID, ...]
    ground: str
    residue: tuple[tuple[str, str, str, str, int], ...]


@fact("journal.NodePutBack@1")
class NodePutBack:
    """This node was put back to an earlier state, as from a backup, and goes on behind a gap in its numbers.

    Of its own entries it has those up to number `after`; `upto` is greater than any number it can have given since.
    What others still hold of those between is taken as it comes, in any order; the rest is lost.
    """

    after: int
    upto: int
