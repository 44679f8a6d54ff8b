# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-07: how many facts a second go from a township to its county, each verified, applied and durable there.

Two nodes as processes of their own, a real nats-server with TLS between them, on this one machine. While the cable is
pulled the township registers people; then it is put back. The county checks every seal, writes the register, its search
keys and the cells, and answers with a receipt when that is on its disk. Beside it in the same run: a plain relay that
copies rows from one encrypted database to another, 500 a commit, without seals, register or counts; and PouchDB's
replication, if a folder is named in which `npm install pouchdb-node` was done: from one database to another in one
process, and, where `express@4 express-pouchdb pouchdb-adapter-http` are there too, from one process to another.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

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


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Pull, record, put back, and look."""
    from tests.prove.lib.branches import COUNTY, NORTH, VILLAGE, site

    if args.quick:
        args.facts, args.rounds = 400, 1
    each = args.facts // args.rounds
    rates, plain, pouch, served, again, wire = [], [], [], [], [], []
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
            plain.append(_relay(min(each, 20_000)))
            pouch += [_pouchdb(args.pouchdb, each, two=False)] if args.pouchdb else []
            served += [_pouchdb(args.pouchdb, each, two=True)] if _can_serve(args.pouchdb) else []
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
    yield Figure("a plain relay of rows, no seals and no register", statistics.median(plain), "rows/s")
    yield Figure("bytes on the wire for a fact, both directions", statistics.median(wire), "B")
    yield Figure("the line is back -> first facts applied", statistics.median(again), "s", "P-07", most=AGAIN_SECONDS)
    yield Figure("one fact there and its receipt back", statistics.median(rounds), "s", "P-07", most=EMPTY_SECONDS)
    for name, megabytes in memory.items():
        yield Figure(f"most memory of the courier of the {name}", megabytes, "MB", "P-11", most=MOST_MEMORY_MB)
    if not args.quick:
        yield Figure("what fsck, recount and comparing find", len(wrong), "", "P-07", most=0)


def _can_serve(folder: Path | None) -> bool:
    return folder is not None and (folder / "node_modules" / "express-pouchdb").exists()


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


def _relay(rows: int) -> float:
    """Rows a second of the plain way: read, packed, unpacked and written by 500, each commit durable."""
    from sqlcipher3 import dbapi2

    with tempfile.TemporaryDirectory(prefix="jiahe-relay-") as folder:
        ends = []
        for name in ("from", "to"):
            end = dbapi2.connect(str(Path(folder) / name), isolation_level=None)
            end.execute("PRAGMA key = 'x'")
            end.execute("PRAGMA journal_mode = WAL")
            end.execute("PRAGMA synchronous = FULL")
            end.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, header TEXT, content TEXT, signature BLOB)")
            ends.append(end)
        source, target = ends
        made = [
            (n, f'{{"about":"{n:032x}","area":"411723101200"}}' * 4, f'{{"name":"{n}"}}' * 12, bytes(64))
            for n in range(rows)
        ]
        source.execute("BEGIN")
        source.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", made)
        source.execute("COMMIT")
        began = time.perf_counter()
        for start in range(0, rows, 500):
            some = source.execute("SELECT * FROM entry WHERE seq >= ? ORDER BY seq LIMIT 500", (start,)).fetchall()
            zlib.decompress(zlib.compress(repr(some).encode(), 1))
            target.execute("BEGIN IMMEDIATE")
            target.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", some)
            target.execute("COMMIT")
        took = time.perf_counter() - began
        for end in ends:
            end.close()
    return rows / took


POUCH = """
const PouchDB = require('pouchdb-node'), n = Number(process.argv[1]), served = process.argv[2];
const replicate = async (where) => {
  const one = new PouchDB('one'), other = new PouchDB(where);
  for (let start = 0; start < n; start += 1000)
    await one.bulkDocs([...Array(Math.min(1000, n - start)).keys()].map(
      i => ({_id: 'p' + (start + i), name: 'x'.repeat(200), area: '411723101200', born: '1990-05-17'})));
  const began = performance.now();
  await one.replicate.to(other, {batch_size: 500});
  console.log(n / (performance.now() - began) * 1000);
  process.exit();
};
if (!served) replicate('other');
else {
  PouchDB.plugin(require('pouchdb-adapter-http'));
  const {spawn} = require('child_process');
  const server = spawn(process.execPath, ['-e', served], {stdio: ['ignore', 'pipe', 'inherit']});
  process.on('exit', () => server.kill());
  server.stdout.once('data', port => replicate(`http://127.0.0.1:${String(port).trim()}/other`));
}
"""
POUCH_SERVER = """
const served = require('pouchdb-node').defaults({prefix: 'served-'}), app = require('express')();
const setting = {mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: 'log'};
app.use('/', require('express-pouchdb')(served, setting));
const listening = app.listen(0, '127.0.0.1', () => console.log(listening.address().port));
"""


def _pouchdb(folder: Path, documents: int, *, two: bool) -> float:
    """Documents a second from one database of PouchDB to another, in one process or, by HTTP, in two."""
    node = shutil.which("node") or "node"
    with tempfile.TemporaryDirectory(prefix="jiahe-pouch-") as place:
        done = subprocess.run(
            [node, "-e", POUCH, str(documents), POUCH_SERVER if two else ""],
            cwd=place, check=True, capture_output=True, text=True,
            env={"NODE_PATH": str(folder.resolve() / "node_modules"), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
    return float(done.stdout.split()[-1])
