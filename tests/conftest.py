# SPDX-License-Identifier: AGPL-3.0-or-later
"""One set-up for every test: a home of its own, one of the two databases, no network but this machine.

`--postgres` runs on PostgreSQL: the one JIAHE_DATABASE names (as `./jiahe test` does), otherwise a throw-away cluster.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import django
import pytest

from jiahe.ui import translations
from tests.lib import chromium, examples
from tests.lib.cluster import cluster
from tests.lib.founded import standing

if TYPE_CHECKING:
    from tests.lib.counter import Counter
    from tests.rooms.staff.small_office import Office

_run = contextlib.ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on PostgreSQL instead of SQLCipher")
    parser.addoption("--shared", action="store_true", help="the other database is run beside this one; see `once`")


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: what the environment says about a real node must not reach a test."""
    on_postgres = config.getoption("--postgres")
    examples.second = on_postgres and config.getoption("--shared")
    if not hasattr(config, "workerinput"):  # xdist's workers inherit what their controller set
        given = os.environ.pop("JIAHE_DATABASE", "")
        for name in [name for name in os.environ if name.startswith("JIAHE_") and name != "JIAHE_ENV"]:
            del os.environ[name]
        os.environ["JIAHE_HOME"] = _run.enter_context(tempfile.TemporaryDirectory(prefix="jiahe-test-"))
        os.environ["JIAHE_DATABASE"] = (given or _run.enter_context(cluster())) if on_postgres else ""
        translations.compile()
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiahe.node.settings"
    django.setup()
    if not hasattr(config, "workerinput"):
        from jiahe.node import static

        static.collect()  # pages name their style sheet by its hash; a fresh clone has none yet


def pytest_unconfigure() -> None:
    _run.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database; on PostgreSQL only those journeys that are marked `smoke`.

    If both databases are run at the same time, what no database changes (`once`) is left to the one that it names.
    Journeys come last: while Playwright runs, this thread has an event loop, and Django lets nobody at a database.
    """
    on_postgres, shared = config.getoption("--postgres"), config.getoption("--shared")
    other = "only_sqlcipher" if on_postgres else "only_postgres"

    def elsewhere(item: pytest.Item) -> bool:
        if shared and (once := item.get_closest_marker("once")):
            assert not item.get_closest_marker("django_db"), f"{item.nodeid} asks a database, so both run it"
            return once.args != ("postgres" if on_postgres else "sqlcipher",)
        walked_once = on_postgres and "journeys" in item.path.parts and not item.get_closest_marker("smoke")
        return walked_once or item.get_closest_marker(other) is not None

    left_out = [item for item in items if elsewhere(item)]
    config.hook.pytest_deselected(items=left_out)
    kept = [item for item in items if item not in set(left_out)]
    items[:] = sorted(kept, key=lambda item: "journeys" in item.path.parts)


@pytest.fixture(scope="module")
def standing_counter(django_db_setup: None, django_db_blocker: Any) -> Iterator["Counter"]:
    """The small window of `tests/lib/counter.py`, for all tests of a file; each gets its own by `as_found`."""
    from tests.lib.counter import found_counter

    with standing(django_db_blocker, found_counter) as counter:
        yield counter


@pytest.fixture(scope="module")
def standing_office(django_db_setup: None, django_db_blocker: Any) -> Iterator["Office"]:
    """The staff room's small office, likewise."""
    from tests.rooms.staff.small_office import found_office

    with standing(django_db_blocker, found_office) as office:
        yield office


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The journeys walk in the system's Chromium."""
    return {**browser_type_launch_args, "executable_path": chromium.program(), "args": chromium.arguments()}
