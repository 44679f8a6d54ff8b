"""Fixtures of the room; imports wait until Django is ready."""

import pytest


@pytest.fixture
def county(db: None) -> None:
    """The small country of the places room."""
    from tests.rooms.places.country import found_country

    found_country()


@pytest.fixture
def office(db: None, settings):
    """The small office of the staff room: a manager, an administrator, clerks of two townships, a village worker."""
    from tests.rooms.staff.small_office import found_office

    settings.PASSWORD_HASHERS = ["tests.rooms.staff.small_office.Counting"]
    return found_office()
