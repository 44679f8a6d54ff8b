"""Two and three nodes record, correct, cancel, redraw and erase; they hand entries on in any order, some twice, some not
at all at first. Once everybody has everything, all tables and digests are equal, and every journal is sound.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jiahe.basis.ids import from_parts
from jiahe.basis.languages import Text
from jiahe.journal import fsck, queries, redacting
from jiahe.journal.problems import NotVoidable
from jiahe.journal.recording import record
from jiahe.places.facts import AreaOpened, AreasRedrawn, NamedArea, Redrawing
from jiahe.registry.facts import (
    Born,
    Died,
    Field,
    FieldChange,
    LifeEventCancelled,
    LifeEventKind,
    MovedIn,
    MovedOut,
    Name,
    NameKind,
    PersonCorrected,
    PersonRegistered,
    Sex,
)
from tests.lib.authors import Anyone, minutes
from tests.lib.houses import House, build, fresh

COUNTY = "411723"
VILLAGES = ("411723101001", "411723101002", "411723102001")
FIRST_DAY = date(2024, 1, 1)
days = st.integers(0, 400).map(lambda n: FIRST_DAY + timedelta(days=n))
villages = st.sampled_from(VILLAGES)
names = st.sampled_from(["王小明", "欧阳娜娜", "买买提·艾力", "李四"])
numbers = st.integers(0, 2)


@pytest.fixture(scope="module")
def houses(django_db_setup, django_db_blocker) -> Iterator[list[House]]:
    with django_db_blocker.unblock(), build([COUNTY, COUNTY, COUNTY]) as built:
        yield built


def machine(houses: list[House]) -> type[RuleBasedStateMachine]:
    class Network(RuleBasedStateMachine):
        """What officers do, and what the link does."""

        people = Bundle("people")
        events = Bundle("events")

        def __init__(self) -> None:
            super().__init__()
            self.undo = fresh(houses)
            self.undo.__enter__()
            self.now = 0
            self.made = 0

        def teardown(self) -> None:
            try:
                self.everybody_gets_everything()
            finally:
                self.undo.__exit__(None, None, None)

        @contextmanager
        def at(self, house: int) -> Iterator[None]:
            self.now += 1
            with houses[house % len(houses)].inside():
                yield

        def record(self, fact: object, area: str, about: UUID | None = None, **more: object) -> UUID:
            return record(fact, by=Anyone(), at=minutes(self.now), area=area, about=about, **more).id

        def id(self) -> UUID:
            self.made += 1
            return from_parts(self.made, self.made)

        @initialize()
        def map(self) -> None:
            with self.at(0):
                for code in VILLAGES:
                    self.record(AreaOpened(NamedArea(code, code, Text(code, code, code)), FIRST_DAY), code)

        @rule(target=people, house=numbers, area=villages, on=days, name=names, sex=st.sampled_from(Sex))
        def register(self, house, area, on, name, sex):
            with self.at(house):
                who = self.id()
                names = (Name(NameKind.CURRENT, name, name[0], name[1:]),)
                self.record(PersonRegistered(who, names, sex, on, None, area, on, None, None), area, who)
            return who

        @rule(target=events, house=numbers, who=people, area=villages, on=days, kind=st.sampled_from(LifeEventKind))
        def happen(self, house, who, area, on, kind):
            fact = {
                LifeEventKind.BORN: lambda: Born(who, on, area, Sex.FEMALE, None, None),
                LifeEventKind.DIED: lambda: Died(who, on, area, Sex.FEMALE),
                LifeEventKind.MOVED_IN: lambda: MovedIn(who, on, area, Sex.FEMALE, ""),
                LifeEventKind.MOVED_OUT: lambda: MovedOut(who, on, area, Sex.FEMALE, ""),
            }[kind]()
            with self.at(house):
                return self.record(fact, area, who)

        @rule(house=numbers, who=people, name=names, area=villages)
        def correct(self, house, who, name, area):
            with self.at(house):
                changes = (FieldChange(Field.NAME, "王小明", name), FieldChange(Field.AREA, VILLAGES[0], area))
                self.record(PersonCorrected(who, changes), area, who)

        @rule(house=numbers, event=events)
        def cancel(self, house, event):
            with self.at(house):
                try:
                    fact = LifeEventCancelled(UUID(int=0), LifeEventKind.DIED, FIRST_DAY)
                    self.record(fact, VILLAGES[0], voids=event)
                except NotVoidable:
                    return  # not here yet, or cancelled here before

        @rule(house=numbers, event=events)
        def erase(self, house, event):
            with self.at(house):
                redacting.redact([event], ground="PIPL 47", by=Anyone(), at=minutes(self.now), area=COUNTY)

        @rule(house=numbers, old=villages, on=days, merge=st.booleans())
        def redraw(self, house, old, on, merge):
            with self.at(house):
                self.made += 1
                code = f"4117231{self.made:05d}"
                opened = (NamedArea(code, code, Text(code, code, code)),)
                before = (old, VILLAGES[2]) if merge and old != VILLAGES[2] else (old,)
                self.record(AreasRedrawn(Redrawing.MERGED, before, (), opened, on, ""), COUNTY)

        @rule(giver=numbers, taker=numbers, origin=numbers, back=numbers, skip=numbers, n=st.integers(1, 9))
        def hand_on(self, giver, taker, origin, back, skip, n):
            """A batch that may begin too early (repeats) or too late (a loss before it)."""
            size = len(houses)
            giver, taker, origin = giver % size, taker % size, houses[origin % size].wiring.origin
            if giver != taker:
                after = max(0, houses[taker].size_of(origin) - back + skip)
                before = houses[taker].size_of(origin)
                receipt = houses[taker].take(houses[giver], origin, after, n)
                assert houses[taker].size_of(origin) == before + receipt.applied
                if receipt.wanted:
                    assert receipt.wanted == {origin: before + 1}

        @invariant()
        def no_journal_is_ever_unsound(self):
            for house in houses:
                with house.inside():
                    assert list(fsck.findings(tables=False)) == []

        def everybody_gets_everything(self) -> None:
            origins = [house.wiring.origin for house in houses]
            for place, house in enumerate(houses):
                for origin in origins[place:] + origins[:place]:  # so that some hear the answer before the question
                    source = max(houses, key=lambda one: one.size_of(origin))
                    if source is not house:
                        house.take(source, origin, house.size_of(origin))
            first, *others = houses
            expected = first.tables()
            for house in others:
                assert house.tables() == expected
            digests = []
            for house in houses:
                with house.inside():
                    digests.append(queries.digest())
                    assert list(fsck.findings()) == []
            assert digests == digests[:1] * len(houses)

    return Network


@pytest.mark.parametrize("how_many", [2, 3])
def test_all_nodes_end_with_the_same_tables(houses, how_many):
    options = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine(houses[:how_many]), settings=options)
