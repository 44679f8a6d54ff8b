"""Who works in the demo county: facilities, officers, posts, deputies, duties, accounts (content/demo/posts.toml).

Pure values; `drafts.py` turns them into facts. Ids come from the seed, so the same seed gives the same posts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.node.demo.living import identifier
from jiahe.node.demo.names import Namer
from jiahe.node.demo.naming import Naming
from jiahe.node.demo.villages import Village
from jiahe.places.facts import FacilityKind, Level, NamedArea
from jiahe.places.rules import level_of
from jiahe.staff.definitions import Role
from jiahe.staff.rules import Holding

_WOMEN = 0.6
_AGES = (26, 58)


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility of the demo."""

    id: UUID
    kind: FacilityKind
    area: str
    name: Text


@dataclass(frozen=True, slots=True)
class Appointment:
    """That an officer holds a post, since the day the demo's posts began. `username` is empty without an account."""

    holding: Holding
    facility: UUID | None
    username: str


@dataclass(frozen=True, slots=True)
class Deputy:
    """That an officer stands in for the holder of another post for some days."""

    id: UUID
    post: UUID
    officer: UUID
    area: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Duty:
    """Something a post is asked to do by a day."""

    id: UUID
    post: UUID
    title: str
    due_on: date
    area: str


@dataclass(frozen=True, slots=True)
class Staffing:
    """All of it."""

    facilities: tuple[Facility, ...]
    appointments: tuple[Appointment, ...]
    deputies: tuple[Deputy, ...]
    duties: tuple[Duty, ...]

    def of(self, role: str) -> dict[str, Appointment]:
        """The appointments of one role by the code of their area."""
        return {each.holding.area: each for each in self.appointments if each.holding.role == role}


def staffing(
    file: Path,
    areas: Sequence[NamedArea],
    roles: Mapping[str, Role],
    naming: Naming,
    *,
    since: date,
    until: date,
    seed: int,
) -> Staffing:
    """The staff of these areas: posts from before `since`, deputies and duties around the day `until`.

    Raises KeyError for an account without a post or a role this node does not know.
    """
    plan = tomllib.loads(file.read_text("utf-8"))
    rng = Random(f"{seed}:posts")  # noqa: S311 - invented officers, not a secret
    facilities = tuple(_facilities(rng, plan["facilities"], areas, since))
    appointments = tuple(_appointments(rng, plan, areas, roles, naming, facilities, since))
    made = Staffing(facilities, appointments, (), ())
    return Staffing(
        facilities,
        appointments,
        tuple(_deputy(rng, row, made, until) for row in plan["deputies"]),
        tuple(duty for row in plan["duties"] for duty in _duties(rng, row, made, until)),
    )


def _of_level(areas: Sequence[NamedArea], level: str) -> list[NamedArea]:
    return [area for area in areas if level_of(area.code) is Level(level)]


def _facilities(rng: Random, rows: list[dict[str, Any]], areas: Sequence[NamedArea], since: date) -> list[Facility]:
    made = []
    for row in rows:
        for area in _of_level(areas, row["level"]):
            name = Text(
                f"{area.name.en} {row['en']}", area.name.zh_hant + row["zh_hant"], area.name.zh_hans + row["zh_hans"]
            )
            made.append(Facility(identifier(rng, since), FacilityKind(row["kind"]), area.code, name))
    return made


def _appointments(
    rng: Random,
    plan: dict[str, Any],
    areas: Sequence[NamedArea],
    roles: Mapping[str, Role],
    naming: Naming,
    facilities: Sequence[Facility],
    since: date,
) -> list[Appointment]:
    accounts = {(row["role"], row["area"]): row for row in plan["accounts"]}
    at = {(facility.kind.value, facility.area): facility.id for facility in facilities}
    made = []
    for row in plan["staffing"]:
        for area in _of_level(areas, row["level"]):
            account = accounts.pop((row["role"], area.code), None)
            name = account["name"] if account else _name(rng, naming, area, since)
            officer, post = identifier(rng, since), identifier(rng, since)
            title = roles[row["role"]].title
            made.append(
                Appointment(
                    Holding(officer, name, post, row["role"], area.code, title, False),
                    at.get((row.get("facility", ""), area.code)),
                    account["username"] if account else "",
                )
            )
    if accounts:
        raise KeyError(f"accounts without a post: {sorted(accounts)}")
    return made


def _name(rng: Random, naming: Naming, area: NamedArea, since: date) -> str:
    namer = Namer(naming, Village(area.code, area.official), rng)
    man = rng.random() >= _WOMEN
    return namer.surname(rng) + namer.given(rng, man, since.year - rng.randint(*_AGES))


def _deputy(rng: Random, row: dict[str, Any], made: Staffing, until: date) -> Deputy:
    officer = next(each.holding.officer for each in made.appointments if each.username == row["username"])
    post = made.of(row["role"])[row["area"]].holding
    starts_on, ends_on = until - timedelta(days=row["days_before"]), until + timedelta(days=row["days_after"])
    return Deputy(identifier(rng, until), post.post, officer, post.area, starts_on, ends_on)


def _duties(rng: Random, row: dict[str, Any], made: Staffing, until: date) -> list[Duty]:
    due_on = until + timedelta(days=row["due_in_days"])
    return [
        Duty(identifier(rng, until), each.holding.post, row["title"], due_on, area)
        for area, each in made.of(row["role"]).items()
        if area.startswith(row.get("within", ""))
    ]
