"""Fixtures; imports wait until Django is ready."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.lib.counter import Counter


@pytest.fixture
def counter(db: None) -> "Counter":
    """The small window of `tests/lib/counter.py`."""
    from tests.lib.counter import found_counter

    return found_counter()


@pytest.fixture
def stranger(db: None) -> "Client":
    """Somebody's browser, at home."""
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="198.51.100.7")
