"""The lines beside the stations of a process diagram: which there are, and how far out each runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiahe.window.definitions.shapes import End, Service, Step


@dataclass(frozen=True, slots=True)
class Way:
    """A line at the side: from one station to another that is not the next, in a lane counted from the main line."""

    start: int
    end: int
    lane: int


def pairs(step: Step, number: Mapping[str, int], stations: int) -> Iterator[tuple[int, int]]:
    """From which station to which a step leads; granting leads to the last, other ends are told in words."""
    for outcome in step.outcomes:
        if outcome.end is None:
            yield number[step.id], number[outcome.next]
        elif outcome.end is End.GRANTED:
            yield number[step.id], stations - 1


def ways(service: Service, number: Mapping[str, int]) -> tuple[Way, ...]:
    """The ways that are not to the next station, the shorter ones nearer to the main line, none over another."""
    found = {pair for step in service.steps for pair in pairs(step, number, len(service.steps) + 2)}
    ways: list[Way] = []
    for start, end in sorted((p for p in found if p[1] != p[0] + 1), key=lambda p: (abs(p[1] - p[0]), p)):
        low, high = sorted((start, end))
        taken = {way.lane for way in ways if min(way.start, way.end) <= high and max(way.start, way.end) >= low}
        ways.append(Way(start, end, next(lane for lane in range(1, len(found) + 2) if lane not in taken)))
    return tuple(ways)
