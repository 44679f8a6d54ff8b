"""Words and signs in a drawing: how wide words are and where a line breaks, near enough without a browser."""

from __future__ import annotations

import re
from html import escape

from jiahe.window.definitions.shapes import End

INK = "currentColor"

_WIDE_FROM = "\u2e80"
_PIECES = re.compile(r"[^\s\u2e80-\uffff]+[ ]*|[\u2e80-\uffff][，。、；：！？）」』》]*[ ]*| +")


def width(words: str, size: int, *, bold: bool = False) -> int:
    """About how wide `words` are, in the unit of `size`.

    >>> width("初審", 14), width("Review", 14), width("Review", 14, bold=True)
    (28, 49, 53)
    """
    ems = sum(1.0 if sign >= _WIDE_FROM else 0.68 if sign.isupper() else 0.56 for sign in words)
    return round(ems * size * (1.09 if bold else 1))


def lines(words: str, room: int, size: int, *, bold: bool = False) -> list[str]:
    """`words` in lines of at most `room`; Latin breaks at spaces, Chinese anywhere but before a full stop.

    >>> lines("符合條件，由縣級決定", 80, 14), lines("First review", 60, 14)
    (['符合條件，', '由縣級決定'], ['First', 'review'])
    """
    found = [""]
    for piece in _PIECES.findall(words):
        if found[-1] and width((found[-1] + piece).rstrip(), size, bold=bold) > room:
            found.append("")
        found[-1] += piece
    return [line.strip() for line in found]


def text(
    x: float, y: float, said: str, *, size: int = 14, bold: bool = False, muted: bool = False, middle: bool = False,
    ink: str = "",
) -> str:  # fmt: skip
    """A line of words; `x` is its beginning, or its middle."""
    marks = [f'font-size="{size}"' if size != 14 else "", 'font-weight="600"' if bold else ""]
    marks += [
        'fill-opacity=".78"' if muted else "",
        'text-anchor="middle"' if middle else "",
        f'fill="{ink}"' if ink else "",
    ]
    return f'<text x="{x:g}" y="{y:g}" {" ".join(filter(None, marks))}>{escape(said)}</text>'


def sign(end: End, x: float, y: float, *, ink: str = INK, scale: float = 1) -> str:
    """The sign of an end around a point: a tick, a cross, a box."""
    drawn = {
        End.GRANTED: "M-4.5 0.5 -1.5 3.5 4.5 -3.5",
        End.REFUSED: "M-3.5 -3.5 3.5 3.5M3.5 -3.5 -3.5 3.5",
        End.CLOSED: "M-3.5 -3.5h7v7h-7z",
    }[end]
    return (
        f'<path transform="translate({x:g} {y:g}) scale({scale:g})" d="{drawn}" fill="none" stroke="{ink}" '
        f'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>'
    )
