"""Fixtures; imports wait until Django is ready."""

from typing import TYPE_CHECKING

import pytest

from tests.lib.founded import as_found

if TYPE_CHECKING:
    from django.test import Client

    from tests.lib.counter import Counter


@pytest.fixture
def counter(standing_counter: "Counter", db: None) -> "Counter":
    """The small window of `tests/lib/counter.py`."""
    return as_found(standing_counter)


@pytest.fixture
def stranger(db: None) -> "Client":
    """Somebody's browser, at home."""
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="198.51.100.7")
