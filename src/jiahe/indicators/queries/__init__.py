"""What others may read: exact figures for areas in scope, each read as of one instant of the journal.

Cells hold counts, no persons, so a supervisor may read them for every area in his own. Sums by child area always add
up: what was counted in an area that is no more stands in a row of its own, never nowhere.
"""

from jiahe.indicators.queries.cells import book
from jiahe.indicators.queries.figures import (
    Figures,
    Part,
    board,
    by_child,
    indicator,
    journal_end,
    residents,
    series,
    total,
)
from jiahe.indicators.queries.flows import FORMER, UNTOLD, Flows, flows
from jiahe.indicators.queries.instant import one_instant
from jiahe.indicators.queries.population import Aged, Pyramid, pyramid, residents_by_age
from jiahe.indicators.queries.wholes import Whole, told, told_areas

__all__ = [
    "FORMER",
    "UNTOLD",
    "Aged",
    "Figures",
    "Flows",
    "Part",
    "Pyramid",
    "Whole",
    "board",
    "book",
    "by_child",
    "flows",
    "indicator",
    "journal_end",
    "one_instant",
    "pyramid",
    "residents",
    "residents_by_age",
    "series",
    "told",
    "told_areas",
    "total",
]
