"""A county with two townships of one village each, some officers in posts, and ways to sign in as them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jiahe.basis.ids import new_id
from jiahe.basis.languages import Text
from jiahe.places import actions as places
from jiahe.places.definitions import AreaList
from jiahe.places.facts import NamedArea
from jiahe.staff import accounts, actions, queries, session
from jiahe.staff.definitions import Role, roles
from jiahe.staff.doors import CONFIRMED
from jiahe.staff.passwords import OwaspArgon2
from jiahe.staff.scope import Acting, founding

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LONG_AGO = date(2026, 1, 1)
COUNTY, NORTH, SOUTH, NORTH_VILLAGE, SOUTH_VILLAGE = "411723", "411723101", "411723102", "411723101201", "411723102201"
AREAS = {
    "41": "河南省",
    "4117": "驻马店市",
    COUNTY: "平舆县",
    NORTH: "北镇",
    NORTH_VILLAGE: "北村",
    SOUTH: "南镇",
    SOUTH_VILLAGE: "南村",
}
PASSWORD = "a sentence nobody guesses"


class Counting(OwaspArgon2):
    """Argon2 at its cheapest, which counts how often it computes."""

    time_cost, memory_cost = 1, 8
    computed = 0

    def encode(self, password: str, salt: str) -> str:
        """Counts."""
        type(self).computed += 1
        return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Counts."""
        type(self).computed += 1
        return bool(super().verify(password, encoded))


@dataclass
class Office:
    """Officers and their posts by the name of the role."""

    roles: dict[str, Role]
    by: Acting
    officers: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)

    def staff(self, key: str, role: str, area: str) -> UUID:
        """A post of the role, and an officer in it; both are kept under `key`."""
        self.posts[key] = post = self.post(role, area)
        self.officers[key] = officer = self.officer(key)
        actions.assign_post(post=post, officer=officer, on=LONG_AGO, by=self.by, at=AT)
        return post

    def post(self, role: str, area: str) -> UUID:
        """A vacant post."""
        return actions.create_post(role=self.roles[role], area=area, on=LONG_AGO, by=self.by, at=AT)

    def officer(self, name: str) -> UUID:
        """An officer without a post."""
        return actions.enrol_officer(name=name, area=COUNTY, on=LONG_AGO, by=self.by, at=AT)

    def acting(self, key: str, on: date = TODAY) -> Acting:
        """That officer, acting in his first post."""
        made = session.acting(queries.holdings(self.officers[key], on=on)[0], self.roles)
        assert made is not None
        return made

    def holdings_of(self, key: str, on: date = TODAY) -> list[Acting]:
        """That officer acting in each of his posts."""
        made = [session.acting(each, self.roles) for each in queries.holdings(self.officers[key], on=on)]
        return [acting for acting in made if acting]

    def account(self, key: str, **more: Any) -> accounts.Credential:
        """An account for that officer, with PASSWORD and no second factor yet; his user name is `key`."""
        credential = accounts.Credential(username=key, officer=self.officers[key], **more)
        credential.set_password(PASSWORD)
        credential.save()
        return credential

    def inside(self, key: str) -> Client:
        """A browser in which that officer is signed in, second factor and all."""
        credential = accounts.account_of(self.officers[key]) or self.account(key)
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(credential)
        kept = client.session
        kept[CONFIRMED] = True
        kept.save()
        return client


def found_office() -> Office:
    """Areas, posts and officers."""
    by = founding("41", AT)
    listed = tuple(NamedArea(code, name, Text(name, name, name)) for code, name in AREAS.items())
    places.load_areas(areas=AreaList("test", date(2023, 6, 30), "test", listed), by=by, at=AT)
    office = Office(dict(roles(settings.JIAHE.content / "roles")), by)
    office.staff("manager", "county_manager", COUNTY)
    office.staff("admin", "administrator", COUNTY)
    office.staff("clerk", "township_clerk", NORTH)
    office.staff("worker", "village_worker", NORTH_VILLAGE)
    office.staff("neighbour", "township_clerk", SOUTH)
    return office


def sign_in(client: Client, username: str, password: str, *, after: str = "", **more: Any) -> Any:
    """Send the sign-in form."""
    address = reverse("account_login") + (f"?next={after}" if after else "")
    return client.post(address, {"login": username, "password": password}, **more)


def send(client: Client, address: str, **fields: Any) -> Any:
    """Send a form with a fresh key."""
    return client.post(address, {"_once": str(new_id(datetime.now(UTC))), **fields})


def code(secret: str, *, steps: int = 0) -> str:
    """What an app with this secret shows, `steps` half minutes from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)
