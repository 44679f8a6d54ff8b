"""How long what was recorded must be kept: reads content/retention/*.toml, refuses what it does not understand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from jiahe.basis.languages import Text, simplified

FOLDER = Path(__file__).resolve().parents[3] / "content" / "retention"


class Until(StrEnum):
    """From when the years of a rule are counted."""

    RECORDED = "recorded"
    LEFT = "left"
    """From the day the person died or ceased to live here; while he lives here, it must be kept."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Rule:
    """Entries of these kinds must be kept so many years, counted from an event; `basis` says which law or why."""

    id: str
    kinds: tuple[str, ...]
    until: Until
    years: int
    reason: Text
    basis: str
    reviewed_on: date
    review_by: date


class RuleRefused(ValueError):
    """A retention file says something the house does not understand; names the file and the reason."""


_KEYS = {"id", "kinds", "until", "years", "reason", "basis", "reviewed_on", "review_by"}


def parse(text: str, *, name: str) -> Rule:
    """The rule written in the TOML `text` of the file `name`. Raises RuleRefused.

    >>> parse('id = "x"', name="x.toml")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    jiahe.registry.definitions.RuleRefused: x.toml: it must say basis, id, kinds, reason, review_by, ...
    """
    try:
        said: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleRefused(f"{name}: {error}") from error
    if said.keys() != _KEYS:
        raise RuleRefused(f"{name}: it must say {', '.join(sorted(_KEYS))}")
    if f"{said['id']}.toml" != name:
        raise RuleRefused(f"{name}: the id is {said['id']!r}")
    if said["until"] not in list(Until) or not isinstance(said["years"], int) or said["years"] < 0:
        raise RuleRefused(f"{name}: until {said['until']!r} and years {said['years']!r} make no term")
    if not isinstance(said["kinds"], list) or not all(isinstance(kind, str) and "." in kind for kind in said["kinds"]):
        raise RuleRefused(f"{name}: kinds must be kinds of facts")
    return Rule(
        id=said["id"],
        kinds=tuple(said["kinds"]),
        until=Until(said["until"]),
        years=said["years"],
        reason=_words(said["reason"], name),
        basis=str(said["basis"]),
        reviewed_on=said["reviewed_on"],
        review_by=said["review_by"],
    )


@cache
def rules(folder: Path) -> tuple[Rule, ...]:
    """All rules of a folder. Raises RuleRefused."""
    return tuple(parse(file.read_text("utf-8"), name=file.name) for file in sorted(folder.glob("*.toml")))


def _words(said: object, name: str) -> Text:
    if not isinstance(said, Mapping) or set(said) != {"en", "zh_hant"}:
        raise RuleRefused(f"{name}: reason must be written in en and zh_hant")
    return Text(said["en"], said["zh_hant"], simplified(said["zh_hant"]))
