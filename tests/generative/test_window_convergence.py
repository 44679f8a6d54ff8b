"""Nodes receive, accept, decide, stop, hand over, rate and erase cases; see `network.py` for what then happens.

Few cases and posts: most facts speak of a case that is spoken of elsewhere, or that nobody has opened yet. First
whoever likes says whatever he likes, and all nodes end with the same; then only who may says what he may, and no case
is ever decided at two nodes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from jiahe.basis.areas import lies_in
from jiahe.basis.languages import Text
from jiahe.journal.recording import record
from jiahe.staff.facts import PostCreated
from jiahe.window import facts
from jiahe.window.definitions.shapes import PauseReason
from jiahe.window.facts import Channel, Relation
from jiahe.window.models import Case, Stage
from jiahe.window.projections.cases import told
from jiahe.window.queries.holding import elsewhere, lying
from jiahe.window.rules.story import Phase
from tests.generative.network import SETTINGS, Network, numbers
from tests.lib.authors import Anyone, minutes
from tests.lib.examples import examples
from tests.lib.houses import House, build

VILLAGES = ("411723101001", "411723102001")
CASES, POSTS = ([UUID(int=kind * 10 + n) for n in range(3)] for kind in (1, 2))
villages, cases, posts = st.sampled_from(VILLAGES), st.sampled_from(CASES), st.sampled_from(POSTS)
STEPS = ("first_review", "public_notice", "confirmation", "recheck", "register")
OUTCOMES = ("meets", "no_objection", "granted", "sent_back", "answered", "registered")
services = st.sampled_from(["childcare_subsidy", "birth_registration"])
opened = st.builds(
    facts.CaseOpened,
    cases,
    st.just("26123456789015"),
    st.just(""),
    services,
    st.just(1),
    st.none() | posts,
    st.just(Channel.COUNTER),
    st.sampled_from([(), ("identity_card",)]),
    st.none(),
    st.just(""),
)
said = st.one_of(
    opened,
    st.builds(facts.CaseAccepted, cases, st.none()),
    st.builds(facts.CaseAccepted, cases, st.none()),
    st.builds(facts.MissingTold, cases, st.just(("bank_account",))),
    st.builds(facts.DocumentsBrought, cases, st.just(("bank_account",))),
    st.builds(facts.DeskGiven, cases, st.sampled_from(STEPS), posts),
    st.builds(facts.StepDecided, cases, st.sampled_from(STEPS), st.sampled_from(OUTCOMES)),
    st.builds(facts.StepDecided, cases, st.sampled_from(STEPS), st.sampled_from(OUTCOMES)),
    st.builds(facts.ClockStopped, cases, st.just(PauseReason.SUPPLEMENT)),
    st.builds(facts.ClockResumed, cases),
    st.builds(facts.CaseExtended, cases, st.just(5)),
    st.builds(facts.CaseHandedOver, cases, villages, posts),
    st.builds(facts.CaseWithdrawn, cases),
    st.builds(facts.CaseDeclined, cases),
    st.builds(facts.ResultDelivered, cases, st.just(Channel.COUNTER)),
    st.builds(facts.ServiceRated, cases, st.integers(1, 5), st.none(), st.just("")),
    st.builds(facts.TicketTaken, st.just(date(2026, 3, 2)), st.integers(1, 2), st.sampled_from(["", "09:00"])),
    st.builds(facts.TicketCalled, cases, st.just("1")),
    st.builds(facts.TicketClosed, cases, st.booleans()),
    st.builds(facts.TicketCancelled, cases),
    st.builds(facts.InterestDeclared, posts, posts, st.just(Relation.KIN)),
)


class Counter(Network):
    """What is said of cases."""

    entries = Network.entries

    @initialize(first=opened, second=opened)
    def begin(self, first, second) -> None:
        with self.at(0):
            for fact in (first, second):
                self.record(fact, VILLAGES[0])

    @rule(target=entries, house=numbers, fact=said, area=villages)
    def say(self, house, fact, area):
        with self.at(house):
            return self.record(fact, area)

    @rule(target=entries, house=numbers, first=said, second=said, area=villages)
    def say_two(self, house, first, second, area):
        """So that of most cases more than one is said."""
        with self.at(house):
            self.record(first, area)
            return self.record(second, area)

    def everybody_gets_everything(self) -> None:
        super().everybody_gets_everything()
        with self.at(0):
            known = set(Case.objects.values_list("id", flat=True))
            assert set(Stage.objects.values_list("case", flat=True)) == known


def test_all_nodes_end_with_the_same_cases(houses):
    machine = type("Counter", (Counter,), {"houses": houses})
    run_state_machine_as_test(machine, settings=settings(SETTINGS, max_examples=examples(8)))


COUNTY, NORTH, SOUTH = AREAS = ("411723", "411723101", "411723102")
DESKS = dict(zip(AREAS, POSTS, strict=True))
ANYWHERE = (facts.DocumentsBrought, facts.CaseWithdrawn)
"""What can be done to a case that another node decides."""
desks = st.sampled_from([*POSTS, None])
possible = st.one_of(
    st.builds(facts.MissingTold, cases, st.just(("bank_account",))),
    st.builds(facts.DocumentsBrought, cases, st.just(("bank_account",))),
    st.builds(facts.CaseHandedOver, cases, st.sampled_from(AREAS), desks),
    st.builds(facts.CaseAccepted, cases, st.none()),
    st.builds(facts.DeskGiven, cases, st.just(""), desks),
    st.builds(facts.StepDecided, cases, st.just(""), st.sampled_from(["does_not_meet", "sent_back", "answered"])),
    st.builds(facts.StepDecided, cases, st.just(""), st.sampled_from(["granted", "meets", "no_objection"])),
    st.builds(facts.ResultDelivered, cases, st.just(Channel.COUNTER)),
    st.builds(facts.CaseWithdrawn, st.just(CASES[2])),
)
"""What can be said of a case (one of them alone is ever withdrawn); of a step, of the one at which it stands."""


class Refused(Exception):
    """A verb would not have recorded it."""


class Desks(Network):
    """What verbs would record of cases at a county's node and those of its two townships."""

    entries = Network.entries
    erase = None  # what is erased never was: nobody says where a case lies that is half erased

    @initialize(where=st.lists(numbers, min_size=len(CASES), max_size=len(CASES)))
    def begin(self, where) -> None:
        with self.at(0):
            for area, post in DESKS.items():
                self.record(PostCreated(post, "window_clerk", area, None, Text("p", "p", "p"), date(2020, 1, 1)), area)
        Network.everybody_gets_everything(self)
        for case, house in zip(CASES, where, strict=True):
            fact = facts.CaseOpened(
                *(case, "26123456789015", "", "childcare_subsidy", 1, None, Channel.COUNTER, (), None, "")
            )
            area = VILLAGES[house == 2]
            with self.at(house):
                by = Anyone(post=str(DESKS[AREAS[house]]))
                record(fact, by=by, at=minutes(self.now), area=area)
        Network.everybody_gets_everything(self)

    @rule(target=entries, house=numbers, fact=possible)
    def try_to_say(self, house, fact):
        with self.at(house):
            return self._said(fact, AREAS[house])

    @rule(some=st.lists(possible, min_size=10, max_size=20))
    def try_to_say_more(self, some):
        """Wherever one may, so that cases come some way."""
        for fact in some:
            for house, node in enumerate(AREAS):
                with self.at(house):
                    self._said(fact, node)

    @rule(giver=numbers, taker=numbers, origin=numbers, n=st.integers(1, 9))
    def hand_on(self, giver, taker, origin, n):
        """In order: of a county a township hears only a part, so what is left out is not missed there."""
        giver, taker, name = self.houses[giver], self.houses[taker], self.houses[origin].wiring.origin
        if giver is not taker:
            self.touched.add(self.houses.index(taker))
            taker.take(giver, name, taker.size_of(name), n)

    @invariant()
    def no_case_is_decided_at_two_nodes(self):
        deciding = [case for house in self.houses for case in _decided_at(house)]
        assert len(deciding) == len(set(deciding))

    def everybody_gets_everything(self) -> None:
        super().everybody_gets_everything()
        with self.at(0):
            for story in told(CASES).values():
                vain = set(story.vain)
                assert not vain or story.phase is Phase.WITHDRAWN or vain <= self.brought

    def __init__(self) -> None:
        super().__init__()
        self.brought: set[UUID] = set()

    def _said(self, fact, node: str) -> UUID | None:
        """The fact, if a verb would record it there."""
        row = Case.objects.filter(id=fact.case).first()
        if row is None or not lies_in(row.area, node):
            return None
        if not isinstance(fact, ANYWHERE) and elsewhere([row], on=TODAY):
            return None
        if isinstance(fact, facts.DocumentsBrought) and set(fact.documents) <= told([row.id])[row.id].brought:
            return None
        if hasattr(fact, "step"):
            fact = replace(fact, step=row.stage)
        try:
            with transaction.atomic():
                entry = self.record(fact, row.area)
                if entry in told([fact.case])[fact.case].vain:
                    raise Refused
        except Refused:
            return None
        if isinstance(fact, ANYWHERE):
            self.brought.add(entry)
        return entry


TODAY = date(2026, 1, 5)


def _decided_at(house: House) -> list[UUID]:
    with house.inside():
        rows = list(Case.objects.all())
        return sorted(set(lying(rows, on=TODAY)) - set(elsewhere(rows, on=TODAY)))


@pytest.fixture(scope="module")
def levels(django_db_setup, django_db_blocker) -> Iterator[list[House]]:
    """A county's node and those of its two townships."""
    with django_db_blocker.unblock(), build(AREAS) as built:
        yield built


def test_no_case_is_ever_decided_at_two_nodes(levels):
    machine = type("Desks", (Desks,), {"houses": levels})
    run_state_machine_as_test(machine, settings=settings(SETTINGS, max_examples=examples(8)))
