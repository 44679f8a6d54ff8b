# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `bench sync` is measured beside: a plain relay of rows, PouchDB and Morango, each where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import zlib
from pathlib import Path

MORANGO_AT_ONCE = 5_000
"""Most records of a round of Morango: with 20,000 it needs a minute and a half and is 7 % faster."""


def relay(rows: int) -> float:
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


def pouchdb(folder: Path, documents: int, *, two: bool) -> float:
    """Documents a second from one database of PouchDB to another, in one process or, by HTTP, in two."""
    node = shutil.which("node") or "node"
    with tempfile.TemporaryDirectory(prefix="jiahe-pouch-") as place:
        done = subprocess.run(
            [node, "-e", POUCH, str(documents), POUCH_SERVER if two else ""],
            cwd=place, check=True, capture_output=True, text=True,
            env={"NODE_PATH": str(folder.resolve() / "node_modules"), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
    return float(done.stdout.split()[-1])


def can_serve(folder: Path | None) -> bool:
    """Whether PouchDB can be reached by HTTP with what is installed in this folder."""
    return folder is not None and (folder / "node_modules" / "express-pouchdb").exists()


def morango(python: Path, records: int) -> float:
    """Records a second that Morango pushes from one node to another, with the Python in which it is installed."""
    with tempfile.TemporaryDirectory(prefix="jiahe-morango-") as place:
        done = subprocess.run(
            [python.absolute(), "-c", f"import morango_pair as pair; pair.push({records})"],
            cwd=place, check=True, stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": str(Path(__file__).parent), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
    return float(done.stdout)
