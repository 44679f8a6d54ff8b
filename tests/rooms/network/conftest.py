"""A city, a county and two townships in one process, joined, with a map. Imports wait until Django is ready."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.lib.houses import House
    from tests.lib.links import Net


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator["dict[str, House]"]:
    """Four nodes, strangers still, made once for each file."""
    from tests.lib.houses import build
    from tests.lib.links import CITY, COUNTY, NORTH, SOUTH

    areas = (CITY, COUNTY, NORTH, SOUTH)
    with django_db_blocker.unblock(), build(areas, strangers=True) as houses:
        yield dict(zip(areas, houses, strict=True))


@pytest.fixture(scope="module")
def standing(built: "dict[str, House]") -> Iterator["Net"]:
    """The same, joined, with a map of which all have heard."""
    from jiahe.basis.languages import Text
    from jiahe.journal.recording import record
    from jiahe.places.facts import AreaOpened, NamedArea
    from tests.lib.authors import Anyone, minutes
    from tests.lib.houses import fresh
    from tests.lib.links import COUNTY, NORTH, SOUTH, joined

    with fresh(list(built.values())):
        made = joined(built)
        with made.houses[COUNTY].inside():
            for code in (*built, f"{NORTH}001", f"{SOUTH}001"):
                fact = AreaOpened(NamedArea(code, code, Text(code, code, code)), None)
                record(fact, by=Anyone(), at=minutes(1), area=COUNTY)
        made.settle()
        yield made


@pytest.fixture
def net(standing: "Net") -> Iterator["Net"]:
    """The same for one test; what it does is undone."""
    from tests.lib.houses import fresh

    with fresh(list(standing.houses.values())):
        yield standing.again()
