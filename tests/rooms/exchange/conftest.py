"""Fixtures of the room; imports wait until Django is ready."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.rooms.staff.small_office import Office


@pytest.fixture
def office(db: None, settings: Any) -> "Office":
    """The staff room's small office: officers who may sign in."""
    from tests.rooms.staff.small_office import found_office

    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    return found_office()
