"""What the network is told at start: what the facts it carries belong to. It learns nothing of what they mean."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from jiahe.basis.connected import Connected
from jiahe.journal.values import Recorded
from jiahe.network.facts import Level


class Total(NamedTuple):
    """What a cell comes to over a whole area; `mark` changes whenever the cell does."""

    measure: str
    span: str
    start: date
    stratum: str
    n: int
    mark: int


@dataclass(frozen=True, slots=True)
class Feed:
    """Sums that go up instead of facts. `changed` gives those that the neighbour has not got yet, at most so many;
    `taken` is told which he has; `take` writes what came of an area. `held` names those of which there is a number of
    an area; `anew` is told them, and has all told again."""

    changed: Callable[[int], list[Total]]
    taken: Callable[[Iterable[tuple[str, str, date, str, int]]], None]
    take: Callable[[str, Sequence[Total], datetime], None]
    held: Callable[[str], list[tuple[str, str, date, str]]]
    anew: Callable[[Iterable[tuple[str, str, date, str]]], None]


@dataclass(frozen=True, slots=True)
class Wiring:
    """`common` tells of a kind whether every node below needs it wherever it happened, `public` whether a city gets it.

    A *record* is what entries belong to and is kept in an area, sometimes in two: a person, a household, a case.
    `records` tells which records entries belong to, `kept_in` in which areas these are kept now, `told_of` the ids of
    all entries of each; `named_beside` which are named by entries about another record; `moving`, of entries and the
    records of each, the ids of those that may change where these are kept. `conflicts` counts what waits for a
    person's judgement.
    """

    version: str
    level: Level
    common: Callable[[str], bool]
    public: Callable[[str], bool]
    records: Callable[[Sequence[Recorded]], Mapping[UUID, Collection[UUID]]]
    kept_in: Callable[[Collection[UUID]], Mapping[UUID, Collection[str]]]
    told_of: Callable[[Collection[UUID]], Mapping[UUID, Collection[UUID]]]
    named_beside: Callable[[Collection[UUID]], Collection[UUID]]
    moving: Callable[[Sequence[Recorded], Mapping[UUID, Collection[UUID]]], set[UUID]]
    conflicts: Callable[[], int]
    feed: Feed


_connected = Connected[Wiring]("the network was used before the node connected its wiring")
connect = _connected.connect
current = _connected.current
