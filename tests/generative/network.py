"""What the link does to two or three nodes, whatever they record.

Entries are handed on in any order, some twice, some not at all at first, and erased anywhere. Once everybody has
everything, all tables and digests are equal, and every journal is sound.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from jiahe.basis.ids import from_parts
from jiahe.journal import fsck, queries, redacting
from jiahe.journal.problems import NotVoidable
from jiahe.journal.recording import record
from tests.lib.authors import Anyone, minutes
from tests.lib.examples import examples
from tests.lib.houses import House, fresh

COUNTY = "411723"
SETTINGS = settings(
    max_examples=examples(20),
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
numbers = st.integers(0, 2)


class Network(RuleBasedStateMachine):
    """Nodes and the link between them; a subclass says what is recorded."""

    houses: list[House]
    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.undo = fresh(self.houses)
        self.undo.__enter__()
        self.now = 0
        self.made = 0
        self.touched: set[int] = set()

    def teardown(self) -> None:
        try:
            self.everybody_gets_everything()
        finally:
            self.undo.__exit__(None, None, None)

    @contextmanager
    def at(self, house: int) -> Iterator[None]:
        """Be that node, a minute later."""
        self.now += 1
        self.touched.add(house % len(self.houses))
        with self.houses[house % len(self.houses)].inside():
            yield

    def record(self, fact: object, area: str, about: UUID | None = None, **more: object) -> UUID:
        """Record a fact at the node one is in."""
        return record(fact, by=Anyone(), at=minutes(self.now), area=area, about=about, **more).id

    def cancel(self, house: int, entry: UUID, fact: object, area: str) -> None:
        """Cancel an entry, if that node has it and it stands there."""
        with self.at(house):
            try:
                self.record(fact, area, voids=entry)
            except NotVoidable:
                return

    def id(self) -> UUID:
        """An id nobody had."""
        self.made += 1
        return from_parts(self.made, self.made)

    @rule(house=numbers, entry=entries)
    def erase(self, house, entry):
        with self.at(house):
            redacting.redact([entry], ground="PIPL 47", by=Anyone(), at=minutes(self.now), area=COUNTY)

    @rule(giver=numbers, taker=numbers, origin=numbers, back=numbers, skip=numbers, n=st.integers(1, 9))
    def hand_on(self, giver, taker, origin, back, skip, n):
        """A batch that may begin too early (repeats) or too late (a loss before it)."""
        houses, size = self.houses, len(self.houses)
        giver, taker, origin = giver % size, taker % size, houses[origin % size].wiring.origin
        if giver != taker:
            after = max(0, houses[taker].size_of(origin) - back + skip)
            before = houses[taker].size_of(origin)
            self.touched.add(taker)
            receipt = houses[taker].take(houses[giver], origin, after, n)
            assert houses[taker].size_of(origin) == before + receipt.applied
            if receipt.wanted:
                assert receipt.wanted == {origin: before + 1}

    @invariant()
    def no_journal_is_ever_unsound(self):
        for house in self.touched:  # who neither recorded nor received anything since has the journal that was sound
            with self.houses[house].inside():
                assert list(fsck.findings(tables=False)) == []
        self.touched.clear()

    def everybody_gets_everything(self) -> None:
        """The link is good at last."""
        origins = [house.wiring.origin for house in self.houses]
        for place, house in enumerate(self.houses):
            for origin in origins[place:] + origins[:place]:  # so that some hear the answer before the question
                source = max(self.houses, key=lambda one: one.size_of(origin))
                if source is not house:
                    house.take(source, origin, house.size_of(origin))
        first, *others = self.houses
        expected = first.tables()
        for house in others:
            assert house.tables() == expected
        digests = []
        for house in self.houses:
            with house.inside():
                digests.append(queries.digest())
                assert list(fsck.findings()) == []
        assert digests == digests[:1] * len(self.houses)
