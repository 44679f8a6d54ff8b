"""An answer is kept until a fact is recorded from which another could follow."""

import pytest
from django.db import transaction

from jiahe.journal.recording import record
from jiahe.journal.redacting import redact
from jiahe.journal.remembered import Remembered
from tests.lib.authors import Anyone, minutes
from tests.lib.library import READER, lending


@pytest.fixture
def lasting(monkeypatch):
    """As outside of a test, where no transaction surrounds everything."""
    monkeypatch.setattr(Remembered, "_lasts", lambda self: True)


class Counted:
    """How often an answer had to be found."""

    def __init__(self, *rooms, **more):
        self.remembered, self.times = Remembered(*rooms, **more), 0

    def ask(self, key="key"):
        def find():
            self.times += 1
            return self.times

        return self.remembered.get(key, find)


def lend(n=1, **more):
    return record(lending(n), by=Anyone(), at=minutes(n), area="4117", about=READER, **more)


def test_it_is_found_once(library, lasting):
    lend()
    counted = Counted("library")
    assert [counted.ask() for _ in range(3)] == [1, 1, 1]
    assert [counted.ask("other"), counted.ask()] == [2, 1]


def test_a_fact_of_the_room_makes_it_be_found_again(library, lasting):
    lend(1)
    counted = Counted("library")
    assert counted.ask() == 1
    lend(2)
    assert [counted.ask(), counted.ask()] == [2, 2]


def test_facts_of_other_rooms_do_not(library, lasting):
    lend(1)
    counted = Counted("staff")
    assert counted.ask() == 1
    for n in range(2, 6):
        lend(n)
        assert counted.ask() == 1


def test_whatever_cancels_or_erases_does(library, lasting):
    first = lend(1)
    counted = Counted("staff")
    assert counted.ask() == 1
    lend(2, voids=first.id)
    assert counted.ask() == 2
    redact([first.id], ground="PIPL 47", by=Anyone(), at=minutes(3), area="4117")
    assert counted.ask() == 3


def test_what_may_be_undone_is_not_kept(library):
    """Every test is a transaction, so nothing is kept here."""
    lend()
    counted = Counted("library")
    assert [counted.ask(), counted.ask()] == [1, 2]


def test_after_something_undone_another_entry_stands_in_its_place(library, monkeypatch):
    lend(1)
    counted, lasts = Counted("library"), [True]
    monkeypatch.setattr(Remembered, "_lasts", lambda self: lasts[0])
    assert counted.ask() == 1
    with transaction.atomic():
        lasts[0] = False
        lend(2)
        assert [counted.ask(), counted.ask()] == [2, 3], "one's own fact counts at once"
        transaction.set_rollback(True)
    lasts[0] = True
    assert counted.ask() == 1, "as before"
    with transaction.atomic():
        lend(2)
        assert counted.ask() == 4, "kept by mistake, as if it would last"
        transaction.set_rollback(True)
    lend(2)
    assert counted.ask() == 5, "the entry there is another"


def test_an_empty_journal_keeps_nothing(library, lasting):
    counted = Counted("library")
    assert [counted.ask(), counted.ask()] == [1, 2]


def test_no_more_is_kept_than_may_be(library, lasting):
    lend()
    counted = Counted("library", most=10)
    for n in range(100):
        counted.ask(n)
    assert len(counted.remembered._held.answers) <= 10


def test_to_ask_costs_one_statement(library, lasting, django_assert_num_queries):
    lend()
    counted = Counted("library")
    counted.ask()
    with django_assert_num_queries(1):
        counted.ask()
