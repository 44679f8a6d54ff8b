"""Where in a file something stands, so that a refusal can name the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence

Path = tuple[str | int, ...]
"""The keys and positions that lead to a value, as ("steps", 0, "role")."""


def line_of(text: str, path: Path) -> int:
    """The line of a TOML text on which the value at `path` begins; of what it would stand in, if it is not there.

    The beginnings of the text are read one after the other: the value begins where the first one that holds it
    goes beyond the last one that does not.

    >>> line_of('id = "a"\\n\\n[[steps]]\\nrole = "x"', ("steps", 0, "role")), line_of('id = "a"', ("steps",))
    (4, 1)
    """
    lines, begins = text.split("\n"), 1
    for end in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        if path and _holds(table, path):
            return begins
        begins = end + 1
    return line_of(text, path[:-1]) if path else 1


def path_in(message: str) -> Path:
    """The path that msgspec names at the end of what it refuses.

    >>> path_in("Expected `int`, got `str` - at `$.steps[0].promised`")
    ('steps', 0, 'promised')
    """
    named = message.rpartition("`$")[2] if "`$" in message else ""
    return tuple(int(position) if position else key for key, position in re.findall(r"\.(\w+)|\[(\d+)\]", named))


def _holds(table: object, path: Sequence[str | int]) -> bool:
    for key in path:
        if isinstance(table, Mapping) and key in table:
            table = table[key]
        elif isinstance(table, list) and isinstance(key, int) and key < len(table):
            table = table[key]
        else:
            return False
    return True
