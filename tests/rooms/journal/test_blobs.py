"""Blobs: encrypted, durable, found out when they were changed, and gone when nobody names them any more."""

import dataclasses
import resource
from contextlib import contextmanager

import pytest
from django.db import transaction

from jiahe.journal import blobs, fsck, replay, storage
from jiahe.journal.models import Attached, Parked
from jiahe.journal.problems import BlobDamaged, BlobMissing
from jiahe.journal.recording import record, turn
from jiahe.journal.redacting import redact
from jiahe.journal.wiring import connect, current
from jiahe.ui.problems import StorageRefuses
from tests.lib.authors import Anyone, minutes
from tests.lib.houses import build
from tests.lib.library import READER, lending

PAPER = b"a contract of marriage " * 1000


def lend(name, n=1, **more):
    """Lend a book with a paper attached."""
    fact = dataclasses.replace(lending(n), note=name)
    return record(fact, by=Anyone(), at=minutes(n), area="4117", about=READER, **more)


def erase(*entries):
    redact([entry.id for entry in entries], ground="PIPL 47", by=Anyone(), at=minutes(50), area="4117")


def files():
    return sorted(current().store.folder.glob("*/*"))


def sound():
    return list(fsck.findings(tables=False)) == []


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


def test_what_was_kept_comes_back_and_its_file_tells_nothing(library):
    name = blobs.keep(PAPER)
    (file,) = files()
    assert blobs.content(name) == PAPER
    assert blobs.known(name)
    assert file.name == name
    assert file.stat().st_mode & 0o077 == 0
    assert b"marriage" not in file.read_bytes()
    assert file.read_bytes().startswith(blobs.SUITE)


def test_the_same_content_is_kept_once(library):
    name = blobs.keep(PAPER)
    before = files()[0].read_bytes()
    assert blobs.keep(PAPER) == name
    assert [file.read_bytes() for file in files()] == [before]


def test_the_same_content_at_another_node_is_another_file(library):
    one = blobs.keep(PAPER)
    before = files()[0].read_bytes()
    files()[0].unlink()
    assert blobs.keep(PAPER) == one
    assert files()[0].read_bytes() != before


def test_what_is_no_name_leads_nowhere(library):
    (current().store.folder.parent / "node.key").write_bytes(b"secret")
    for name in ("0" * 64, "../node.key", "..", "", "A" * 64, "0" * 64 + "\n"):
        with pytest.raises(BlobMissing):
            blobs.content(name)
    lend("../node.key")
    assert not Attached.objects.exists()


CHANGES = {
    "cut off": lambda stored: stored[:-1],
    "cut off after its beginning": lambda stored: stored[: len(blobs.SUITE) + 5],
    "empty": lambda stored: b"",
    "another algorithm said": lambda stored: b"A128GCM\n" + stored[len(blobs.SUITE) :],
    "a bit of the nonce": lambda stored: flipped(stored, len(blobs.SUITE)),
    "a bit of the content": lambda stored: flipped(stored, len(blobs.SUITE) + 12),
    "a bit of the tag": lambda stored: flipped(stored, len(stored) - 1),
    "something hung on": lambda stored: stored + b"\0",
}


def flipped(stored, place):
    return stored[:place] + bytes([stored[place] ^ 1]) + stored[place + 1 :]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_found_and_mended_by_bringing_the_paper_again(library, change):
    name = blobs.keep(PAPER)
    lend(name)
    assert sound()
    (file,) = files()
    file.write_bytes(CHANGES[change](file.read_bytes()))
    with pytest.raises(BlobDamaged):
        blobs.content(name)
    assert list(fsck.findings(tables=False)) == [f"blob {name} is not what was kept"]
    blobs.keep(PAPER)
    assert sound()


def test_a_blob_under_another_ones_name_is_found(library):
    one, other = blobs.keep(PAPER), blobs.keep(b"another")
    for file in files():
        if file.name == one:
            file.write_bytes((file.parent.parent / other[:2] / other).read_bytes())
    with pytest.raises(BlobDamaged):
        blobs.content(one)


def test_without_the_key_nothing_is_read(library):
    name = blobs.keep(PAPER)
    connect(dataclasses.replace(library, store=dataclasses.replace(library.store, key=bytes(32))))
    with pytest.raises(BlobDamaged):
        blobs.content(name)
    assert repr(bytes(range(32))) not in repr(library)


@contextmanager
def at_most(size):
    """No file may grow longer, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_and_leaves_nothing_half_written(library):
    with pytest.raises(StorageRefuses), at_most(len(PAPER) // 2):
        blobs.keep(PAPER)
    assert files() == []


def test_a_folder_that_cannot_be_made_is_told(library):
    current().store.folder.write_bytes(b"")  # also root cannot make a folder here
    with pytest.raises(StorageRefuses):
        blobs.keep(PAPER)


def test_nothing_is_kept_outside_the_turn_that_names_it():
    with pytest.raises(RuntimeError, match="the turn"):
        blobs.keep(PAPER)


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


def test_a_missing_file_is_told(library):
    name = blobs.keep(PAPER)
    lend(name)
    files()[0].unlink()
    assert list(fsck.findings(tables=False)) == [f"blob {name} is missing"]


def test_who_names_what_is_made_anew_from_the_facts(library):
    name = blobs.keep(PAPER)
    entry = lend(name)
    Attached.objects.all().delete()
    assert f"entry {entry.id}: the content names blob {name}, the table does not" in fsck.findings(tables=False)
    replay.rebuild()
    assert sound()
    storage.attach([(READER, "0" * 64)])
    assert list(fsck.findings(tables=False)) == [
        f"entry {READER}: the table names blob {'0' * 64}, the content does not"
    ]
