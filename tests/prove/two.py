# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several processes write at once: none is refused, none overtakes another, and the order has no gap.

On PostgreSQL the journal's head row gives the turns, on SQLite BEGIN IMMEDIATE; "database is locked" would be an error
of ours, not of whoever waits.
"""

from __future__ import annotations

import argparse
import os
import time

from tests.prove.lib.writers import fork

summary = "several processes write at once: nobody is refused, the order has no gap"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--times", type=int, default=100, help="facts by each, every tenth time five at once")


def run(args: argparse.Namespace) -> int:
    """Write, then look; 0 if every fact stands where it belongs."""
    from django.db import connections

    from benchmarks.lib import homes

    homes.prepare(None)
    connections.close_all()
    began = time.monotonic()
    children = [fork(lambda number=number: _write(number, args.times)) for number in range(args.processes)]
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    took = time.monotonic() - began

    from jiahe.journal import fsck, queries

    wrong = list(fsck.findings())
    due = args.processes * sum(len(_names(0, turn)) for turn in range(args.times))
    size = queries.head().size
    print(f"{args.processes} processes, {size:,} facts of {due:,} in {took:.1f} s, {failed} process(es) were refused")
    for finding in wrong:
        print(f"  {finding}")
    print(f"fsck: {len(wrong)} thing(s) wrong")
    return 1 if failed or wrong or size != due else 0


def _names(number: int, turn: int) -> list[str]:
    return [f"王{number}之{turn}之{one}" for one in range(5 if turn % 10 == 9 else 1)]


def _write(number: int, times: int) -> None:
    from jiahe.journal.recording import record_all
    from tests.prove.lib.journal import registration

    for turn in range(times):
        record_all([registration(name) for name in _names(number, turn)])
