"""What a definition may say, as frozen values: counts, states, differences, rates, ratios, the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Generic, TypeVar

import msgspec

from jiahe.basis.languages import Text, simplified
from jiahe.indicators.facts import Span
from jiahe.places.facts import Level
from jiahe.places.rules import LENGTHS, level_of


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label or note as it is written: English and Traditional Chinese; Simplified is derived unless given."""

    en: str
    zh_hant: str
    zh_hans: str = ""

    def text(self) -> Text:
        """The words in the three languages of the house."""
        return Text(self.en, self.zh_hant, self.zh_hans or simplified(self.zh_hant))


ELSEWHERE = "elsewhere"
"""The stratum of what is not said as an area."""


class AreaPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stratum made from a `field` that may hold an area's code: the area of the level `as` in which that lies.

    A code of a wider area stays as it is, for more is not known; anything else is elsewhere. A node that hears sums
    only is told the area of the level `above`.
    """

    field: str
    level: Level = msgspec.field(name="as")
    above: Level | None = None

    def read(self, text: object) -> str:
        """The stratum.

        >>> part = AreaPart("origin", Level.TOWNSHIP)
        >>> part.read("411723101201"), part.read("411723"), part.read("overseas"), part.read(None)
        ('411723101', '411723', 'elsewhere', 'elsewhere')
        """
        if not isinstance(text, str) or level_of(text) is None:
            return ELSEWHERE
        return text[: LENGTHS[self.level]]


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts facts of one kind, at the area and on the day that two of the fact's fields name, apart by `strata`.

    Without a fact it counts, as a state does, the Changes that projections of other rooms give out under its id, for
    what follows from many facts together; an area as stratum is then read from what they give.
    `spans` are those kept in cells; where few fall into one month and stratum, cells by month would save nothing.
    `in_fives`: the last of the strata goes up in fives only (`rules.fives`).
    """

    strata: tuple[str | AreaPart, ...]
    fact: str = ""
    area: str = ""
    day: str = ""
    spans: tuple[Span, ...] = (Span.DAY, Span.MONTH)
    in_fives: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError for half a fact, and for several strata without one."""
        half = len({bool(name) for name in (self.fact, self.area, self.day)}) > 1
        if half or (not self.fact and len(self.strata) > 1):
            raise ValueError("fact, area and day are said together; without them there is at most one stratum")

    def given(self, stratum: str) -> str:
        """The stratum under which a Change counts that a projection gave out."""
        (part, *_) = self.strata or ("",)
        return part.read(stratum) if isinstance(part, AreaPart) and not self.fact else stratum

    def place(self, fact: object) -> tuple[str, date, str]:
        """Area, day and stratum at which `fact` counts; a stratum that was not said is empty."""
        parts = (_stratum(part, fact) for part in self.strata)
        return attrgetter(self.area)(fact), attrgetter(self.day)(fact), ".".join(parts)


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many there are on a day: the sum of all Changes that projections of other rooms give out under this id.

    `spans` are those kept in cells; where few fall into one month and stratum, cells by month would save nothing.
    `finer` is a state that tells the same of smaller strata: its cells are read where this one keeps none by day.
    `in_fives`, as of a count.
    """

    strata: tuple[str, ...]
    spans: tuple[Span, ...] = (Span.DAY, Span.MONTH, Span.EVER)
    finer: str = ""
    in_fives: bool = False


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


class Pyramid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Residents by sex and age: a state by sex and year of birth, in groups of `width` years, the last from `oldest`.

    `dependency` and `median` are the ids of what is told of them.
    """

    state: str
    width: int
    oldest: int
    dependency: str
    median: str

    def __post_init__(self) -> None:
        """Raises ValueError unless the groups fit; groups under five years could single somebody out."""
        if self.width < MOST_EXACT or self.oldest < self.width or self.oldest % self.width:
            raise ValueError(f"groups of at least {MOST_EXACT} years, the last beginning where one before it ends")


MOST_EXACT = 5
"""Years of the narrowest group of ages that may be shown of a village."""


class Dependency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The younger than `young_below` and those of `old_from` and older, for `per` of those between, of a pyramid."""

    young_below: int
    old_from: int
    per: int

    def __post_init__(self) -> None:
        """Raises ValueError if nobody is between."""
        if not 0 < self.young_below < self.old_from or self.per < 1:
            raise ValueError("0 < young_below < old_from, and per is at least 1")


class MedianGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The group of ages of a pyramid in which the middle person is."""


class Flows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Moves between areas: counts whose one stratum is where people came from (`arrivals`) or went (`departures`)."""

    arrivals: str
    departures: str


Body = Count | State | Difference | Rate | Ratio | Board | Pyramid | Dependency | MedianGroup | Flows
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
    dependencies: dict[str, Definition[Dependency]]
    medians: dict[str, Definition[MedianGroup]]
    board: Definition[Board]
    pyramid: Definition[Pyramid]
    flows: Definition[Flows]

    def spans(self, measure: str) -> tuple[Span, ...]:
        """Over which spans the cells of a measure are kept; one that no definition names is kept as a count."""
        definition = self.counts.get(measure) or self.states.get(measure)
        return definition.body.spans if definition else (Span.DAY, Span.MONTH)

    def by_day(self, state: str) -> str:
        """The state in whose cells by day the changes of this one stand."""
        body = self.states[state].body
        return state if Span.DAY in body.spans else body.finer

    def monthly(self) -> list[str]:
        """The counts that are kept by month too: those a board is made of."""
        return [id_ for id_, count in self.counts.items() if Span.MONTH in count.body.spans]

    def counted(self) -> dict[str, tuple[tuple[str, Count], ...]]:
        """For each kind of fact the measures that count it."""
        kinds: dict[str, tuple[tuple[str, Count], ...]] = {}
        for id_, definition in self.counts.items():
            if fact := definition.body.fact:
                kinds[fact] = (*kinds.get(fact, ()), (id_, definition.body))
        return kinds


def _stratum(part: str | AreaPart, fact: object) -> str:
    if isinstance(part, AreaPart):
        return part.read(attrgetter(part.field)(fact))
    said = attrgetter(part)(fact)
    return "" if said is None else str(said)
