"""The pages of this room are tried on small addresses of their own, without a database."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from jiahe.ui import translations


@pytest.fixture(autouse=True, scope="session")
def catalogues() -> None:
    """The binary catalogues, as `./jiahe up` makes them."""
    translations.compile()


@pytest.fixture
def request_to():
    """Makes a GET request of an officer who reads everything."""

    def make(address: str = "/", **cookies: str):
        request = RequestFactory(headers={"cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}).get(address)
        request.at = datetime(2026, 11, 23, 10, tzinfo=UTC)
        request.acting = SimpleNamespace(reads=lambda page_key: page_key != "hidden")
        return request

    return make
