"""Fixtures of the room; imports wait until Django is ready."""

from typing import TYPE_CHECKING

import pytest

from tests.lib.founded import as_found

if TYPE_CHECKING:
    from tests.rooms.staff.small_office import Office


@pytest.fixture
def county(db: None) -> None:
    """The small country of the places room."""
    from tests.rooms.places.country import found_country

    found_country()


@pytest.fixture
def office(standing_office: "Office", db: None, settings):
    """The small office of the staff room: a manager, an administrator, clerks of two townships, a village worker."""
    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    return as_found(standing_office)
