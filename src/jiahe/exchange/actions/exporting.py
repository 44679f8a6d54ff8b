"""Taking a list of people out of the register is recorded: by whom, how many, which columns, of which area."""

from collections.abc import Sequence
from datetime import datetime

from jiahe.exchange import problems, rosters
from jiahe.exchange.facts import RosterExported
from jiahe.exchange.rosters import RosterColumn
from jiahe.journal.recording import record, turn
from jiahe.journal.values import Recorded
from jiahe.staff.budget import spend
from jiahe.staff.scope import Acting


def export_roster(*, area: str, columns: Sequence[RosterColumn], rows: int, by: Acting, at: datetime) -> Recorded:
    """Record that a roster of so many rows goes out, before it does.

    Raises NoColumns, RosterTooLong, BudgetSpent (`staff.budget`), NotPermitted.
    """
    if not columns:
        raise problems.NoColumns()
    if rows > rosters.MOST:
        raise problems.RosterTooLong(count=rows, most=rosters.MOST)
    spend(by, at=at, exported=rows)
    with turn():
        fact = RosterExported(rows, tuple(column.value for column in columns), area)
        return record(fact, by=by, at=at, area=area)
