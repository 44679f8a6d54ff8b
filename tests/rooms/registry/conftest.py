"""Fixtures of the room; imports wait until Django is ready."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.lib.founded import as_found

if TYPE_CHECKING:
    from tests.rooms.staff.small_office import Office


@pytest.fixture
def county(db: None) -> None:
    """The small county of `small_county.py`."""
    from tests.rooms.registry.small_county import found_county

    found_county()


@pytest.fixture
def office(standing_office: "Office", db: None, settings: Any) -> "Office":
    """The staff room's small office: officers who may sign in."""
    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    return as_found(standing_office)
