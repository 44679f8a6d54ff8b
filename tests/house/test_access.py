"""S-01: every address, by every method, as a stranger and as each of the nine roles, near and far, against the
independent table `access.toml`: 0 mismatches, and nobody's name is seen where it should not be.

Of two databases that are run at the same time, the first sees all of it, the second what a database is asked
(`visiting.py`); `./jiahe prove access` sees all of it on both."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from jiahe.journal import blobs
from tests.house.census import Address, addresses
from tests.house.visiting import MATRIX, Visitor, expected, filled, in_reach, knocking, row_of, seen_of_others, where
from tests.lib import examples
from tests.lib.county import OTHER_VILLAGE, County, found_county, name_of, number_of

pytestmark = pytest.mark.django_db  # so that the module's own transaction has a database around it
ROWS = [address for address in addresses() if address.key in MATRIX]
METHODS = ["head"] if examples.second else ["head", "put", "patch", "delete", "options"]
"""Those besides GET and POST: no view tells them from GET, so the second of two databases is asked once."""


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    """The county, built once for the module and undone at its end."""
    logging.getLogger("django.request").disabled = True  # a refusal is no news here
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_county()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        blobs.sweep()  # files know no transaction
    logging.getLogger("django.request").disabled = False


@pytest.fixture(scope="module")
def visitors(county: County) -> dict[str, Visitor]:
    """Somebody of each role, signed in; the stranger under the empty name."""
    return {role: Visitor(county, role) for role in ["", *county.officers]}


@pytest.mark.parametrize("address", ROWS, ids=lambda address: address.key)
def test_who_opens_and_sends_what(address: Address, county: County, visitors: dict[str, Visitor]) -> None:
    row, wrong, taken = row_of(address, frozenset(county.officers)), [], set()
    for role, visitor in knocking(row, visitors).items():
        for place, named in where(address, row, role, county):
            target, near = reverse(address.name, kwargs=named), in_reach(place, row, role)
            first = opening(named) if row.opened else []
            for method, said in (("get", {}), ("post", filled(row, place, role, county))):
                status, text, recorded = visitor.try_(method, target, said, first=first)
                done = method == "post" and role in row.sends and status == row.sent
                deed = f"{role or 'stranger'} {method} {place.area if place else ''}: {status}, recorded {recorded}"
                if status not in (right := expected(row, role, near=near, method=method)):
                    wrong.append(f"{deed}, not one of {sorted(right)}")
                if names := [name for name in seen_of_others(text, role, county) if name not in str(said)]:
                    wrong.append(f"{deed}, shows {names}")
                if bool(recorded) != (done and row.records):
                    wrong.append(f"{deed}, which is not as it should be")
                taken |= {role} if done else set()
    wrong += [f"{role} could not send it anywhere" for role in sorted(row.sends - taken)]
    assert not wrong, "\n" + "\n".join(wrong)


def opening(named: dict[str, Any]) -> list[str]:
    """The addresses at which somebody says why he opens the records that an address is about."""
    return [
        reverse("registry:open_record", kwargs={"person": named[key]}) for key in ("person", "other") if key in named
    ]


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_record_nothing(method: str, county: County, visitors: dict[str, Visitor]) -> None:
    wrong = []
    for address in ROWS:
        row = row_of(address, frozenset(county.officers))
        role = max(row.opens)
        _, named = next(where(address, row, role, county))
        status, _, recorded = visitors[role].try_(method, reverse(address.name, kwargs=named), {})
        if recorded or status >= 500:
            wrong.append(f"{role} {address.key}: {status}, recorded {recorded}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_search_for_anything_reaches_no_further(county: County, visitors: dict[str, Visitor]) -> None:
    far = county.places[OTHER_VILLAGE]
    for text in (name_of(far), number_of(far), number_of(far)[-4:], "%", "_", "\0", "司徒\0", "st", "situ", "'; --"):
        status, said, recorded = visitors["township_clerk"].try_("post", reverse("registry:search"), {"text": text})
        assert (status, recorded) == (200, 0), repr(text)
        assert not [name for name in seen_of_others(said, "township_clerk", county) if name not in text]


def test_a_question_in_an_address_reaches_no_further(county: County, visitors: dict[str, Visitor]) -> None:
    far, wrong = county.places[OTHER_VILLAGE], []
    texts = (far.area, str(far.person), str(far.held), name_of(far), "4", "9" * 30, "0" * 5000, "\0")
    names = ("area", "kind", "on", "period", "sort", "page", "before", "seen", "q", "mother", "mother_text", "post")
    questions = [dict.fromkeys(names, text) for text in texts] + [{"area": far.area}, {"page": "nonsense"}]
    for address in (address for address in ROWS if not address.values):
        row = row_of(address, frozenset(county.officers))
        role = "township_clerk" if "township_clerk" in row.opens else max(row.opens)
        for question in questions:
            asked = f"{reverse(address.name)}?{urlencode(question)}"
            status, said, recorded = visitors[role].try_("get", asked, {})
            seen = [name for name in seen_of_others(said, role, county) if name not in str(question)]
            if status >= 500 or recorded or seen:
                wrong.append(f"{role} {asked[:120]}: {status}, recorded {recorded}, shows {seen}")
    assert not wrong, "\n" + "\n".join(wrong)
