"""Addresses: each has a door and a row in the access matrix, and none can hold anything about a person."""

import re
import tomllib

import pytest

from jiahe.ui.doors import Door
from tests.house.census import HOUSE, ROOT, Address, addresses, calls, named, python_files, templates

MATRIX = tomllib.loads((ROOT / "tests" / "house" / "access.toml").read_text("utf-8"))
CODES = {"code", "area", "service"}
"""What an area's or a service's public code is called in an address; everything else in one is a random id."""

COUNTED = {"n": "which stage of a case, in their order"}
"""What is told in an address by a number, after the random id of what it is counted in."""

ASKED = {
    **dict.fromkeys(("area", "kind", "on", "period", "sort", "language", "theme", "age", "state"), "public words"),
    "list": "which of the work lists",
    "service": "a service's public code",
    "page": "a cursor, encrypted (jiahe.ui.paging)",
    "before": "a position in the journal",
    "seen": "a position in the journal",
    "next": "an address of this node",
    **dict.fromkeys(("mother", "applicant", "case"), "a random id"),
    "q": "part of an area's or an officer's name; those served are searched by POST",
}
"""What may stand behind the question mark. No name, number or date of somebody served is among it."""


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.key)
def test_every_address_has_a_name_and_a_door(address: Address) -> None:
    assert address.name.rpartition(":")[2]
    assert isinstance(getattr(address.view, "door", None), Door)


def test_every_address_has_a_row_in_the_matrix_and_every_row_an_address() -> None:
    known = {address.key for address in addresses()}
    assert {key for key in MATRIX if key != "sets"} == known


def test_no_address_is_said_twice() -> None:
    for said in ([address.key for address in addresses()], [address.route for address in addresses()]):
        assert len(said) == len(set(said))


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.key)
def test_an_address_names_only_ids_and_area_codes(address: Address) -> None:
    for name, converter in address.values.items():
        code = name in CODES and converter in {"slug", "string"}
        assert converter == "uuid" or code or (name in COUNTED and converter == "int"), f"{name} is a {converter}"


def test_what_is_asked_in_an_address_tells_nothing_personal() -> None:
    read = {
        (call.args[0].value if hasattr(call.args[0], "value") else "?", named(path))
        for path in python_files()
        for call, called in calls(path)
        if "request.GET" in called and called.endswith((".get", ".getlist"))
    }
    assert not {(name, where) for name, where in read if name not in ASKED}


def test_a_form_that_is_sent_in_an_address_has_only_such_fields() -> None:
    found = set()
    for path in templates():
        for form in re.findall(r'<form\b[^>]*method="get".*?</form>', path.read_text("utf-8"), re.DOTALL):
            assert "{{ form" not in form, "a form of fields goes by POST"
            found |= {
                (name, named(path)) for name in re.findall(r'<(?:input|select|textarea)\b[^>]*name="(\w+)"', form)
            }
    assert found
    assert not {(name, where) for name, where in found if name not in ASKED}


def test_no_link_carries_anything_else() -> None:
    linked = {
        (name, named(path))
        for path in templates()
        for link in re.findall(
            r'(?:href|action|hx-get)="([^"]*)"', re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text())
        )
        for name in re.findall(r"[?&](\w+)=", link)
    }
    assert not {(name, where) for name, where in linked if name not in ASKED}


def test_the_admin_of_django_is_not_there() -> None:
    assert not [address.route for address in addresses() if "admin" in address.route]
    assert not (HOUSE / "node" / "admin.py").exists()
