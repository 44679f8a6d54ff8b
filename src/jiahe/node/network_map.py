"""The map of the nodes: who is under whom, laid out in columns for a screen and in steps for a telephone.

Only numbers and places; `templates/node/_network_map.html` draws them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import east_asian_width

from jiahe.network.facts import Level
from jiahe.node.network_words import State

MOST = 60
"""So many nodes are drawn one by one; of more, what is under others than those above this node is counted."""
BOX, GAP, HEIGHT, PITCH, TOP = 268, 28, 28, 33, 24
STEP, ROW, NARROW = 18, 34, 288
_LATIN, _CHINESE = 7.6, 13.5


class Spot(NamedTuple):
    """A node before it is drawn. `said` is its state in words; `here` is this node."""

    name: str
    under: str
    level: Level
    label: str
    state: State
    said: str
    here: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A node as drawn: its left upper corner, and how many nodes under it are not drawn."""

    spot: Spot
    x: float
    y: float
    label: str
    folded: int
    end: float

    @property
    def middle(self) -> float:
        """Where lines meet it."""
        return self.y + HEIGHT / 2

    @property
    def text(self) -> float:
        """Where its words stand."""
        return self.y + 18.5


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes, the lines between them as SVG paths, and the headings of the columns."""

    width: float
    height: float
    boxes: list[Box]
    lines: list[str]
    heads: list[tuple[float, Level]]


class _Row(NamedTuple):
    spot: Spot
    depth: int
    folded: int


def wide(spots: Sequence[Spot]) -> Picture:
    """A column for each level; whoever has nodes below stands in their middle."""
    rows, below = _drawn(spots)
    levels = [level for level in Level if any(row.spot.level is level for row in rows)]
    height: dict[str, float] = {}
    next_y = float(TOP)
    for row in reversed(rows):  # from the last leaf up, so that the children of each are placed before it
        under = [height[child] for child in below[row.spot.name] if child in height]
        if under:
            height[row.spot.name] = (min(under) + max(under)) / 2
        else:
            height[row.spot.name] = next_y
            next_y += PITCH
    bottom = next_y - PITCH + TOP
    boxes = {}
    for row in rows:
        x = levels.index(row.spot.level) * (BOX + GAP) + 1.5
        y = bottom - height[row.spot.name]  # the last was placed first
        boxes[row.spot.name] = Box(row.spot, x, y, _short(row, BOX - 40), row.folded, x + BOX - 10)
    lines = []
    for box in boxes.values():
        upper = boxes.get(box.spot.under)
        if upper is not None and upper is not box:
            turn = upper.x + BOX + GAP / 2
            lines.append(f"M{upper.x + BOX} {upper.middle}H{turn}V{box.middle}H{box.x}")
    heads = [(n * (BOX + GAP) + 1.5, level) for n, level in enumerate(levels)]
    tall = bottom - TOP + HEIGHT + 3
    return Picture(len(levels) * (BOX + GAP) - GAP + 3, tall, list(boxes.values()), lines, heads)


def narrow(spots: Sequence[Spot]) -> Picture:
    """One under the other, each a step to the right of the one it is under."""
    rows, _ = _drawn(spots)
    boxes: dict[str, Box] = {}
    lines = []
    for n, row in enumerate(rows):
        x = row.depth * STEP
        box = Box(row.spot, x, n * ROW, _short(row, NARROW - x - 28), row.folded, NARROW - 4)
        boxes[row.spot.name] = box
        upper = boxes.get(row.spot.under)
        if upper is not None and upper is not box:
            lines.append(f"M{upper.x + 10} {upper.y + 24}V{box.middle}H{box.x + 2}")
    return Picture(NARROW, len(rows) * ROW, list(boxes.values()), lines, [])


def _drawn(spots: Sequence[Spot]) -> tuple[list[_Row], dict[str, list[str]]]:
    """The nodes in the order of a tree, and who is under whom."""
    by_name = {spot.name: spot for spot in spots}
    below: defaultdict[str, list[str]] = defaultdict(list)
    tops = []
    for spot in spots:
        if spot.under in by_name and spot.under != spot.name:
            below[spot.under].append(spot.name)
        else:
            tops.append(spot.name)
    open_ones = set(by_name) if len(spots) <= MOST else set(_up(by_name))
    rows: list[_Row] = []

    def walk(names: Iterable[str], depth: int) -> None:
        for name in names:
            opened = name in open_ones
            rows.append(_Row(by_name[name], depth, 0 if opened else _count(name, below)))
            if opened:
                walk(below[name], depth + 1)

    walk(tops, 0)
    return rows, below


def _up(by_name: dict[str, Spot]) -> list[str]:
    """This node and those above it."""
    found: list[str] = []
    name = next((spot.name for spot in by_name.values() if spot.here), "")
    while name in by_name and name not in found:
        found.append(name)
        name = by_name[name].under
    return found


def _count(name: str, below: dict[str, list[str]]) -> int:
    return sum(1 + _count(child, below) for child in below[name])


def _short(row: _Row, room: float) -> str:
    """As much of the label as fits beside the state."""
    left = room - _long(row.spot.said) * 0.9 - (24 if row.folded else 0)
    label = row.spot.label
    if _long(label) <= left:
        return label
    while label and _long(label) + _CHINESE > left:
        label = label[:-1]
    return label.rstrip() + "…"


def _long(text: str) -> float:
    return sum(_CHINESE if east_asian_width(each) in "WF" else _LATIN for each in text)
