"""The steps of a service as a graph: no gap, no way round for ever, nothing unreached, no way longer than the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jiahe.window import problems
from jiahe.window.definitions.lines import Path
from jiahe.window.definitions.shapes import Outcome, Service, Step


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where in the file."""

    path: Path
    problem: type[problems.Refused]
    values: Mapping[str, object]


def longest(service: Service, days: Callable[[Step], int]) -> tuple[int, tuple[str, ...]]:
    """The most working days a case can take from the first step to an end, and by which steps.

    Every return that `times` allows is gone. The service's graph must have been found sound.
    """
    bounded = tuple((step.id, one.id) for step in service.steps for one in step.outcomes if one.times is not None)
    most = {(step.id, one.id): one.times for step in service.steps for one in step.outcomes}
    steps = {step.id: step for step in service.steps}

    @cache
    def onward(here: str, used: tuple[int, ...]) -> tuple[int, tuple[str, ...]]:
        ways: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        for one in steps[here].outcomes:
            after = used
            if (edge := (here, one.id)) in bounded:
                n = bounded.index(edge)
                if used[n] == most[edge]:
                    continue
                after = (*used[:n], used[n] + 1, *used[n + 1 :])
            if one.next:
                ways.append(onward(one.next, after))
        length, way = max(ways, key=lambda each: each[0])
        return length + days(steps[here]), (here, *way)

    return onward(service.steps[0].id, (0,) * len(bounded))


def gaps(service: Service) -> Iterator[Fault]:
    """Gaps, ways round for ever, steps where everything is used up, steps that nothing leads to."""
    known, gaps = {step.id for step in service.steps}, False
    for n, step in enumerate(service.steps):
        if not step.outcomes:
            gaps = True
            yield Fault(("steps", n), problems.LeadsNowhere, {"name": step.id})
        for m, outcome in enumerate(step.outcomes):
            path, name = ("steps", n, "outcomes", m), f"{step.id}.{outcome.id}"
            if bool(outcome.next) is (outcome.end is not None):
                gaps = True
                yield Fault(path, problems.LeadsNowhere, {"name": name})
            elif outcome.next and outcome.next not in known:
                gaps = True
                yield Fault(path, problems.StepMissing, {"outcome": name, "next": outcome.next})
        if step.outcomes and all(outcome.times is not None for outcome in step.outcomes):
            yield Fault(("steps", n, "outcomes"), problems.NoWayOn, {"step": step.id})
    if gaps:
        return
    lasting = {step.id: [one.next for one in step.outcomes if one.next and one.times is None] for step in service.steps}
    if circle := _circle(lasting):
        first = next(n for n, step in enumerate(service.steps) if step.id in circle)
        yield Fault(("steps", first), problems.LoopWithoutExit, {"way": " → ".join((*circle, circle[0]))})
    reached = _reached({step.id: step.outcomes for step in service.steps}, service.steps[0].id)
    for n, step in enumerate(service.steps):
        if step.id not in reached:
            yield Fault(("steps", n), problems.NeverReached, {"step": step.id})


def _circle(onward: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Some steps that lead to each other in a circle; empty if there are none."""
    left = dict(onward)
    while done := [step for step, following in left.items() if not any(each in left for each in following)]:
        for step in done:
            del left[step]
    if not left:
        return ()
    way = [next(iter(left))]
    while (following := next(each for each in left[way[-1]] if each in left)) not in way:
        way.append(following)
    return tuple(way[way.index(following) :])


def _reached(outcomes: Mapping[str, Iterable[Outcome]], first: str) -> set[str]:
    found, coming = {first}, [first]
    while coming:
        for outcome in outcomes[coming.pop()]:
            if outcome.next and outcome.next not in found:
                found.add(outcome.next)
                coming.append(outcome.next)
    return found


def sums(service: Service) -> Iterator[Fault]:
    """Ways that may take longer than is given in all. The graph must have been found sound."""
    if service.limit is None:
        return
    totals: list[tuple[str, int | None, Callable[[Step], int]]] = [
        ("promised", service.limit.promised, lambda step: step.promised or 0),
        ("statutory", service.limit.statutory, lambda step: step.statutory or step.promised or 0),
    ]
    for key, total, days_of in totals:
        days, way = longest(service, days_of)
        if total is not None and days > total:
            values = {"way": " → ".join(way), "days": days, "total": total}
            yield Fault(("limit", key), problems.StepsExceedTotal, values)
