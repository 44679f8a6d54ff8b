"""Fixtures; imports wait until Django is ready."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.lib.counter import Counter


@pytest.fixture
def counter(db: None) -> "Counter":
    """The small window of `tests/lib/counter.py`."""
    from tests.lib.counter import found_counter

    return found_counter()
