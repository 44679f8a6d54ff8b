"""Nodes enrol, name, appoint, deputise, give duties, redraw the map and erase; see `network.py` for what then happens.

Few officers, posts and duties: most facts speak of something that is spoken of elsewhere, or that nobody made yet.
"""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from jiahe.basis.languages import Text
from jiahe.places.facts import AreaOpened, AreasRedrawn, ChangeCancelled, NamedArea, Redrawing
from jiahe.staff import facts, queries
from tests.generative.network import COUNTY, SETTINGS, Network, numbers

VILLAGES = ("411723101001", "411723101002", "411723102001")
FIRST_DAY = date(2024, 1, 1)
TITLE = Text("Worker", "村幹部", "村干部")
OFFICERS, POSTS, DUTIES, DEPUTATIONS = ([UUID(int=kind * 10 + n) for n in range(3)] for kind in range(1, 5))
days = st.integers(0, 400).map(lambda n: FIRST_DAY + timedelta(days=n))
villages = st.sampled_from(VILLAGES)
officers, posts = st.sampled_from(OFFICERS), st.sampled_from(POSTS)
duties, deputations = st.sampled_from(DUTIES), st.sampled_from(DEPUTATIONS)
names = st.sampled_from(["王小明", "欧阳娜娜", "买买提·艾力", "李四"])
enrolled = st.builds(facts.OfficerEnrolled, officers, names, villages, days)
created = st.builds(
    facts.PostCreated,
    posts,
    st.sampled_from(["village_worker", "clinician"]),
    villages,
    st.none(),
    st.just(TITLE),
    days,
)
said = st.one_of(
    enrolled,
    created,
    st.builds(facts.OfficerRenamed, officers, names),
    st.builds(facts.OfficerLeft, officers, days),
    st.builds(facts.PostClosed, posts, days),
    st.builds(facts.PostHeld, posts, officers, days),
    st.builds(facts.PostHandedOver, posts, officers, officers, days, st.tuples(duties)),
    st.builds(facts.PostVacated, posts, officers, days),
    st.builds(facts.DeputyNamed, deputations, posts, officers, days, days),
    st.builds(facts.DeputyEnded, deputations, days),
    st.builds(facts.DutyGiven, duties, posts, names, days, villages),
    st.builds(facts.DutyDone, duties, days, names),
)


class Office(Network):
    """What is said of officers, posts and duties."""

    entries = Network.entries

    @initialize(enrolled=st.tuples(enrolled, enrolled), created=st.tuples(created, created))
    def begin(self, enrolled, created) -> None:
        with self.at(0):
            for code in VILLAGES:
                self.record(AreaOpened(NamedArea(code, code, Text(code, code, code)), FIRST_DAY), code)
            for fact in (*enrolled, *created):
                self.record(fact, fact.area)

    @rule(target=entries, house=numbers, fact=said, area=villages)
    def say(self, house, fact, area):
        with self.at(house):
            return self.record(fact, getattr(fact, "area", area))

    @rule(target=entries, house=numbers, first=said, second=said, area=villages)
    def say_two(self, house, first, second, area):
        """So that of most things more than one is said."""
        with self.at(house):
            self.record(first, area)
            return self.record(second, area)

    @rule(target=entries, house=numbers, old=villages, new=st.none() | villages, on=days, split=st.booleans())
    def redraw(self, house, old, new, on, split):
        with self.at(house):
            codes = [] if new else [f"4117231{self.id().int % 100_000:05d}" for _ in range(1 + split)]
            opened = tuple(NamedArea(code, code, Text(code, code, code)) for code in codes)
            kept = (new,) if new else ()
            before = tuple(dict.fromkeys((old, *kept)))
            kind = Redrawing.SPLIT if len(opened) > 1 else Redrawing.MERGED
            return self.record(AreasRedrawn(kind, before, kept, opened, on, ""), COUNTY)

    @rule(house=numbers, entry=entries)
    def take_back(self, house, entry):
        self.cancel(house, entry, ChangeCancelled(COUNTY), COUNTY)

    def everybody_gets_everything(self) -> None:
        """And everybody knows the same rights, on every day."""
        super().everybody_gets_everything()
        told = []
        for house in self.houses:
            with house.inside():
                ask = [(who, FIRST_DAY + timedelta(days=n)) for who in OFFICERS for n in (0, 100, 200, 400)]
                told.append([queries.holdings(who, on=on) for who, on in ask])
        assert told == told[:1] * len(told)


@pytest.mark.parametrize("how_many", [2, 3])
def test_all_nodes_end_with_the_same_staff(houses, how_many):
    machine = type("Office", (Office,), {"houses": houses[:how_many]})
    run_state_machine_as_test(machine, settings=SETTINGS)
