"""# Frauds at the window

What an officer might try for himself, his kin or against somebody is blocked or flagged; the same deed done honestly
goes through (`tests/prove/lib/frauds.py`, `./jiahe prove fraud`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

NAMES = (
    "one's own wife",
    "one person as two",
    "twice for one thing",
    "dated back",
    "accepted and decided alone",
    "without the public notice",
    "a step skipped",
    "out of another's queue",
    "lateness passed on",
    "one's own recusal lifted",
    "edited after the decision",
)
if TYPE_CHECKING:
    from tests.lib.counter import Counter


@pytest.mark.parametrize("name", NAMES)
def test_it_does_not_go_through_unseen(name: str, counter: Counter) -> None:
    from tests.prove.lib.frauds import FRAUDS

    assert FRAUDS[name].tried(counter)


@pytest.mark.parametrize("name", NAMES)
def test_done_honestly_it_goes_through(name: str, counter: Counter) -> None:
    from tests.prove.lib.frauds import FRAUDS

    assert tuple(FRAUDS) == NAMES
    assert FRAUDS[name].honest(counter) == "goes through"
