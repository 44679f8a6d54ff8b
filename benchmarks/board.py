# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-08: the county's board as a page over HTTP, drawn anew each time, and one read of its figures in process.

Between two askings a registration is saved, so that no board that was just drawn can be given out again.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator

from benchmarks.lib.measuring import Figure, percentile, spread

summary = "P-08: the board as a page, and one read of an indicator"
COUNTY = "411723"
MOST_PAGE_MS, MOST_READ_MS = 100, 15


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=20_000, help="size of the county (promised at 1,200,000)")
    parser.add_argument("--times", type=int, default=100)


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure both."""
    from benchmarks.lib import clerks, homes
    from benchmarks.lib.homes import UNTIL

    if args.quick:
        args.people, args.times = 200, 5
    homes.prepare(args.people)
    pages, kept = [], []
    with clerks.server() as port:
        writer, reader = clerks.Clerk(port), clerks.Clerk(port)
        writer.log_in("village")
        reader.log_in("county")
        for number in range(args.times):
            writer.post("/people/register/", clerks.registration(f"13{number:09d}"))
            for took in (pages, kept):
                began = time.perf_counter()
                status, _ = reader.get("/board/")
                took.append(time.perf_counter() - began)
                if status != 200:
                    raise RuntimeError(f"the board answered {status}")
        beside: dict[str, list[float]] = {page: [] for page in ("population", "moves")}
        for number in range(args.times):
            writer.post("/people/register/", clerks.registration(f"15{number:09d}"))
            for page, took in beside.items():
                began = time.perf_counter()
                reader.get(f"/board/{COUNTY}/{page}/?period={UNTIL.year}")
                took.append(time.perf_counter() - began)
    yield from spread("board page, drawn anew", pages, {0.95: MOST_PAGE_MS}, "P-08")
    yield from spread("board page, unchanged since", kept, {}, "")
    yield from spread("sex and age of the county, drawn anew", beside["population"], {}, "")
    yield from spread("a year's moves of the county, drawn anew", beside["moves"], {}, "")
    yield Figure("all figures of the board, in process, p95", percentile(_reads(args.times), 0.95) * 1000, "ms")
    yield Figure(
        "one indicator read, in process, p95", percentile(_indicator_reads(args.times), 0.95) * 1000, "ms", "P-08",
        most=MOST_READ_MS,
    )  # fmt: skip


def _reads(times: int) -> list[float]:
    """Seconds of each reading of everything the county's board shows."""
    from benchmarks.lib.homes import UNTIL
    from benchmarks.lib.people import author
    from jiahe.basis.periods import Grain, Period
    from jiahe.indicators import queries

    scope, period = author().scope, Period.of(Grain.MONTH, UNTIL)
    return _timed(times, lambda: queries.board(scope, COUNTY, period, today=UNTIL))


def _indicator_reads(times: int) -> list[float]:
    """Seconds of each reading of one rate, each in its turn."""
    from itertools import cycle

    from benchmarks.lib.homes import UNTIL
    from benchmarks.lib.people import author
    from jiahe.basis.periods import Grain, Period
    from jiahe.indicators import queries

    scope, period, rates = (
        author().scope,
        Period.of(Grain.YEAR, UNTIL.replace(year=UNTIL.year - 1)),
        cycle(queries.book().rates),
    )
    return _timed(times, lambda: queries.indicator(scope, next(rates), COUNTY, period, today=UNTIL))


def _timed(times: int, read: Callable[[], object]) -> list[float]:
    read()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        read()
        took.append(time.perf_counter() - began)
    return took
