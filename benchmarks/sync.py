# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-07: how many facts a second go from a township to its county, each verified, applied and durable there.

Two nodes as processes of their own, a real nats-server with TLS between them, on this one machine. While the cable is
pulled the township registers people; then it is put back. The county checks every seal, writes the register, its search
keys and the cells, and answers with a receipt when that is on its disk. Beside it in the same run: a plain relay that
copies rows from one encrypted database to another, 500 a commit, without seals, register or counts; PouchDB's
replication, if a folder is named in which `npm install pouchdb-node` was done: from one database to another in one
process, and, where `express@4 express-pouchdb pouchdb-adapter-http` are there too, from one process to another; and
Morango, if a Python is named in which `pip install morango` was done (a virtual environment of its own).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.lib import peers
from benchmarks.lib.measuring import Figure

if TYPE_CHECKING:
    from tests.prove.lib.branches import Site

summary = "P-07: facts from a township to its county, verified, applied and durable there"
POUCHDB_MEASURED = 5_166
"""Documents a second on a machine of this kind (PROMISES.md), where no folder is named."""
AGAIN_SECONDS, EMPTY_SECONDS = 2.0, 0.35
MOST_MEMORY_MB = 250


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=100_000, help="backlog, in all rounds together")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pouchdb", type=Path, help="a folder with node_modules/pouchdb-node")
    parser.add_argument("--morango", type=Path, help="a Python that has morango")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Pull, record, put back, and look."""
    from tests.prove.lib.branches import COUNTY, NORTH, VILLAGE, site

    if args.quick:
        args.facts, args.rounds = 400, 1
    each = args.facts // args.rounds
    rates, plain, pouch, served, morango, again, wire = [], [], [], [], [], [], []
    with site(people=60, names=(COUNTY, NORTH)) as made:
        origin = made.ask(NORTH, "head")["name"]
        for number in range(args.rounds):
            made.pull(NORTH)
            time.sleep(0 if args.quick else 10)  # so that both have noticed
            made.ask(NORTH, "many", first=number * each, count=each, area=VILLAGE[NORTH])
            due = made.ask(NORTH, "reached", origin=origin)
            before, carried = made.ask(COUNTY, "reached", origin=origin), made.branches.cables[NORTH].carried
            began = time.perf_counter()
            made.put_back()
            while (at := made.ask(COUNTY, "reached", origin=origin)) == before:
                time.sleep(0.02)
            first = time.perf_counter()
            while at < due:
                time.sleep(0.05)
                at = made.ask(COUNTY, "reached", origin=origin)
            ended = time.perf_counter()
            again.append(first - began)
            rates.append((due - before) / (ended - first))
            wire.append((made.branches.cables[NORTH].carried - carried) / (due - before))
            plain.append(peers.relay(min(each, 20_000)))
            pouch += [peers.pouchdb(args.pouchdb, each, two=False)] if args.pouchdb else []
            served += [peers.pouchdb(args.pouchdb, each, two=True)] if peers.can_serve(args.pouchdb) else []
            morango += [peers.morango(args.morango, min(each, peers.MORANGO_AT_ONCE))] if args.morango else []
        rounds = [_empty(made) for _ in range(3 if args.quick else 15)]
        memory = {name: _memory(process.pid) for name, process in made.branches.running.items()}
        wrong = [] if args.quick else made.wrong()
    rate = statistics.median(rates)
    baseline = statistics.median(pouch) if pouch else POUCHDB_MEASURED
    yield Figure("facts, verified, applied and durable", rate, "/s")
    yield Figure(f"PouchDB's replication{'' if pouch else ' (measured before)'}", baseline, "docs/s")
    yield Figure("  ours by it", rate / baseline, "", "P-07", 1.2)
    if served:
        yield Figure("PouchDB's replication by HTTP to another process", statistics.median(served), "docs/s")
        yield Figure("  ours by it", rate / statistics.median(served))
    if morango:
        yield Figure("Morango's push by HTTP to another process", statistics.median(morango), "records/s")
        yield Figure("  ours by it", rate / statistics.median(morango))
    yield Figure("a plain relay of rows, no seals and no register", statistics.median(plain), "rows/s")
    yield Figure("bytes on the wire for a fact, both directions", statistics.median(wire), "B")
    yield Figure("the line is back -> first facts applied", statistics.median(again), "s", "P-07", most=AGAIN_SECONDS)
    yield Figure("one fact there and its receipt back", statistics.median(rounds), "s", "P-07", most=EMPTY_SECONDS)
    for name, megabytes in memory.items():
        yield Figure(f"most memory of the courier of the {name}", megabytes, "MB", "P-11", most=MOST_MEMORY_MB)
    if not args.quick:
        yield Figure("what fsck, recount and comparing find", len(wrong), "", "P-07", most=0)


def _empty(made: Site) -> float:
    """From recorded in the township to "applied there" noted in the township."""
    from tests.prove.lib.branches import NORTH, VILLAGE

    made.ask(NORTH, "many", first=10**9 + int(time.time() * 1000) % 10**8, count=1, area=VILLAGE[NORTH])
    began = time.perf_counter()
    while any(link["delivered"] < made.ask(NORTH, "head")["size"] for link in made.ask(NORTH, "links")):
        time.sleep(0.005)
    return time.perf_counter() - began


def _memory(process: int) -> float:
    """The most this process ever had in memory, in megabytes."""
    for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0
