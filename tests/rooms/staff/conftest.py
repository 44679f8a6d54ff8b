"""Fixtures of the room; imports wait until Django is ready."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.lib.founded import as_found

if TYPE_CHECKING:
    from tests.rooms.staff.small_office import Office


@pytest.fixture
def office(standing_office: "Office", db: None, settings: Any) -> "Office":
    """The small office of `small_office.py`, with quick and counted password hashing."""
    from tests.rooms.staff.small_office import Counting

    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    Counting.computed = 0
    return as_found(standing_office)
