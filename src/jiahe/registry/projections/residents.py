"""Who lived where, before and after: the rows are brought up to date, the difference goes to the counts."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from jiahe.journal.tables import upsert
from jiahe.journal.values import Change
from jiahe.registry.models import Person
from jiahe.registry.queries.lives import Life

RESIDENTS = "residents"
"""The state measure: people living in an area at the end of a day, by sex."""

DERIVED = ("home", "area", "died_on", "household", "relation", "merged_into")
"""The columns of a person that follow from his life."""


def settle(row: Person, life: Life) -> bool:
    """Writes a life into the person's row (not yet into the table); whether that changes it."""
    was = [getattr(row, name) for name in DERIVED]
    for name in DERIVED:
        setattr(row, name, getattr(life, name))
    return was != [getattr(row, name) for name in DERIVED]


def resettle(people: Mapping[UUID, Person], before: Mapping[UUID, Life], after: Mapping[UUID, Life]) -> list[Change]:
    """Brings the rows of these people up to date."""
    moved = [row for who, row in people.items() if settle(row, after[who])]
    upsert(Person, moved, key=("id",), update=DERIVED)
    return difference(before, after)


def difference(before: Mapping[UUID, Life], after: Mapping[UUID, Life]) -> list[Change]:
    """What to add to the residents so that the counts of `before` become those of `after`."""
    tally: Counter[tuple[str, date, str]] = Counter()
    for sign, lives in ((-1, before), (1, after)):
        for life in lives.values():
            for stay in life.stays:
                tally[stay.area, stay.from_on, life.sex] += sign
                if stay.to_on is not None:
                    tally[stay.area, stay.to_on, life.sex] -= sign
    return [Change(RESIDENTS, area, on, sex, n) for (area, on, sex), n in tally.items() if n]
