"""What can happen here that others must be able to ask about later."""

from jiahe.journal.facts import fact


@fact("exchange.RosterExported@1")
class RosterExported:
    """Somebody took a list of people out: how many rows, which columns, of which area; nobody's data."""

    rows: int
    columns: tuple[str, ...]
    area: str
