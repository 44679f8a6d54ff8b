"""Measures and indicators as data: reads content/indicators/*.toml and refuses what it may not or cannot hold.

A file is one definition: a header (who says so, on what ground, when looked at) and exactly one of `[count]`,
`[state]`, `[difference]`, `[rate]`, `[ratio]`, `[board]`. There is no place for a target: a number here describes,
it never demands.
"""

from jiahe.indicators.definitions.reading import FOLDER, Refused, gather, load, parse
from jiahe.indicators.definitions.shapes import Board, Book, Count, Definition, Difference, Rate, Ratio, State

__all__ = [
    "FOLDER",
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
