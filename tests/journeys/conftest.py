# SPDX-License-Identifier: AGPL-3.0-or-later
"""One real node and one browser for all journeys; a window for whoever comes, watched for complaints."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.officer import Enter, Officer, watch
from tests.lib.served import Served, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last: while a browser is open its event loop runs in this thread, where Django refuses to work."""
    items.sort(key=lambda item: "journeys" in item.path.parts)


@pytest.fixture(scope="session")
def node() -> Iterator[Served]:
    """A running demo county of 600 people, on the database the suite runs on."""
    with serving(people=600, cluster=os.environ.get("JIAHE_DATABASE", "")) as served:
        yield served


@pytest.fixture(scope="session")
def signed_in(browser: Browser, node: Served) -> Callable[[str], Any]:
    """The cookies of a demo account, which signs in once for all journeys."""
    kept: dict[str, Any] = {}

    def cookies(username: str) -> Any:
        if username not in kept:
            with browser.new_context() as context, context.new_page() as page:
                Officer(context, page, node.url).signs_in(username)
                kept[username] = context.storage_state()
        return kept[username]

    return cookies


@pytest.fixture
def enter(browser: Browser, node: Served, signed_in: Callable[[str], Any]) -> Iterator[Enter]:
    """`enter("village")`: somebody comes to a browser, signed in, or not with `enter()`.

    At the end of the journey nobody's browser may have complained.
    """
    came: list[Officer] = []

    def one(username: str = "", **options: Any) -> Officer:
        cookies = signed_in(username) if username else None
        context = browser.new_context(
            storage_state=cookies, **{"locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        officer = Officer(context, context.new_page(), node.url)
        watch(officer)
        came.append(officer)
        return officer

    yield one
    for officer in came:
        officer.context.close()
    assert [complaint for officer in came for complaint in officer.complaints] == []
