"""Blobs: encrypted, durable, found out when they were changed, and gone when nobody names them any more."""

import dataclasses
import resource
from contextlib import contextmanager

import pytest

from jiahe.journal import blobs, fsck, replay, storage
from jiahe.journal.models import Attached
from jiahe.journal.problems import BlobDamaged, BlobMissing
from jiahe.journal.recording import record
from jiahe.journal.wiring import connect, current
from jiahe.ui.problems import StorageRefuses
from tests.lib.authors import Anyone, minutes
from tests.lib.library import READER, lending

PAPER = b"a contract of marriage " * 1000


def lend(name, n=1, **more):
    """Lend a book with a paper attached."""
    fact = dataclasses.replace(lending(n), note=name)
    return record(fact, by=Anyone(), at=minutes(n), area="4117", about=READER, **more)


def files():
    return sorted(current().store.folder.glob("*/*"))


def sound():
    return list(fsck.findings(tables=False)) == []


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
