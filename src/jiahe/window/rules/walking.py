"""Which way a case may go: from step to step by the outcomes of its service, never past one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jiahe.window.definitions.shapes import End, Outcome, Service, Step


def stands(service: Service, taken: Sequence[str]) -> Step | End:
    """Where a case stands that took these outcomes (their ids) in this order: at a step, or at its end.

    Raises ValueError for an outcome that was not open, so no step can be skipped and no end gone beyond.
    """
    here, _ = _walked(service, taken)
    return here


def open_outcomes(service: Service, taken: Sequence[str]) -> tuple[Outcome, ...]:
    """What can be decided now in a case that took these outcomes; nothing once it has ended. Raises ValueError.

    A service that was not refused has always something open until it ends: an outcome without `times` at each step.
    """
    here, used = _walked(service, taken)
    return _open(here, used)


def _walked(service: Service, taken: Sequence[str]) -> tuple[Step | End, Counter[tuple[str, str]]]:
    here: Step | End = service.steps[0]
    used: Counter[tuple[str, str]] = Counter()
    for id_ in taken:
        outcome = next((each for each in _open(here, used) if each.id == id_), None)
        if outcome is None or isinstance(here, End):
            raise ValueError(f"{service.id}: {id_!r} is not open at {here if isinstance(here, End) else here.id!r}")
        used[here.id, id_] += 1
        here = outcome.end or service.step(outcome.next)
    return here, used


def _open(here: Step | End, used: Counter[tuple[str, str]]) -> tuple[Outcome, ...]:
    if isinstance(here, End):
        return ()
    return tuple(each for each in here.outcomes if each.times is None or used[here.id, each.id] < each.times)
