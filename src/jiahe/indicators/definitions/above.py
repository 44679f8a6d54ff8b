"""How a measure goes up to a node that hears sums only: as it is kept or, if it is told in fives, more coarsely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from jiahe.indicators.definitions.shapes import AreaPart, Book, Count, State
from jiahe.indicators.facts import Span
from jiahe.indicators.rules import apart, untold
from jiahe.places.rules import LENGTHS

SumKey = tuple[str, str, str, str]
"""measure, span, start (ISO 8601), stratum"""


def in_fives(book: Book) -> dict[str, Count | State]:
    """The measures of which the last stratum goes up in fives only (`rules.fives`)."""
    counts = {id_: count.body for id_, count in book.counts.items() if count.body.in_fives}
    return {**counts, **{id_: state.body for id_, state in book.states.items() if state.body.in_fives}}


def stratum_above(measure: Count | State, stratum: str) -> str:
    """The stratum under which it is told.

    >>> from jiahe.places.facts import Level
    >>> origin = Count((AreaPart("origin", Level.TOWNSHIP, Level.COUNTY),), in_fives=True)
    >>> stratum_above(origin, "411723101"), stratum_above(origin, "4117"), stratum_above(origin, "elsewhere")
    ('411723', '4117', 'elsewhere')
    """
    part = measure.strata[-1]
    if not isinstance(part, AreaPart) or part.above is None or not stratum[:1].isdigit():
        return stratum
    return stratum[: LENGTHS[part.above]]


def as_told(book: Book, sums: Mapping[SumKey, int]) -> Counter[SumKey]:
    """What is told of these sums over a whole area, under every key in which one of them has a part.

    In fives: a day without its last stratum, and its month, which is right if all its days are among the sums.
    """
    fine = in_fives(book)
    told: Counter[SumKey] = Counter()
    rest: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for (measure, span, start, stratum), n in sums.items():
        if measure not in fine:
            told[measure, span, start, stratum] += n
            continue
        if span == Span.DAY:
            told[measure, span, start, untold(stratum)] += n
            span, start = Span.MONTH.value, f"{start[:8]}01"
        rest[measure, span, start][stratum_above(fine[measure], stratum)] += n
    for place, numbers in rest.items():
        told.update({(*place, stratum): n for stratum, n in apart(numbers).items()})
    return told
