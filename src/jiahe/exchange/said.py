"""What is said of a row, as text that is kept, and back: problems and doubles, to be told in any language later."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jiahe.basis.languages import Text
from jiahe.basis.problem import Problem
from jiahe.registry.queries import Shown


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody registered who is likely the same, how likely, and why (`registry` Reason)."""

    person: UUID
    probability: float
    reasons: tuple[str, ...]


def problem_as_text(problem: Problem) -> str:
    """The class of the problem and its values. A name in three languages stays one."""
    return json.dumps(
        {
            "of": f"{type(problem).__module__}.{type(problem).__qualname__}",
            "values": {name: _plain(value) for name, value in problem.values.items()},
        },
        ensure_ascii=False,
    )


def problem_from(text: str) -> Problem | None:
    """What `problem_as_text` wrote; None where nothing is kept, or a newer program wrote it."""
    if not text:
        return None
    said = json.loads(text)
    kind = _kinds().get(said["of"])
    return kind(**{name: _rich(value) for name, value in said["values"].items()}) if kind else None


def alike_as_text(doubles: Sequence[Shown]) -> str:
    """Likely doubles; their names stay in the register."""
    return json.dumps([[str(each.person.id), each.probability, list(each.reasons)] for each in doubles])


def alike_from(text: str) -> list[Alike]:
    """What `alike_as_text` wrote."""
    found = json.loads(text) if text else []
    return [Alike(UUID(person), likely, tuple(reasons)) for person, likely, reasons in found]


def _kinds() -> dict[str, type[Problem]]:
    found, open_ones = dict[str, type[Problem]](), [Problem]
    while open_ones:
        for kind in open_ones.pop().__subclasses__():
            open_ones.append(kind)
            found[f"{kind.__module__}.{kind.__qualname__}"] = kind
    return found


def _plain(value: object) -> Any:
    if isinstance(value, Text):
        return {"en": value.en, "zh_hant": value.zh_hant, "zh_hans": value.zh_hans}
    return value.isoformat() if isinstance(value, date) else value if isinstance(value, int | str) else str(value)


def _rich(value: Any) -> Any:
    return Text(**value) if isinstance(value, dict) else value
