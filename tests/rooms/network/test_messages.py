"""What nodes say to each other keeps its shape, for they are upgraded on different days.

A new field goes to the end, with what it means when it is missing; a message that means something else is a new one.
"""

from datetime import date
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest

from jiahe.journal.values import Sealed
from jiahe.network import messages as m

ENTRY, WHO = Sealed(b"h", b"s", b"c", b"k", b"g"), UUID(int=1)
EXAMPLES = (
    m.Hello("0.1.0", 1, 2, 3, 4, 5, 6, 7, 1, b"d", "note", 8, (b"p",), True, 2),
    m.Batch(1, 2, 3, (ENTRY,), (WHO,), 2),
    m.Receipt(4, True),
    m.Witnessed("note", "rolled_back"),
    m.AskOrigin("o", 5, 2),
    m.AskBuckets(),
    m.Buckets((("a", "2026-01", 1, b"s"),)),
    m.AskLeaves((("a", "2026-01"),)),
    m.Leaves((("o", 1, b"l"),)),
    m.AskEntries((("o", 1),)),
    m.AskRecords((WHO,)),
    m.Entries((ENTRY,), (WHO,), "o", 5, 2, True),
    m.AskBlob("n", 0),
    m.Blob("n", 0, 1, b"b"),
    m.Totals(9, (("births", "day", date(2026, 1, 2), "female", 1, 7),)),
    m.Counted((("births", "day", date(2026, 1, 2), "female", 7),)),
    m.AskSums(),
    m.Sums((("births", "day", date(2026, 1, 2), "female"),)),
)
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "MESSAGES"


def golden() -> dict[str, bytes]:
    """The bytes of each message, which every later version has to read."""
    lines = (line.split() for line in GOLDEN.read_text("ascii").splitlines())
    return {name: bytes.fromhex(said) for said, name in lines}


def test_there_is_an_example_and_a_golden_line_of_every_message() -> None:
    names = {message.__name__ for message in get_args(m.ANY)}
    assert {type(message).__name__ for message in EXAMPLES} == names == set(golden())


def test_a_message_from_before_a_field_was_added_is_read_without_it() -> None:
    asked, given = m.AskOrigin("o", 5), m.Entries((ENTRY,), (WHO,), "o", 5, 2)
    told = m.Batch(1, 2, 3, (ENTRY,), (WHO,))
    for before, missing in ((asked, 0), (told, 0), (given, 0xC2)):
        said = m.encoded(before)
        at = 0x90 + len(before.__struct_fields__) + 1
        assert (said[0], said[-1]) == (at, missing)
        assert m.decoded(bytes([at - 1]) + said[1:-1]) == before


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_a_message_keeps_its_shape(message: m.Message) -> None:
    said = golden()[type(message).__name__]
    assert m.decoded(said) == message
    assert m.encoded(message) == said
