# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every measurement has: rounds taken in turn, medians, percentiles, the machine, and a verdict."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number beside what was promised; without a promise it is there to be read only."""

    what: str
    value: float
    unit: str = ""
    promise: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the promise is kept; None if nothing was promised."""
        if self.least is None and self.most is None:
            return None
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        verdict = {True: "kept", False: "MISSED", None: ""}[self.holds]
        bound = (
            f">= {self.least:,g}" if self.least is not None else f"<= {self.most:,g}" if self.most is not None else ""
        )
        return (
            f"{self.what:<58} {self.value:>10,.4g} {self.unit:<10} {f'{self.promise} {bound}':<16} {verdict}".rstrip()
        )


def in_turn(rounds: int, contestants: Mapping[str, Callable[[int], int]]) -> dict[str, list[float]]:
    """How many things per second each contestant did in each round; who begins changes from round to round.

    A contestant is given the number of the round and answers how many things it did.
    """
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            began = time.perf_counter()
            done = contestants[name](number)
            rates[name].append(done / (time.perf_counter() - began))
    return rates


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median over the rounds of our rate divided by the baseline's of the same round."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all (0.99) do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(what: str, seconds: Sequence[float], bounds: Mapping[float, float], promise: str) -> list[Figure]:
    """p50, p95 and p99 of durations, in milliseconds, with those bounds that were promised."""
    return [
        Figure(
            f"{what} p{share * 100:.0f}", percentile(seconds, share) * 1000, "ms", promise * (share in bounds),
            most=bounds.get(share),
        )
        for share in (0.5, 0.95, 0.99)
    ]  # fmt: skip


def machine() -> str:
    """Cores, kernel, Python and, once Django is set up, the database; and how busy the machine was before."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    parts = [
        f"{os.cpu_count()} cores",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
    ]
    return ", ".join([*parts, _database(), load])


def _database() -> str:
    from django.conf import settings

    if not settings.configured:
        return "database as it is set up"
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0].split()[0]} fsync on"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return f"SQLCipher (SQLite {cursor.fetchone()[0]}) WAL synchronous=FULL"
