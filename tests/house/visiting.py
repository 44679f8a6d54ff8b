"""How the access matrix is read and tried: its rows, who visits, the places tried for him, what is right there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from jiahe.basis.ids import new_id
from jiahe.journal.queries import head
from jiahe.node.clock import now
from tests.house.census import ROOT, Address
from tests.lib import examples
from tests.lib.attached import png
from tests.lib.county import (
    BY_LEVEL,
    CITY,
    COUNTY,
    EAST_VILLAGE,
    NORTH,
    NORTH_VILLAGE,
    OFFICERS,
    OTHER_CITY,
    OTHER_COUNTY,
    OTHER_VILLAGE,
    PEOPLE,
    SOUTH,
    WHERE,
    County,
    Place,
    name_of,
    number_of,
)

MATRIX: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests" / "house" / "access.toml").read_text("utf-8"))
_PEOPLE = ("person", "other", "wed", "running")
REFUSED, NOT_THERE, NOT_TAKEN = 403, 404, 422


@dataclass(frozen=True)
class Row:
    """What the table says of one address, spelled out."""

    opens: frozenset[str]
    sends: frozenset[str]
    shown: frozenset[str]
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
        shown=who("shown") if "shown" in said else who("opens"),
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
        self.client = county.inside(role) if role else Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        self.cookies = self.client.cookies.copy()

    def try_(
        self, method: str, address: str, said: dict[str, str], *, first: Sequence[str] = ()
    ) -> tuple[int, str, int]:
        """The status, everything that was said (headers too), and how many facts were recorded.

        `first` are the addresses at which he says why he opens the records that this is about.
        """
        client = self.client  # one for all his visits: each new one loads all the middleware
        client.cookies = self.cookies.copy()
        with transaction.atomic():
            for each in first:
                client.post(each, {"_once": str(new_id(now())), "purpose": "service", "reason": "to try"})
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


def where(address: Address, row: Row, role: str, county: County) -> Iterator[tuple[Place | None, dict[str, Any]]]:
    """The places tried for a role, each with what the address names there; once with None if it names nothing."""
    if not address.values:
        yield None, {}
        return
    for area in around(role) if role in row.opens else around(role)[:1]:
        place = county.places[area]
        things = {**vars(place), "code": place.area, "post": place.held, "service": "birth_registration"}
        named = {name: things[row.names.get(name, name)] for name in address.values}
        if None not in named.values():
            yield place, named


def knocking(row: Row, visitors: dict[str, Visitor]) -> dict[str, Visitor]:
    """Who tries an address: everybody; on the second of two databases those for whom the door asks it anything."""
    return {role: each for role, each in visitors.items() if not examples.second or role in row.opens | row.sends}


def around(role: str) -> list[str]:
    """Areas for a role: a village all can name; its own; inside it; beside; above; in another county. On the second
    of two databases not the last two: there as beside it the scope ends, by the same words."""
    own = WHERE.get(role, COUNTY)
    inside = [code for code in (COUNTY, NORTH) if code.startswith(own) and code != own][-1:]
    above = [code for code in (CITY, COUNTY, NORTH) if own.startswith(code) and code != own][-1:]
    beside = {
        CITY: OTHER_CITY,
        COUNTY: OTHER_COUNTY,
        NORTH: SOUTH,
        NORTH_VILLAGE: EAST_VILLAGE,
    }[own]
    more = [] if examples.second else [*above, OTHER_VILLAGE]
    return list(dict.fromkeys([NORTH_VILLAGE, own, *inside, beside, *more]))


def filled(row: Row, place: Place | None, role: str, county: County) -> dict[str, Any]:
    """What the form says, for the thing of that place."""
    here, village = place or county.places[COUNTY], county.places[NORTH_VILLAGE]
    far = county.places[OTHER_VILLAGE]
    values: dict[str, Any] = {
        "{picture}": SimpleUploadedFile("a.png", png()),
        "{today}": str(county.today),
        "{village}": NORTH_VILLAGE,
        "{south}": SOUTH,
        "{sibling}": NORTH_VILLAGE if here.area == EAST_VILLAGE else EAST_VILLAGE,
        "{area}": here.area,
        "{own}": WHERE.get(role, COUNTY),
        "{post}": str(county.posts.get(role, "")),
        "{member}": str(here.member),
        "{stranger}": name_of(far),
        "{number}": number_of(far),
        "{held_role}": BY_LEVEL[len(here.area)],
        "{new_number}": f"N{here.area}",
        **{f"{{{name}}}": str(getattr(here, name) or getattr(village, name)) for name in _PEOPLE},
        "{elsewhere}": str(county.places[NORTH].running),
    }
    keys = {f"is_{{{name}}}": f"is_{getattr(here, name)}" for name in ("person", "other")}
    return {keys.get(name, name): values.get(text, text) for name, text in row.said.items()}


def in_reach(place: Place | None, row: Row, role: str) -> bool:
    """Whether the thing lies where somebody in this role may reach."""
    return bool(role) and (place is None or row.anywhere or place.area.startswith(WHERE[role]))


def seen_of_others(text: str, role: str, county: County) -> list[str]:
    """Names in the text of people and officers who are none of this role's business."""
    mine = {place.sign for place in county.places.values() if role and place.area.startswith(WHERE[role])}
    no_people = not role or role in {"auditor", "city_supervisor", "administrator"}
    signs = {place.sign for place in county.places.values()}
    people = [PEOPLE + sign for sign in signs if no_people or sign not in mine]
    return [name for name in [*people, *(OFFICERS + sign for sign in signs - mine)] if name in text]


def expected(row: Row, role: str, *, near: bool, method: str) -> set[int]:
    """The statuses that are right."""
    if not role:
        return {*row.page, 303, 422} if row.public else {303}
    if role not in row.opens:
        return {REFUSED}
    if not near:
        return {REFUSED, NOT_THERE} | ({405} if 405 in row.page or (method == "post" and not row.sends) else set())
    if role not in row.shown:
        return {NOT_THERE, 303} if method == "get" else {NOT_THERE, REFUSED, 405, 303}
    if method == "get":
        return set(row.page)
    if role in row.sends:
        return {row.sent, NOT_TAKEN, 409} | (row.page & {NOT_THERE})
    if row.sends:
        return {REFUSED, NOT_THERE, NOT_TAKEN}
    return {*row.page, 405, 303, 422}
