"""Where people lived, told again from the rows: what the counted residents must equal."""

from collections import Counter
from datetime import date

from jiahe.registry.queries.lives import everybody
from jiahe.registry.rules.residence import lived_on


def residents_by_area(on: date) -> Counter[tuple[str, str]]:
    """How many live in each (area, sex) at the end of a day: counted one by one, for checking the counts by hand.

    Reads the whole register; the board reads the counts.
    """
    found: Counter[tuple[str, str]] = Counter()
    for _, life in everybody():
        area = lived_on(on, life.stays)
        if area is not None:
            found[area, life.sex] += 1
    return found
