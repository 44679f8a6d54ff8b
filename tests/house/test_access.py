"""S-01: every address, by every method, as a stranger and as each of the eight roles, near and far, against the
independent table `access.toml`: 0 mismatches, and nobody's name is seen where it should not be."""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from jiahe.basis.ids import new_id
from jiahe.journal.queries import head
from jiahe.node.clock import now
from tests.house.census import ROOT, Address, addresses

if TYPE_CHECKING:
    from tests.lib.county import County, Place

MATRIX: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests" / "house" / "access.toml").read_text("utf-8"))
pytestmark = pytest.mark.django_db  # so that the module's own transaction has a database around it
REFUSED, NOT_THERE, NOT_TAKEN = 403, 404, 422
ROWS = [address for address in addresses() if address.key in MATRIX]


@dataclass(frozen=True)
class Row:
    """What the table says of one address, spelled out."""

    opens: frozenset[str]
    sends: frozenset[str]
    page: frozenset[int]
    sent: int
    said: dict[str, str]
    names: dict[str, str]
    public: bool
    anywhere: bool
    records: bool
    opened: bool


def row_of(address: Address, roles: frozenset[str]) -> Row:
    """The row of an address."""
    said = MATRIX[address.key]

    def who(key: str) -> frozenset[str]:
        words = said.get(key, [])
        if words in ("public", "signed in", "everybody"):
            return roles
        return frozenset(MATRIX["sets"][words] if isinstance(words, str) else words)

    page = said.get("page", 200)
    return Row(
        opens=who("opens"),
        sends=who("sends"),
        page=frozenset(page if isinstance(page, list) else [page]),
        sent=said.get("sent", 303),
        said=said.get("with", {}),
        names=said.get("names", {}),
        public=said["opens"] == "public",
        anywhere=said.get("reach") == "any",
        records=said.get("records", True),
        opened=said.get("opened", False),
    )


class Visitor:
    """Somebody at the door; whatever he does is undone afterwards."""

    def __init__(self, county: County, role: str = "") -> None:
        self.county, self.role = county, role
        self.cookies = county.inside(role).cookies if role else None

    def try_(self, method: str, address: str, said: dict[str, str], *, first: str = "") -> tuple[int, str, int]:
        """The status, everything that was said (headers too), and how many facts were recorded.

        `first` is the address at which he says why he opens the record that this is about.
        """
        client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        if self.cookies is not None:
            client.cookies.update(self.cookies)
        with transaction.atomic():
            if first:
                client.post(first, {"_once": str(new_id(now())), "purpose": "service"})
            if "{seen}" in said.values():
                seen = re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode())
                said = {**said, "seen": seen[1] if seen else ""}
            before = head().size
            form = {"_once": str(new_id(now())), **said} if method == "post" else {}
            answer = getattr(client, method)(address, form) if form else getattr(client, method)(address)
            recorded = head().size - before
            text = answer.content.decode("utf-8", "replace") + unquote(str(answer.headers))
            transaction.set_rollback(True)
        return answer.status_code, text, recorded


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    """The county, built once for the module and undone at its end."""
    from tests.lib.county import found_county

    logging.getLogger("django.request").disabled = True  # a refusal is no news here
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_county()
        transaction.set_rollback(True)
    logging.getLogger("django.request").disabled = False


@pytest.fixture(scope="module")
def visitors(county: County) -> dict[str, Visitor]:
    """Somebody of each role, signed in; the stranger under the empty name."""
    return {role: Visitor(county, role) for role in ["", *county.officers]}


def where(address: Address, row: Row, role: str, county: County) -> Iterator[tuple[Place | None, dict[str, Any]]]:
    """The places tried for a role, each with what the address names there; once with None if it names nothing."""
    if not address.values:
        yield None, {}
        return
    for area in around(role) if role in row.opens else around(role)[:1]:
        place = county.places[area]
        things = {**vars(place), "code": place.area, "post": place.held}
        named = {name: things[row.names.get(name, name)] for name in address.values}
        if None not in named.values():
            yield place, named


def around(role: str) -> list[str]:
    """Areas for a role: a village all can name; its own; inside it; above; beside; in another county."""
    from tests.lib import county as here

    own = here.WHERE.get(role, here.COUNTY)
    inside = [code for code in (here.COUNTY, here.NORTH) if code.startswith(own) and code != own][-1:]
    above = [code for code in (here.CITY, here.COUNTY, here.NORTH) if own.startswith(code) and code != own][-1:]
    beside = {
        here.CITY: here.OTHER_CITY,
        here.COUNTY: here.OTHER_COUNTY,
        here.NORTH: here.SOUTH,
        here.NORTH_VILLAGE: here.EAST_VILLAGE,
    }[own]
    return list(dict.fromkeys([here.NORTH_VILLAGE, own, *inside, *above, beside, here.OTHER_VILLAGE]))


def filled(row: Row, place: Place | None, role: str, county: County) -> dict[str, str]:
    """What the form says, for the thing of that place."""
    from tests.lib.county import COUNTY, EAST_VILLAGE, NORTH_VILLAGE, OTHER_VILLAGE, SOUTH, name_of, number_of

    here = place or county.places[COUNTY]
    far = county.places[OTHER_VILLAGE]
    values = {
        "{today}": str(county.today),
        "{village}": NORTH_VILLAGE,
        "{south}": SOUTH,
        "{sibling}": NORTH_VILLAGE if here.area == EAST_VILLAGE else EAST_VILLAGE,
        "{area}": here.area,
        "{post}": str(county.posts.get(role, "")),
        "{member}": str(here.member),
        "{stranger}": name_of(far),
        "{number}": number_of(far),
    }
    return {name: values.get(text, text) for name, text in row.said.items()}


def in_reach(place: Place | None, row: Row, role: str) -> bool:
    """Whether the thing lies where somebody in this role may reach."""
    from tests.lib.county import WHERE

    return bool(role) and (place is None or row.anywhere or place.area.startswith(WHERE[role]))


def seen_of_others(text: str, role: str, county: County) -> list[str]:
    """Names in the text of people and officers who are none of this role's business."""
    from tests.lib.county import OFFICERS, PEOPLE, WHERE

    mine = {place.sign for place in county.places.values() if role and place.area.startswith(WHERE[role])}
    no_people = not role or role in {"auditor", "city_supervisor", "administrator"}
    signs = {place.sign for place in county.places.values()}
    people = [PEOPLE + sign for sign in signs if no_people or sign not in mine]
    return [name for name in [*people, *(OFFICERS + sign for sign in signs - mine)] if name in text]


@pytest.mark.parametrize("address", ROWS, ids=lambda address: address.key)
def test_who_opens_and_sends_what(address: Address, county: County, visitors: dict[str, Visitor]) -> None:
    row, wrong, taken = row_of(address, frozenset(county.officers)), [], set()
    for role, visitor in visitors.items():
        for place, named in where(address, row, role, county):
            target, near = reverse(address.name, kwargs=named), in_reach(place, row, role)
            first = reverse("registry:open_record", kwargs=named) if row.opened else ""
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


def expected(row: Row, role: str, *, near: bool, method: str) -> set[int]:
    """The statuses that are right."""
    if not role:
        return {*row.page, 303, 422} if row.public else {303}
    if role not in row.opens:
        return {REFUSED}
    if not near:
        return {REFUSED, NOT_THERE} | ({405} if 405 in row.page or (method == "post" and not row.sends) else set())
    if method == "get":
        return set(row.page)
    if role in row.sends:
        return {row.sent, NOT_TAKEN, 409} | (row.page & {NOT_THERE})
    if row.sends:
        return {REFUSED, NOT_THERE, NOT_TAKEN}
    return {*row.page, 405, 303, 422}


@pytest.mark.parametrize("method", ["head", "put", "patch", "delete", "options"])
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


def test_a_question_in_an_address_reaches_no_further(county: County, visitors: dict[str, Visitor]) -> None:
    from tests.lib.county import OTHER_VILLAGE, name_of

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
