# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-05: how many facts a second `rebuild` replays, beside Django's bulk_create of the register's rows alone.

`rebuild` empties every projected table of a demo county and fills it from the journal, in one transaction. 1 M people
in 10 minutes are 1,667 facts a second; 10,000 are promised.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator

from benchmarks.lib.measuring import Figure

summary = "P-05: replaying the journal into emptied tables"
LEAST_RATE, CHUNK = 10_000, 5_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=20_000, help="size of the demo county")
    parser.add_argument("--profile", action="store_true", help="also print where the time goes")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure; the tables are the same afterwards."""
    from benchmarks.lib import homes

    if args.quick:
        args.rounds, args.people = 1, 200
    homes.prepare(args.people)
    from jiahe.journal import replay
    from jiahe.journal.queries import head
    from jiahe.node.bulk import bulk

    facts, rates, plain = head().size, [], []
    for _ in range(args.rounds):
        with bulk():  # as `./jiahe rebuild` does
            plain.append(_bulk(args.people))
            began = time.perf_counter()
            done = replay.rebuild()
        rates.append(done / (time.perf_counter() - began))
        if done != facts:
            raise RuntimeError(f"{done} of {facts} facts were replayed")
    if args.profile:
        _profile(replay.rebuild)
    rate = statistics.median(rates)
    yield Figure("facts in the journal", facts)
    yield Figure("bulk_create of the register's rows alone", statistics.median(plain), "rows/s")
    yield Figure("rebuild", rate, "facts/s", "P-05", LEAST_RATE)
    yield Figure("  which is, for 1 M people and their 1.1 M facts", 1_100_000 / rate, "s", "P-05", most=600)


def _bulk(size: int) -> float:
    """Rows a second of the plain way, undone afterwards."""
    from django.db import transaction

    from benchmarks.lib import people
    from jiahe.registry.models import Person

    rows = [Person(**row) for row in people.rows(size)]
    with transaction.atomic():
        began = time.perf_counter()
        Person.objects.bulk_create(rows, batch_size=CHUNK)
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return size / took


def _profile(work: object) -> None:
    import cProfile
    import pstats

    with cProfile.Profile() as profile:
        work()  # type: ignore[operator]
    pstats.Stats(profile).sort_stats("tottime").print_stats(40)
