# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of people are counted right by several processes with threads, also when they are killed (S-12).

One officer reads in all of them at once. First nobody is killed: whatever was shown stands in the table in the end, and
what was shown beyond the limit is what the other processes held back. Then every process is killed with SIGKILL in the
middle of it: what was shown and is not in the table is what each held back. Meanwhile somebody holds the writers' turn,
and no reader waits for him.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

from tests.prove.lib.writers import fork

summary = "rows of people shown by several processes are counted and limited, also when they are killed"
AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
LIMIT, PAGE = 20_000, 40
ENDLESS = 100_000_000
"""A limit that nobody reaches before he is killed."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--threads", type=int, default=4, help="of each process")
    parser.add_argument("--kills", type=int, default=10, help="how often all are killed")


def run(args: argparse.Namespace) -> int:
    """Show rows, then count; 0 if every bound held."""
    from django.db import connections

    from benchmarks.lib import homes
    from jiahe.staff import budget

    homes.prepare(None)
    connections.close_all()
    wrong = []
    officer = uuid4()
    shown, waited = _shown(args, lambda: _until_stopped(officer, LIMIT, args.threads))
    slack = (args.processes - 1) * (budget.MOST + args.threads * PAGE)
    written = _written(officer)
    print(
        f"{args.processes} processes: {shown:,} rows shown of {LIMIT:,}, {written:,} written; "
        f"slowest page {waited:.2f} s"
    )
    if written != shown:
        wrong.append("what was shown is not what was written")
    if not LIMIT - PAGE < shown <= LIMIT + slack:
        wrong.append(f"the limit let {shown:,} pass; {LIMIT + slack:,} is the bound")
    # a page that was counted when its thread was killed before saying so is in the table, and nobody saw it
    unsaid = args.processes * args.threads * PAGE
    lost, read, most = [], [], args.processes * budget.MOST + unsaid
    for _ in range(args.kills):
        officer = uuid4()
        shown, _ = _shown(args, lambda officer=officer: _until_stopped(officer, ENDLESS, args.threads), kill=True)
        lost.append(shown - _written(officer))
        read.append(shown)
    print(
        f"{args.kills} kills after {min(read):,} to {max(read):,} rows: "
        f"{max(0, min(lost)):,} to {max(0, max(lost)):,} of them forgotten; {most:,} is the bound"
    )
    if not min(read):
        wrong.append("nobody had read anything when he was killed: the proof is void")
    if not -unsaid <= min(lost) <= max(lost) <= most:
        wrong.append("more was forgotten than may be, or something was counted twice")
    shown, waited = _while_somebody_writes(args)
    print(f"while somebody writes for three seconds: {shown:,} rows shown, the slowest page took {waited:.3f} s")
    if waited > 1:
        wrong.append("a reader waited for a writer")
    for finding in wrong:
        print(f"  {finding}")
    return 1 if wrong else 0


def _shown(args: argparse.Namespace, work: Callable[[], None], *, kill: bool = False) -> tuple[int, float]:
    """Rows that the children said they showed, and the slowest page in seconds. They say so before it is shown."""
    read, write = os.pipe()
    os.set_inheritable(write, True)
    global _pipe
    _pipe = write
    children = [fork(work) for _ in range(args.processes)]
    os.close(write)
    first = os.read(read, 1)  # nobody is killed before somebody has read something
    if kill:
        time.sleep(random.uniform(0.1, 0.7))
        for child in children:
            os.kill(child, signal.SIGKILL)
    with os.fdopen(read, "rb") as said:
        lines = (first + said.read()).decode().splitlines()
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    if failed and not kill:
        raise RuntimeError(f"{failed} process(es) failed")
    whole = [line.split() for line in lines if line.endswith(".")]
    return sum(int(rows) for rows, _, _ in whole), max((float(took) for _, took, _ in whole), default=0.0)


_pipe = -1


def _page(officer: UUID, limit: int) -> None:
    """One page of rows, and the word that it may be shown. Raises BudgetSpent."""
    from benchmarks.lib.people import reader
    from jiahe.staff.budget import spend

    began = time.perf_counter()
    spend(reader(officer, limit), at=AT, seen=PAGE)
    os.write(_pipe, f"{PAGE} {time.perf_counter() - began:.4f} .\n".encode())


def _until_stopped(officer: UUID, limit: int, threads: int) -> None:
    from django.db import connections

    from jiahe.staff import budget
    from jiahe.staff.problems import BudgetSpent

    def read() -> None:
        try:
            while True:
                _page(officer, limit)
        except BudgetSpent:
            return
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        for each in [pool.submit(read) for _ in range(threads)]:
            each.result()
    budget.flush()


def _while_somebody_writes(args: argparse.Namespace) -> tuple[int, float]:
    """A child holds the writers' turn; another reads less than a process may hold back."""
    from jiahe.journal.recording import turn
    from jiahe.staff import budget

    def writes() -> None:
        with turn():
            time.sleep(3)

    def reads() -> None:
        time.sleep(0.5)
        for _ in range(budget.MOST // PAGE - 1):
            _page(officer, LIMIT)

    officer = uuid4()
    writer = fork(writes)
    found = _shown(argparse.Namespace(processes=1), reads)
    os.waitpid(writer, 0)
    return found


def _written(officer: UUID) -> int:
    from django.db import connections

    from jiahe.staff.models import Spent

    seen = sum(Spent.objects.filter(officer=officer).values_list("seen", flat=True))
    connections.close_all()
    return seen
