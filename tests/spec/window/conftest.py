"""Fixtures; imports wait until Django is ready."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.lib.founded import as_found

if TYPE_CHECKING:
    from tests.lib.counter import Counter
    from tests.lib.houses import House
    from tests.spec.window.offices import Offices


@pytest.fixture
def counter(standing_counter: "Counter", db: None) -> "Counter":
    """The small window of `tests/lib/counter.py`."""
    return as_found(standing_counter)


@pytest.fixture(scope="module")
def nodes(django_db_setup: None, django_db_blocker: Any) -> Iterator["list[House]"]:
    """A county's node and those of its two townships, which do not know one another yet."""
    from tests.lib.houses import build
    from tests.lib.links import COUNTY, NORTH, SOUTH

    with django_db_blocker.unblock(), build([COUNTY, NORTH, SOUTH], strangers=True) as built:
        yield built


@pytest.fixture(scope="module")
def standing_offices(nodes: "list[House]") -> Iterator["Offices"]:
    """The small window of `tests/lib/counter.py` in a county whose two townships have nodes of their own."""
    from tests.lib.houses import fresh
    from tests.spec.window.offices import found_offices

    with fresh(nodes):
        yield found_offices(nodes)


@pytest.fixture
def offices(standing_offices: "Offices", nodes: "list[House]") -> Iterator["Offices"]:
    """The same for one test; what it does is undone."""
    from tests.lib.houses import fresh
    from tests.spec.window.offices import Offices

    with fresh(nodes):
        yield Offices(as_found(standing_offices.counter), standing_offices.net.again())
