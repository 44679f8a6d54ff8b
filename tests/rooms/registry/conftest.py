"""Fixtures of the room; imports wait until Django is ready."""

import pytest


@pytest.fixture
def county(db: None) -> None:
    """The small county of `small_county.py`."""
    from tests.rooms.registry.small_county import found_county

    found_county()
