# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers that are executed: the blocks of a Markdown file, and whether what was printed is what the paper shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PIECE = re.compile(r"^```(?P<info>.*)\n(?P<text>(?:.*\n)*?)```$|^<!-- walk: (?P<walk>\w+) -->$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One thing to do: a block of a language (`sh`, `sh serve`, `python`) with what is then printed (None: unsaid), or
    a walk over the screens that the prose above it describes."""

    kind: str
    text: str
    shown: str | None = None


def steps(path: Path) -> list[Step]:
    """The steps of a paper in order. A `text` block right after another block is what that one prints."""
    found: list[Step] = []
    for piece in _PIECE.finditer(path.read_text("utf-8")):
        if piece["walk"]:
            found.append(Step("walk", piece["walk"]))
        elif piece["info"] == "text":
            assert found, "nothing was run before this is shown"
            assert found[-1].shown is None
            found[-1] = Step(found[-1].kind, found[-1].text, piece["text"])
        else:
            found.append(Step(piece["info"], piece["text"]))
    return found


def is_shown(printed: str, shown: str) -> bool:
    """Whether `printed` is what a paper shows: `...` alone on a line is any lines, `…` any words."""
    return re.fullmatch("".join(map(_line, shown.splitlines())), printed) is not None


def _line(line: str) -> str:
    if line == "...":
        return r"(?:.*\n)*"
    return ".*".join(re.escape(part) for part in line.split("…")) + r"\n"


def rows(path: Path) -> Iterator[tuple[str, ...]]:
    """The cells of every row of every table of a paper, the rules between head and body left out."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
            yield tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
