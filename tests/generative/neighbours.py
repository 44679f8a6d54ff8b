"""A small register as it is drawn, and what an oracle that knows no table is told of it.

Two counties, three townships, four villages; people who stay, move, leave and die, households one of which moves, a
merge, conflicts, openings, marriages, likely doubles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from jiahe.basis.privacy import Privacy
from tests.lib.examples import examples

VILLAGES = ("411723101201", "411723101202", "411723102201", "411724101201")
SCOPES = (*VILLAGES, "411723101", "411723102", "411724101", "411723", "411724", "4117")
CLASSES = (
    (Privacy.PERSONAL, Privacy.CONTACT, Privacy.IDENTITY),
    (Privacy.PERSONAL, Privacy.CONTACT),
    (Privacy.PERSONAL,),
    (Privacy.OPEN,),
)
FATES = ("stays", "moves", "leaves", "dies")
SINCE, FORMED, MOVED, ENDED = date(2015, 1, 1), date(2018, 1, 1), date(2020, 6, 1), date(2022, 6, 1)


@dataclass(frozen=True)
class Life:
    """What is entered of somebody, by the number under which he is drawn."""

    village: int
    fate: str
    to: int
    mother: int
    conflict: bool
    opened: bool
    wed: bool


@dataclass
class Known:
    """What the oracle is told of a record: where it is kept, if it is one of its own, and what is his alone."""

    home: str
    here: bool
    values: dict[Privacy, list[str]]
    merged: UUID | None = None
    mother: UUID | None = None


@dataclass
class House:
    """A household as the oracle knows it."""

    home: str
    ever: list[UUID]
    now: list[UUID]
    head: UUID
    address: str


@dataclass
class Told:
    """All that was entered."""

    people: dict[UUID, Known] = field(default_factory=dict)
    houses: dict[UUID, House] = field(default_factory=dict)
    events: list[tuple[UUID, str]] = field(default_factory=list)
    conflicts: list[UUID] = field(default_factory=list)
    openings: list[tuple[UUID, str]] = field(default_factory=list)
    pairs: list[tuple[UUID, UUID]] = field(default_factory=list)

    def visible(self, area: str) -> set[UUID]:
        """The rule."""
        return {who for who, known in self.people.items() if not known.merged and known.home.startswith(area)}


villages = st.integers(0, len(VILLAGES) - 1)
lives = st.builds(
    Life, villages, st.sampled_from(FATES), villages, st.integers(0, 7), st.booleans(), st.booleans(), st.booleans()
)
people = st.lists(lives, min_size=2, max_size=7)
pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=2)
scopes = st.lists(st.tuples(st.sampled_from(SCOPES), st.sampled_from(CLASSES)), min_size=3, max_size=5, unique=True)


SETTINGS = settings(
    max_examples=examples(15),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # to shrink a county takes minutes, and names no leak better
)
