"""Drawing from shares, fast and the same on every machine. The only source of chance is the `Random` handed in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import exp, floor
from random import Random
from typing import TypeVar

T = TypeVar("T")
_MANY = 30.0


def poisson(rng: Random, mean: float) -> int:
    """A count with this mean: Knuth's product for small means, a rounded normal for large ones."""
    if mean > _MANY:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def pool(items: Sequence[T], weights: Sequence[float], size: int) -> tuple[T, ...]:
    """The items repeated in proportion to their weights, `size` in all: drawing is then one look-up.

    >>> pool("ab", [3, 1], 4)
    ('a', 'a', 'a', 'b')
    """
    return tuple(item for item, n in zip(items, shared_out(size, weights), strict=True) for _ in range(n))


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` shared out by weight in whole numbers, to the last one (largest remainders first).

    >>> shared_out(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    counts = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return counts


def evenly(rng: Random, cumulative: Sequence[float], n: int) -> list[int]:
    """`n` cell numbers in rising order, drawn at even distances from one random start: every small group then looks
    like the whole (systematic sampling). `cumulative` rises to its last value."""
    step = cumulative[-1] / n
    point, cell, drawn = rng.random() * step, 0, []
    last = len(cumulative) - 1
    for _ in range(n):
        while cumulative[cell] <= point and cell < last:
            cell += 1
        drawn.append(cell)
        point += step
    return drawn


def weighted(rng: Random, items: Sequence[T], weights: Sequence[float], n: int) -> list[T]:
    """Up to `n` different items, the heavier the likelier; fewer when few have any weight."""
    cumulative = list(accumulate(weights))
    if not cumulative or cumulative[-1] <= 0:
        return []
    last, taken = len(items) - 1, dict[int, T]()
    for _ in range(4 * n):
        if len(taken) == n:
            break
        i = min(bisect_right(cumulative, rng.random() * cumulative[-1]), last)
        taken[i] = items[i]
    return list(taken.values())


def stepwise(starts: Sequence[int], values: Sequence[float], size: int, before: float = 0.0) -> tuple[float, ...]:
    """One value for each whole age below `size`: that of the last step begun, `before` the first.

    >>> stepwise([1, 3], [5.0, 7.0], 5)
    (0.0, 5.0, 5.0, 7.0, 7.0)
    """
    table = [before, *values]
    return tuple(table[bisect_right(starts, age)] for age in range(size))
