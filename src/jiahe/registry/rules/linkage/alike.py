"""How alike two records are, in microseconds: asked before somebody is registered. No Splink."""

from dataclasses import dataclass
from math import log2

from jiahe.registry.rules.linkage.features import Features, Reason
from jiahe.registry.rules.linkage.model import COMPARISONS, Comparison, Level, Weights

_USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How probable it is that two records are one person's, the same as a weight in bits (0 is even odds), and why."""

    probability: float
    weight: float
    reasons: tuple[Reason, ...]


def likeness(one: Features, other: Features, weights: Weights = _USUAL) -> Likeness:
    """The two compared; the order of the two makes no difference. Whether they are `twins` is another question.

    >>> from datetime import date
    >>> ming = Features("王小明", "小明", "wangxiaoming", "王", "male", date(2001, 2, 3), "411723101200")
    >>> found = likeness(ming, ming)
    >>> found.probability > 0.99, found.reasons[:2]
    (True, (<Reason.SAME_NAME: 'same_name'>, <Reason.SAME_BIRTH_DATE: 'same_birth_date'>))
    """
    weight, reasons = log2(weights.prior / (1 - weights.prior)), []
    for comparison in COMPARISONS:
        place = ends(comparison, one, other)
        if place is None:
            continue
        level = comparison.levels[place]
        weight += log2(level.m / _u(comparison, place, level, one, weights))
        if level.reason:
            reasons.append(level.reason)
    return Likeness(probability(weight), weight, tuple(reasons))


def ends(comparison: Comparison, one: Features, other: Features) -> int | None:
    """The place of the level on which a comparison ends; None where one of the two says nothing."""
    if comparison.missing(one, other):
        return None
    return next(place for place, level in enumerate(comparison.levels) if level.holds(one, other))


def probability(weight: float) -> float:
    """Of a weight in bits."""
    return 1 / (1 + 2.0**-weight) if weight > -1000 else 0.0


def _u(comparison: Comparison, place: int, level: Level, one: Features, weights: Weights) -> float:
    share = weights.shares.get(getattr(one, level.share)) if level.share else None
    return share or weights.u(comparison)[place]
