"""Who lived where, before and after: the rows are brought up to date, the difference goes to the counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from jiahe.journal.tables import update
from jiahe.journal.values import Change
from jiahe.registry.models import Person
from jiahe.registry.queries.lives import Life

RESIDENTS = "residents"
"""The state measure: people living in an area at the end of a day, by sex."""

RESIDENTS_BY_BIRTH = "residents_by_birth"
"""The same people by sex and year of birth, as in "female.1987": from it follow the ages on any day."""

MOVES_IN, MOVES_OUT = "moves_in", "moves_out"
"""The same people's moves, by sex: counted on the day of the move in the area moved to, and in the area left."""

MOVES_IN_BY_ORIGIN, MOVES_OUT_BY_DESTINATION = "moves_in_by_origin", "moves_out_by_destination"
"""The same moves by the area on the other side, or what was said of it."""

DERIVED = ("home", "area", "died_on", "household", "relation", "merged_into")
"""The columns of a person that follow from his life."""


def settle(row: Person, life: Life) -> tuple[str, ...]:
    """Writes a life into the person's row (not yet into the table); the columns that this changes."""
    changed = tuple(name for name in DERIVED if getattr(row, name) != getattr(life, name))
    for name in changed:
        setattr(row, name, getattr(life, name))
    return changed


def settle_all(people: Iterable[Person], lives: Mapping[UUID, Life]) -> None:
    """Writes their lives into the rows of these people that are in the table, and of each only what changes: where
    somebody lives stands in nearly every index, and joining a household does not touch it."""
    changed: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for row in people:
        changed[settle(row, lives[row.id])].append(row)
    for columns, rows in changed.items():
        if columns:
            update(Person, rows, columns=columns)


def resettle(people: Mapping[UUID, Person], before: Mapping[UUID, Life], after: Mapping[UUID, Life]) -> list[Change]:
    """Brings the rows of these people up to date."""
    settle_all(people.values(), after)
    return difference(before, after)


def difference(before: Mapping[UUID, Life], after: Mapping[UUID, Life]) -> list[Change]:
    """What to add to residents and moves, so that the counts of `before` become those of `after`."""
    tally: Counter[tuple[str, str, date, str]] = Counter()
    for sign, lives in ((-1, before.values()), (1, after.values())):
        for measure, area, on, stratum, n in counted(lives):
            tally[measure, area, on, stratum] += sign * n
    return [Change(*key, n) for key, n in tally.items() if n]


def counted(lives: Iterable[Life]) -> Iterator[Change]:
    """What these lives add to the residents and to the moves."""
    for life in lives:
        for stay in life.stays:
            for measure, stratum in ((RESIDENTS, life.sex), (RESIDENTS_BY_BIRTH, f"{life.sex}.{life.born_in}")):
                yield Change(measure, stay.area, stay.from_on, stratum, 1)
                if stay.to_on is not None:
                    yield Change(measure, stay.area, stay.to_on, stratum, -1)
            if stay.came is not None:
                yield Change(MOVES_IN, stay.area, stay.from_on, life.sex, 1)
                yield Change(MOVES_IN_BY_ORIGIN, stay.area, stay.from_on, stay.came, 1)
            if stay.went is not None and stay.to_on is not None:
                yield Change(MOVES_OUT, stay.area, stay.to_on, life.sex, 1)
                yield Change(MOVES_OUT_BY_DESTINATION, stay.area, stay.to_on, stay.went, 1)
