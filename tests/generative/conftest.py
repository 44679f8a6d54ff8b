"""Fixtures of the generative tests; imports wait until Django is ready."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.lib.houses import House


@pytest.fixture(scope="module")
def houses(django_db_setup: None, django_db_blocker: Any) -> Iterator["list[House]"]:
    """Three nodes of one county, made once for each file."""
    from tests.lib.houses import build

    with django_db_blocker.unblock(), build(["411723", "411723", "411723"]) as built:
        yield built
