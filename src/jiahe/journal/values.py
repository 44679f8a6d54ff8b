"""The values the journal deals in: what goes in, what comes out, and what follows from a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec

from jiahe.basis.ids import from_milliseconds

if TYPE_CHECKING:
    from django.db.models import Model


class Author(Protocol):
    """Who records: an officer in a post, who may record some kinds in some areas."""

    @property
    def officer(self) -> str:
        """Id of the officer."""

    @property
    def post(self) -> str:
        """Id of the post he acts in."""

    def may(self, verb: str, area: str) -> bool:
        """Whether he may record facts of `verb` ("room.PastTense") that happened in `area`."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact about to be recorded. `at` is the instant of recording, `area` where it happened, `about` the person, if
    any; `why` is a reason in words; `voids` the entry of a voidable fact which this one cancels or corrects."""

    fact: Any
    by: Author
    at: datetime
    area: str
    about: UUID | None = None
    why: str = ""
    voids: UUID | None = None


class Recorded(msgspec.Struct, frozen=True):
    """An entry of the journal with its fact as it reads today. `fact` is None when it was redacted or its kind is not
    known here; `seq` is this node's order, `clock` the hybrid logical clock that all nodes share.

    A Struct, for there is one of every fact that is recorded, received or replayed: a frozen dataclass takes six times
    as long to make."""

    seq: int
    id: UUID
    origin: str
    origin_seq: int
    clock: int
    at_ms: int
    kind: str
    area: str
    officer: str
    post: str
    about: UUID | None
    why: str
    voids: UUID | None
    fact: Any

    @property
    def at(self) -> datetime:
        """The origin's wall-clock instant of recording, UTC, to the millisecond."""
        return from_milliseconds(self.at_ms)

    @property
    def stamp(self) -> str:
        """Text that sorts entries of all nodes in one order; the greater stamp is the later writer."""
        return f"{self.clock:016x}.{self.origin}"


class Change(NamedTuple):
    """`n` to be added to the count of `measure` in `area` on the day `on`, for one stratum ("" if there are none)."""

    measure: str
    area: str
    on: date
    stratum: str
    n: int


Projection = Callable[[Sequence[Recorded]], Iterable[Change] | None]
P = TypeVar("P", bound=Projection)

_tables: dict[Projection, tuple[type[Model], ...]] = {}


def projects(*tables: type[Model]) -> Callable[[P], P]:
    """Declare which tables a projection writes. It takes entries of one kind, in any order and any portions, and may
    return changes of measures that count no facts."""

    def declare(projection: P) -> P:
        _tables[projection] = tables
        return projection

    return declare


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a fact of class `fact`: projections, and the projections that undo them when the fact is voided
    or redacted. A fact without consequences stands in the journal only. `attachments` tells which blobs a fact of
    this class names, if it can name any; a fact names a blob by what `blobs.keep` answered."""

    fact: type[Any]
    project: tuple[Projection, ...] = ()
    retract: tuple[Projection, ...] = ()
    attachments: Callable[[Any], Iterable[str]] | None = None

    def tables(self) -> set[type[Model]]:
        """The tables written. Raises KeyError for a projection that does not declare them."""
        return {table for projection in (*self.project, *self.retract) for table in _tables[projection]}


class Sealed(NamedTuple):
    """An entry as it travels between nodes: the header's fields, the salted content (None when redacted), and seals."""

    header: bytes
    salt: bytes | None
    content: bytes | None
    commitment: bytes
    signature: bytes
