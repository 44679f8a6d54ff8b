"""Fixtures of the room; imports wait until Django is ready."""

import pytest


@pytest.fixture
def county(db: None) -> None:
    """The small country of the places room."""
    from tests.rooms.places.country import found_country

    found_country()
