"""Whoever gets at the database itself is found out, and fsck says where."""

import pytest
from django.db import connection

from jiahe.journal import checkpoints, fsck, triggers
from tests.rooms.journal.test_recording import lend


@pytest.fixture
def burgled(library):
    """Ten entries, a checkpoint, and the triggers taken away; gives a function that runs SQL."""
    entries = [lend(n) for n in range(1, 11)]
    checkpoints.give_out()
    with connection.cursor() as cursor:
        for name in triggers.names(connection.vendor):
            cursor.execute(f"DROP TRIGGER {name}" + (" ON journal_entry" if connection.vendor == "postgresql" else ""))

    def run(statement: str, *values: object) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        return [found for found in fsck.findings(tables=False) if "trigger" not in found]

    run.entries = entries
    return run


def test_missing_triggers_are_told(burgled):
    assert [found for found in fsck.findings(tables=False) if "trigger" in found]


def test_an_edited_content_is_located(burgled):
    found = burgled("UPDATE journal_entry SET content = %s WHERE seq = 4", b'[{"a":1},""]')
    assert found == [f"entry 4 (library.BookLent@1, {burgled.entries[3].id}): the content is not what was sealed"]


@pytest.mark.parametrize("column", ["area", "officer", "post", "kind"])
def test_an_edited_header_is_located(burgled, column):
    (found,) = burgled(f"UPDATE journal_entry SET {column} = 'x' WHERE seq = 4")  # noqa: S608
    assert found.startswith("entry 4 ")


def test_a_deleted_entry_is_located(burgled):
    assert "entries 4 to 4 are missing" in burgled("DELETE FROM journal_entry WHERE seq = 4")


def test_two_entries_that_changed_places_are_located(burgled):
    burgled("UPDATE journal_entry SET seq = 100 WHERE seq = 4")
    burgled("UPDATE journal_entry SET seq = 4 WHERE seq = 5")
    found = burgled("UPDATE journal_entry SET seq = 5 WHERE seq = 100")
    assert any(line.startswith("entry 4: number 5 of node") for line in found)


def test_a_journal_cut_back_to_an_earlier_state_contradicts_its_checkpoint(burgled):
    burgled("DELETE FROM journal_entry WHERE seq > 8")
    found = burgled("UPDATE journal_head SET size = 8")
    assert any(line.startswith("checkpoint 10: the journal has 8 entries") for line in found)


def test_a_content_erased_behind_our_backs_is_located_and_its_header_still_sealed(burgled):
    (found,) = burgled("UPDATE journal_entry SET content = NULL, salt = NULL WHERE seq = 4")
    assert found.endswith("the content was erased without a redaction")
    assert burgled("UPDATE journal_entry SET area = 'x' WHERE seq = 4")


def test_checkpoints_are_read_only_with_their_key(library):
    lend()
    note = checkpoints.give_out()
    statement = checkpoints.read(note, library.public_key)
    assert (statement.origin, statement.size) == (library.origin, 1)
    with pytest.raises(ValueError, match="no checkpoint"):
        checkpoints.read(note.replace("\n1\n", "\n2\n"), library.public_key)
    with pytest.raises(ValueError, match="no checkpoint"):
        checkpoints.read("nonsense", library.public_key)


def test_a_content_that_cannot_be_read_stops_no_other_finding(burgled):
    located = burgled("UPDATE journal_entry SET content = %s WHERE seq = 4", b"\x00")
    assert [finding for finding in located if finding.startswith("entry 4 ")]
    assert any("cannot be read" in finding for finding in fsck.findings())


def test_an_entry_that_pretends_to_be_a_redaction_is_located(burgled):
    found = burgled("UPDATE journal_entry SET kind = 'journal.Redacted@1' WHERE seq = 4")
    assert [finding for finding in found if finding.startswith("entry 4 ")]
    assert any("cannot be read" in finding for finding in fsck.findings())
