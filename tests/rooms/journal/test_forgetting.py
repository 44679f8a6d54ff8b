"""Redaction: the words go, everywhere; that something was there stays provable, and the counts stay."""

import pytest

from jiahe.journal import fsck, merkle, proofs, queries, replay
from jiahe.journal.models import Entry
from jiahe.journal.redacting import redact
from tests.lib.authors import Anyone, minutes
from tests.rooms.journal.test_recording import lend


def test_what_was_erased_is_gone_and_the_journal_is_whole(library, seen):
    secret = lend(1, why="very private")
    lend(2)
    redact([secret.id], ground="PIPL 47", by=Anyone(), at=minutes(3), area="4117")
    entry = Entry.objects.get(entry_id=secret.id)
    assert entry.content is None
    assert entry.salt is None
    assert queries.history(about=secret.about)[-1].fact is None
    assert [undone.id for undone in seen["undone"]] == [secret.id]
    assert merkle.verify_inclusion(*proofs.inclusion(secret.id))
    assert list(fsck.findings(tables=False)) == []


def test_counts_outlive_the_person(library, seen):
    secret = lend(1)
    lend(2)
    redact([secret.id], ground="PIPL 47", by=Anyone(), at=minutes(3), area="4117")
    assert sum(seen["counts"]) == 2
    seen["counts"].clear()
    seen["lent"].clear()
    replay.rebuild()
    assert sum(seen["counts"]) == 2
    assert len(seen["lent"]) == 1


def test_erasing_twice_changes_nothing(library, seen):
    secret = lend(1)
    for minute in (2, 3):
        redact([secret.id], ground="PIPL 47", by=Anyone(), at=minutes(minute), area="4117")
    assert sum(seen["counts"]) == 1
    assert len(seen["undone"]) == 1


def test_what_was_cancelled_and_then_erased_leaves_no_count(library, seen):
    wrong = lend(1)
    lend(2, voids=wrong.id)
    redact([wrong.id], ground="PIPL 47", by=Anyone(), at=minutes(3), area="4117")
    assert sum(seen["counts"]) == 1
    assert len(seen["undone"]) == 1


@pytest.mark.parametrize("path", ["content", "salt"])
def test_content_is_forgotten_whole_or_not_at_all(library, path):
    from django.db import IntegrityError, transaction

    lend(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.update(**{path: None})
