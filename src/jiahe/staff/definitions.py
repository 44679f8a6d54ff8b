"""Roles as data: reads content/roles/*.toml, refuses what it does not understand, gives frozen values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jiahe.basis.languages import Text, simplified
from jiahe.basis.privacy import Privacy
from jiahe.staff.rules import Daily

LEVELS = ("province", "city", "county", "township", "village")
_KEYS = {"id", "title", "duty", "level", "care", "records", "reads", "fields", "daily"}
_ID = re.compile(r"[a-z]+(_[a-z]+)*")
_RECORD = re.compile(r"[a-z]+\.(\*|[A-Z][A-Za-z]+)")
_PAGE = re.compile(r"[a-z]+(\.[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Role:
    """What the holder of a post with this role may record and read. `records` are fact kinds or "room.*".

    `care`: the post cares for everybody in its area. Without it, whoever opens a person's record writes why.
    `daily`: how many rows of people its work may need in a day.
    """

    id: str
    title: Text
    duty: Text
    level: frozenset[str]
    care: bool
    records: tuple[str, ...]
    reads: frozenset[str]
    fields: frozenset[Privacy]
    daily: Daily


class RoleRefused(ValueError):
    """A role file says something the house does not understand; names the file and the reason."""


def parse(text: str, *, name: str) -> Role:
    """The role written in the TOML `text` of the file `name`. Raises RoleRefused.

    >>> parse('id = "x"', name="x.toml")
    Traceback (most recent call last):
    jiahe.staff.definitions.RoleRefused: x.toml: missing care, daily, duty, fields, level, reads, records, title
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RoleRefused(f"{name}: {error}") from error
    if missing := _KEYS - table.keys():
        raise RoleRefused(f"{name}: missing {', '.join(sorted(missing))}")
    if unknown := table.keys() - _KEYS:
        raise RoleRefused(f"{name}: unknown {', '.join(sorted(unknown))}")
    if f"{table['id']}.toml" != name:
        raise RoleRefused(f"{name}: the id is {table['id']!r}, so the file must be {table['id']}.toml")
    _each(name, "id", [table["id"]], _ID)
    _each(name, "level", table["level"], re.compile("|".join(LEVELS)))
    _each(name, "fields", table["fields"], re.compile("|".join(Privacy)))
    if not isinstance(table["care"], bool):
        raise RoleRefused(f"{name}: care must be true or false")
    return Role(
        id=table["id"],
        title=_words(name, "title", table["title"]),
        duty=_words(name, "duty", table["duty"]),
        level=frozenset(table["level"]),
        care=table["care"],
        records=_each(name, "records", table["records"], _RECORD),
        reads=frozenset(_each(name, "reads", table["reads"], _PAGE)),
        fields=frozenset(Privacy(field) for field in table["fields"]),
        daily=_daily(name, table["daily"]),
    )


@cache
def roles(folder: Path) -> dict[str, Role]:
    """All roles of a folder by id, in the order of their ids. Raises RoleRefused."""
    found = [parse(file.read_text("utf-8"), name=file.name) for file in sorted(folder.glob("*.toml"))]
    if not found:
        raise RoleRefused(f"{folder}: no roles")
    return {role.id: role for role in found}


def _each(name: str, key: str, values: object, pattern: re.Pattern[str]) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise RoleRefused(f"{name}: {key} must be a list")
    for value in values:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise RoleRefused(f"{name}: {key} cannot be {value!r}")
    if len(set(values)) != len(values):
        raise RoleRefused(f"{name}: {key} says something twice")
    return tuple(values)


def _daily(name: str, said: object) -> Daily:
    if not isinstance(said, Mapping) or said.keys() != {"seen", "exported"}:
        raise RoleRefused(f"{name}: daily must say seen and exported")
    if any(type(number) is not int or number < 0 for number in said.values()):
        raise RoleRefused(f"{name}: daily counts rows, from 0 on")
    return Daily(said["seen"], said["exported"])


def _words(name: str, key: str, words: object) -> Text:
    if not isinstance(words, Mapping) or not {"en", "zh_hant"} <= words.keys() <= {"en", "zh_hant", "zh_hans"}:
        raise RoleRefused(f"{name}: {key} must be written in en and zh_hant (zh_hans is derived)")
    hant = str(words["zh_hant"])
    return Text(str(words["en"]), hant, str(words.get("zh_hans") or simplified(hant)))
