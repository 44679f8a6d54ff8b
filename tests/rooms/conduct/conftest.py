"""Fixtures of the room; imports wait until Django is ready."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.lib.founded import as_found

if TYPE_CHECKING:
    from tests.lib.counter import Counter


@pytest.fixture
def counter(standing_counter: "Counter", db: None) -> Iterator["Counter"]:
    """The small window of `tests/lib/counter.py`, on the first day on which a late review may be judged unheard."""
    from tests.lib.counter import day
    from tests.lib.lateness import HEARD

    with time_machine.travel(day(HEARD, 6), tick=True):
        yield as_found(standing_counter)
