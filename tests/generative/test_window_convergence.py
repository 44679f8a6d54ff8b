"""Nodes receive, accept, decide, stop, hand over, rate and erase cases; see `network.py` for what then happens.

Few cases and posts: most facts speak of a case that is spoken of elsewhere, or that nobody has opened yet.
"""

from datetime import date
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from jiahe.window import facts
from jiahe.window.definitions.shapes import PauseReason
from jiahe.window.facts import Channel, Relation
from jiahe.window.models import Case, Stage
from tests.generative.network import SETTINGS, Network, numbers
from tests.lib.examples import examples

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
