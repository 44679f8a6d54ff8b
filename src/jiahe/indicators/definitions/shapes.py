"""What a definition may say, as frozen values: counts, states, differences, rates, ratios, the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Generic, TypeVar

import msgspec
from opencc import OpenCC

from jiahe.basis.languages import Text
from jiahe.indicators.facts import Span


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label or note as it is written: English and Traditional Chinese; Simplified is derived unless given."""

    en: str
    zh_hant: str
    zh_hans: str = ""

    def text(self) -> Text:
        """The words in the three languages of the house."""
        return Text(self.en, self.zh_hant, self.zh_hans or _simplified(self.zh_hant))


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts facts of one kind, at the area and on the day that two of the fact's fields name, apart by `strata`.

    `spans` are those kept in cells; where few fall into one month and stratum, cells by month would save nothing.
    """

    fact: str
    area: str
    day: str
    strata: tuple[str, ...]
    spans: tuple[Span, ...] = (Span.DAY, Span.MONTH)

    def place(self, fact: object) -> tuple[str, date, str]:
        """Area, day and stratum at which `fact` counts; a stratum that was not said is empty."""
        parts = (attrgetter(path)(fact) for path in self.strata)
        return attrgetter(self.area)(fact), attrgetter(self.day)(fact), ".".join(_sign(part) for part in parts)


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many there are on a day: the sum of all Changes that projections of other rooms give out under this id.

    `spans` are those kept in cells; where few fall into one month and stratum, cells by month would save nothing.
    """

    strata: tuple[str, ...]
    spans: tuple[Span, ...] = (Span.DAY, Span.MONTH, Span.EVER)


class Difference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One count less another, in the same period."""

    plus: str
    minus: str


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Events (`of`, perhaps `less` others) for `per` of the state `among` and a year; unsaid below `minimum` events."""

    of: str
    among: str
    per: int
    minimum: int
    less: str = ""


class Ratio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`per` times one stratum of a count over another; not said below `minimum` events of both."""

    of: str
    stratum: str
    to: str
    per: int
    minimum: int


class Board(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the board shows, and in which order: ids of a state, of tiles, of rates and ratios, of lines and bars."""

    state: str
    tiles: tuple[str, ...]
    rates: tuple[str, ...]
    trend: tuple[str, ...]
    bars: tuple[str, ...]


Body = Count | State | Difference | Rate | Ratio | Board
B_co = TypeVar("B_co", covariant=True, bound=Body)
B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True)
class Definition(Generic[B_co]):
    """A definition with its header. `review_by` is the day on which somebody has to look at it again."""

    id: str
    label: Text
    note: Text
    version: int
    author: str
    source: str
    reviewed_on: date
    review_by: date
    body: B_co


@dataclass(frozen=True, slots=True)
class Book:
    """All definitions of a folder, checked against each other and against the declared kinds of facts."""

    counts: dict[str, Definition[Count]]
    states: dict[str, Definition[State]]
    differences: dict[str, Definition[Difference]]
    rates: dict[str, Definition[Rate]]
    ratios: dict[str, Definition[Ratio]]
    board: Definition[Board]

    def spans(self, measure: str) -> tuple[Span, ...]:
        """Over which spans the cells of a measure are kept; one that no definition names is kept as a count."""
        definition = self.counts.get(measure) or self.states.get(measure)
        return definition.body.spans if definition else (Span.DAY, Span.MONTH)

    def counted(self) -> dict[str, tuple[tuple[str, Count], ...]]:
        """For each kind of fact the measures that count it."""
        kinds: dict[str, tuple[tuple[str, Count], ...]] = {}
        for id_, definition in self.counts.items():
            kinds[definition.body.fact] = (*kinds.get(definition.body.fact, ()), (id_, definition.body))
        return kinds


def _sign(part: object) -> str:
    return "" if part is None else str(part)


@cache
def _simplified(words: str) -> str:
    return str(OpenCC("t2s").convert(words))
