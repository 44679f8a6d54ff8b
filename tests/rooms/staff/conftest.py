"""Fixtures of the room; imports wait until Django is ready."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.rooms.staff.small_office import Office


@pytest.fixture
def office(db: None, settings: Any) -> "Office":
    """The small office of `small_office.py`, with quick and counted password hashing."""
    from tests.rooms.staff.small_office import Counting, found_office

    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    Counting.computed = 0
    return found_office()
