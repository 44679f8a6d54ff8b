"""Who lived where, before and after: the rows are brought up to date, the difference goes to the counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from jiahe.journal.tables import upsert
from jiahe.journal.values import Change
from jiahe.registry.models import Person
from jiahe.registry.queries.lives import Life

RESIDENTS = "residents"
"""The state measure: people living in an area at the end of a day, by sex."""

RESIDENTS_BY_BIRTH = "residents_by_birth"
"""The same people by sex and year of birth, as in "female.1987": from it follow the ages on any day."""

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
    """What to add to the residents, by sex and by birth, so that the counts of `before` become those of `after`."""
    tally: Counter[tuple[str, str, date, str]] = Counter()
    for sign, lives in ((-1, before.values()), (1, after.values())):
        for measure, area, on, stratum, n in counted(lives):
            tally[measure, area, on, stratum] += sign * n
    return [Change(*key, n) for key, n in tally.items() if n]


def counted(lives: Iterable[Life]) -> Iterator[Change]:
    """What these lives add to the residents."""
    for life in lives:
        for stay in life.stays:
            for measure, stratum in ((RESIDENTS, life.sex), (RESIDENTS_BY_BIRTH, f"{life.sex}.{life.born_in}")):
                yield Change(measure, stay.area, stay.from_on, stratum, 1)
                if stay.to_on is not None:
                    yield Change(measure, stay.area, stay.to_on, stratum, -1)
