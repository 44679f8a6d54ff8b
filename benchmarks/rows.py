# SPDX-License-Identifier: AGPL-3.0-or-later
"""What it costs a page to count its rows of people (S-12), and what it costs whoever writes beside it.

Three ways, taken in turn: not counted; each page writes its count at once, as durable as any fact; as `budget.spend`
does it. Meanwhile another process records facts without pause. docs/adr/0014 says why it is done as it is.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import uuid4

from benchmarks.lib.measuring import Figure, percentile

summary = "S-12: counting rows of people on each page, beside one who writes"
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
PAGE = 25


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4, help="of each way in each round")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure the three ways."""
    from django.db import connections

    from benchmarks.lib import homes, people
    from jiahe.staff import budget
    from jiahe.staff.budget import Key

    if args.quick:
        args.rounds, args.seconds = 1, 0.3
    homes.prepare(None)
    author = people.author()
    connections.close_all()
    key = Key(uuid4(), AT.date(), "reader")
    acting = people.reader(key.officer)

    def at_once() -> None:
        budget._hold(key, seen=PAGE)
        budget.flush()

    ways: dict[str, Callable[[], object]] = {
        "not counted": lambda: None,
        "written at once": at_once,
        "budget.spend": lambda: budget.spend(acting, at=AT, seen=PAGE),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    facts: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for number in range(args.rounds):
        for name in names[number % 3 :] + names[: number % 3]:
            pages, rate = _beside_a_writer(ways[name], author, args.seconds)
            took[name] += pages
            facts[name].append(rate)
    for name in names:
        yield Figure(f"{name}: the page waits, p50", percentile(took[name], 0.5) * 1000, "ms")
        yield Figure("  p95", percentile(took[name], 0.95) * 1000, "ms")
        yield Figure("  at most", max(took[name]) * 1000, "ms")
        yield Figure("  beside it somebody records", statistics.median(facts[name]), "facts/s")


def _beside_a_writer(page: Callable[[], object], author: object, seconds: float) -> tuple[list[float], float]:
    """How long each page waited, 50 a second being asked for, and how many facts a second were recorded meanwhile."""
    from django.db import connections

    from jiahe.journal import queries
    from tests.prove.lib.writers import fork

    before = queries.head().size
    connections.close_all()
    writer = fork(lambda: _write(author))
    took, began = [], time.perf_counter()
    while time.perf_counter() - began < seconds:
        asked = time.perf_counter()
        page()
        took.append(time.perf_counter() - asked)
        time.sleep(0.02)
    lasted = time.perf_counter() - began
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    return took, (queries.head().size - before) / lasted


def _write(author: object) -> None:
    from benchmarks.lib import people
    from jiahe.journal.recording import record

    while True:
        for each in people.drafts(people.crowd(500), author):
            record(each.fact, by=each.by, at=each.at, area=each.area, about=each.about)
