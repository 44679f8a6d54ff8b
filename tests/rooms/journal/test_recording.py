"""Recording: permitted, sealed, appended, applied; all of it or nothing."""

import pytest
import rfc8785
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from jiahe.journal import facts, fsck, merkle, proofs, queries, seal, storage
from jiahe.journal.models import Entry
from jiahe.journal.problems import NotPermitted, NotVoidable
from jiahe.journal.recording import record, record_all
from jiahe.journal.values import Draft
from tests.lib.authors import Anyone, minutes
from tests.lib.library import READER, BookLent, ReaderMoved, ReaderMovedOnce, lending


def lend(n=1, *, by=None, area="4117", at=None, **more):
    return record(lending(n), by=by or Anyone(), at=at or minutes(n), area=area, about=READER, **more)


def sound():
    return list(fsck.findings(tables=False))


def test_a_fact_comes_back_as_it_was(library):
    made = lend(3, why="holiday")
    (found,) = queries.history(about=READER)
    assert found == made
    assert (found.fact, found.why, found.at, found.officer) == (lending(3), "holiday", minutes(3), "officer-1")
    assert sound() == []


def test_a_post_that_may_not_records_nothing(library):
    with pytest.raises(NotPermitted) as refused:
        lend(by=Anyone(verbs="registry."))
    assert "library.BookLent" in str(refused.value.why.format(**refused.value.values))
    with pytest.raises(NotPermitted):
        record_all(
            [
                Draft(lending(1), Anyone(), minutes(1), "4117"),
                Draft(lending(2), Anyone(areas="4118"), minutes(1), "4117"),
            ]
        )
    assert queries.head().size == 0


def test_a_failing_projection_leaves_no_entry(library, seen):
    def broken(changes):
        raise RuntimeError("disk gone")

    object.__setattr__(library, "add", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        lend()
    assert queries.head().size == 0
    assert Entry.objects.count() == 0


def test_the_order_has_no_gaps_and_the_clock_never_goes_back(library):
    lend(30)
    lend(5)  # this machine's clock jumped back
    lend(31)
    rows = list(Entry.objects.order_by("seq"))
    assert [row.seq for row in rows] == [row.origin_seq for row in rows] == [1, 2, 3]
    assert rows[0].clock < rows[1].clock < rows[2].clock
    assert queries.skew_ms(minutes(5)) == 26 * 60_000
    assert sound() == []


def test_many_at_once_are_the_same_as_one_by_one(library):
    record_all([Draft(lending(n), Anyone(), minutes(n), "4117") for n in range(300)])
    lend(301)
    assert sound() == []
    for number in (1, 100, 256, 257, 301):
        entry = Entry.objects.get(seq=number)
        assert merkle.verify_inclusion(*proofs.inclusion(entry.entry_id))
    for old in (1, 255, 256, 257, 300, 301):
        assert merkle.verify_consistency(*proofs.consistency(old))


@pytest.mark.parametrize(
    "change",
    [
        {"area": "9999"},
        {"content": b'[{},""]'},
        {"signature": bytes(64)},
        {"seq": 77},
    ],
)
def test_the_database_refuses_to_change_an_entry(library, change):
    lend()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.update(**change)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.all()._raw_delete("default")
    assert sound() == []


def test_an_old_shape_reads_as_that_of_today(library):
    record(ReaderMovedOnce(READER, "Elm Road 1, Mill Town"), by=Anyone(), at=minutes(1), area="4117", about=READER)
    (found,) = queries.history(about=READER)
    assert found.kind == "library.ReaderMoved@1"
    assert found.fact == ReaderMoved(READER, "Elm Road 1", "Mill Town")
    assert facts.today(found.kind) is ReaderMoved
    assert sound() == []


def test_cancelling_undoes_and_counts_back_once(library, seen):
    wrong = lend(1)
    lend(2, voids=wrong.id)
    assert [entry.id for entry in seen["undone"]] == [wrong.id]
    assert sorted(seen["counts"]) == [-1, 1, 1]
    with pytest.raises(NotVoidable):
        lend(3, voids=wrong.id)
    standing = [entry.fact for portion in queries.standing() for entry in portion]
    assert standing == [lending(2)]


def test_what_stands_for_good_cannot_be_cancelled(library):
    moved = record(ReaderMoved(READER, "a", "b"), by=Anyone(), at=minutes(1), area="4117")
    with pytest.raises(NotVoidable):
        lend(2, voids=moved.id)
    with pytest.raises(NotVoidable):
        lend(2, voids=READER)


@given(
    words=st.text(max_size=30),
    number=st.integers(-(2**53) + 1, 2**53 - 1),
    flag=st.booleans() | st.none(),
)
def test_our_bytes_are_those_of_rfc_8785(words, number, flag):
    value = {"b": words, "a": number, "c": {"z": [words, flag], "é": number}}
    assert facts.encode(value) == rfc8785.dumps(value)


def test_the_seal_binds_header_content_and_key(library):
    lend()
    entry = Entry.objects.get()
    header = facts.encode(storage.header_of(entry))
    assert seal.commit(bytes(entry.salt), bytes(entry.content)) == bytes(entry.commitment)
    assert seal.leaf_of(header, bytes(entry.commitment)) == bytes(entry.leaf)
    assert seal.is_signed(library.public_key, bytes(entry.leaf), bytes(entry.signature))
    assert not seal.is_signed(library.public_key, bytes(32), bytes(entry.signature))


def test_unknown_classes_are_no_facts(library):
    with pytest.raises(KeyError):
        record(object(), by=Anyone(), at=minutes(1), area="4117")
    with pytest.raises(ValueError, match="twice"):
        facts.fact("library.BookLent@1")(BookLent)
