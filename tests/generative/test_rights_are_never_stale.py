"""Rights are remembered, and always those of now: whatever is recorded, undone, cancelled, erased or redrawn."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from jiahe.journal.remembered import Remembered
from jiahe.places import queries as places
from jiahe.places.problems import UnknownArea
from jiahe.staff import queries
from tests.generative.network import SETTINGS, numbers
from tests.generative.test_staff_convergence import FIRST_DAY, OFFICERS, VILLAGES, Office, said, villages

DAYS = [FIRST_DAY + timedelta(days=n) for n in (0, 100, 200, 400)]


class Rights(Office):
    """One node, on which nothing is undone unless we say so; what was asked before is asked again after each step."""

    undoing = False

    @initialize()
    def ask_first(self) -> None:
        self.nothing_is_stale()

    @rule(house=numbers, fact=said, area=villages)
    def say_and_undo(self, house, fact, area):
        """Asked in the middle of what is then undone, as an action does."""
        with self.at(house), transaction.atomic():
            type(self).undoing = True
            self.record(fact, getattr(fact, "area", area))
            self.nothing_is_stale()
            transaction.set_rollback(True)
        type(self).undoing = False

    @invariant()
    def nothing_is_stale(self) -> None:
        """Remembered and found anew are the same."""
        with self.houses[0].inside():
            for on in DAYS:
                for who in OFFICERS:
                    assert queries.holdings(who, on=on) == list(queries._holdings(who, on=on))
                assert places.areas(on=on) == _anew(lambda on=on: places.areas(on=on))
                for code in VILLAGES:
                    assert _area(code, on) == _anew(lambda code=code, on=on: _area(code, on))


def _area(code, on):
    try:
        return places.area(code, on=on)
    except UnknownArea:
        return None


def _anew(ask):
    kept, places._remembered = places._remembered, Remembered("places")
    try:
        return ask()
    finally:
        places._remembered = kept


def test_rights_are_never_stale(houses, monkeypatch):
    machine = type("Rights", (Rights,), {"houses": houses[:1]})
    used = []
    answers = Remembered._answers

    def watched(self):
        found = answers(self)
        used.append(bool(found))
        return found

    monkeypatch.setattr(Remembered, "_answers", watched)
    monkeypatch.setattr(Remembered, "_lasts", lambda self: not machine.undoing)
    run_state_machine_as_test(machine, settings=SETTINGS)
    assert sum(used) > len(used) / 4, "hardly anything was remembered: the test is void"
