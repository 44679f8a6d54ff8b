"""The words of the cell table. Numbers follow from the facts of other rooms; this room has none of its own."""

from datetime import date
from enum import StrEnum


class Span(StrEnum):
    """How long a cell reaches from its start: a day, a month, or all time (for states, sums from the start)."""

    DAY = "day"
    MONTH = "month"
    EVER = "ever"


EVER = date(1, 1, 1)
"""The start of the cells that reach over all time."""
