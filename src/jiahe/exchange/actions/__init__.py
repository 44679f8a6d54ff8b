"""The verbs: bring a file, say what its columns hold, check it, take it over, undo it, empty it; export a roster.

Those that go over rows do a bounded portion and say what is left, so that no request and no writer waits for long.
"""

from jiahe.exchange.actions.bringing import bring, choose_columns, empty, empty_old
from jiahe.exchange.actions.checking import check
from jiahe.exchange.actions.exporting import export_roster
from jiahe.exchange.actions.taking import mean, take, undo

__all__ = ["bring", "check", "choose_columns", "empty", "empty_old", "export_roster", "mean", "take", "undo"]
