"""Blobs that nobody names any more are gone, whoever was killed meanwhile; those that somebody names stay."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from jiahe.journal import blobs, fsck, storage
from jiahe.journal.models import Attached, Parked
from jiahe.journal.recording import turn
from jiahe.journal.redacting import redact
from jiahe.journal.wiring import connect
from tests.lib.authors import Anyone, minutes
from tests.lib.houses import build
from tests.rooms.journal.test_blobs import PAPER, files, lend, sound


def erase(*entries):
    redact([entry.id for entry in entries], ground="PIPL 47", by=Anyone(), at=minutes(50), area="4117")


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """`with committing():` deletes at its end what a commit would delete; a test's own transaction never commits."""

    @contextmanager
    def commit():
        with django_capture_on_commit_callbacks() as owed:
            yield
        for follows in owed:
            if getattr(follows, "func", None) is blobs.forget:
                follows()

    return commit


def test_what_an_erased_entry_named_is_gone(library, committing):
    name = blobs.keep(PAPER)
    secret = lend(name)
    with committing():
        erase(secret)
        assert blobs.known(name), "not before it is certain"
    assert files() == []
    assert sound()


def test_it_is_gone_the_moment_its_erasing_is_committed(library):
    with build(["411723"]) as (house,), house.inside():  # a database of its own, which really commits
        connect(library)
        with turn():
            secret = lend(blobs.keep(PAPER))
        assert len(files()) == 1
        with turn():
            erase(secret)
            assert len(files()) == 1
        assert files() == []
        assert sound()


def test_what_another_entry_names_stays_until_that_is_erased_too(library, committing):
    name = blobs.keep(PAPER)
    one, other = lend(name, 1), lend(name, 2)
    with committing():
        erase(one)
    assert blobs.content(name) == PAPER
    assert sound()
    with committing():
        erase(other)
    assert files() == []


def test_what_a_voided_entry_named_can_still_be_seen(library, committing):
    name = blobs.keep(PAPER)
    wrong = lend(name)
    with committing():
        lend(None, 2, voids=wrong.id)
    assert blobs.sweep() == 0
    assert blobs.content(name) == PAPER
    assert sound()


def test_a_node_killed_before_it_could_delete_does_so_when_it_starts(library):
    name = blobs.keep(PAPER)
    erase(lend(name))
    assert list(fsck.findings(tables=False)) == [f"blob {name} is named by no entry: ./jiahe up deletes it"]
    assert blobs.sweep() == 1
    assert files() == []
    assert sound()


def test_what_a_turn_left_that_came_to_nothing_is_deleted(library):
    lend(blobs.keep(b"stays"))
    with transaction.atomic():
        lend(blobs.keep(PAPER), 2)
        transaction.set_rollback(True)
    half = files()[0].with_name(".half-written")
    half.write_bytes(b"x")
    assert blobs.sweep() == 2
    assert blobs.content(Attached.objects.get().name) == b"stays"


def test_while_entries_wait_to_be_understood_nothing_is_deleted(library):
    blobs.keep(PAPER)
    entry = lend(None)
    Parked.objects.create(seq=entry.seq)
    assert blobs.sweep() == 0
    assert sound()
    storage.take_out([entry.seq])
    assert blobs.sweep() == 1
