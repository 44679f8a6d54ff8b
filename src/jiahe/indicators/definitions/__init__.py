"""Measures and indicators as data: reads content/indicators/*.toml and refuses what it may not or cannot hold.

A file is one definition: a header (who says so, on what ground, when looked at) and exactly one of `[count]`,
`[state]`, `[difference]`, `[rate]`, `[ratio]`, `[dependency]`, `[median_group]`, or of the pages `[board]`,
`[pyramid]`, `[flows]`. A state, and a count that names no fact, is made of what projections give out. There is no
place for a target: a number here describes, it never demands.
"""

from jiahe.indicators.definitions.reading import FOLDER, Refused, gather, load, parse
from jiahe.indicators.definitions.shapes import (
    ELSEWHERE,
    AreaPart,
    Board,
    Book,
    Count,
    Definition,
    Difference,
    Rate,
    Ratio,
    State,
)

__all__ = [
    "ELSEWHERE",
    "FOLDER",
    "AreaPart",
    "Board",
    "Book",
    "Count",
    "Definition",
    "Difference",
    "Rate",
    "Ratio",
    "Refused",
    "State",
    "gather",
    "load",
    "parse",
]
