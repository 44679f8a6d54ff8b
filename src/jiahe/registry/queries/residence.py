"""Where people live, told again from the rows: what the counted residents must equal."""

from collections import Counter
from datetime import date

from jiahe.registry.queries.lives import everybody
from jiahe.registry.rules.residence import lived_on


def residents_by_area(on: date) -> Counter[tuple[str, str]]:
    """How many live in each (area, sex) at the end of a day: counted one by one, for checking the counts by hand.

    Reads the whole register; the board reads the counts.
    """
    found: Counter[tuple[str, str]] = Counter()
    for (area, sex, _), n in residents_by_birth(on).items():
        found[area, sex] += n
    return found


def residents_by_birth(on: date) -> Counter[tuple[str, str, int]]:
    """The same by (area, sex, year of birth)."""
    found: Counter[tuple[str, str, int]] = Counter()
    for _, life in everybody():
        area = lived_on(on, life.stays)
        if area is not None:
            found[area, life.sex, life.born_in] += 1
    return found
