# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs the test suite on SQLCipher and on PostgreSQL at the same time; a part that could not run is a failure."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests.lib import chromium, cluster
from tooling.ready import PYTHON, ROOT, Obstacle, make_ready, step

PARTS = ("house", "spec", "rooms", "generative", "contract", "journeys")
KINDS = ("passed", "failed", "skipped")


def test(arguments: list[str]) -> int:
    """Run the suite or one part of it; the last line says how many passed and failed. 0 if all is sound."""
    parser = argparse.ArgumentParser(prog="./jiahe test", allow_abbrev=False)
    parser.usage = f"./jiahe test [{'|'.join(PARTS)}] [--only sqlcipher|postgres] [pytest's own arguments]"
    parser.add_argument("--only", choices=("sqlcipher", "postgres"), help="one database only (for developers)")
    options, rest = parser.parse_known_args(arguments)
    part = rest.pop(0) if rest and rest[0] in PARTS else None
    databases = [options.only] if options.only else ["sqlcipher"] if part == "journeys" else ["sqlcipher", "postgres"]
    _require(browser=part in {None, "journeys"}, postgres="postgres" in databases)
    make_ready(front=True)
    step(
        "Compiling the translations",
        *(PYTHON, "-c", "from jiahe.ui import translations; translations.compile()"),
        why="a message catalogue in src/jiahe/ui/locale cannot be read.",
        now="mend it, or let ./jiahe fix write it anew.",
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as folder:
        return _run(databases, [f"tests/{part}"] * bool(part) + rest, Path(folder))


def _require(*, browser: bool, postgres: bool) -> None:
    """Refuse, before anything runs, what this machine could only run in part. Raises Obstacle."""
    missing = []
    try:
        browser and chromium.program()
    except chromium.ChromiumUnavailable as problem:
        missing.append(str(problem))
    try:
        postgres and cluster.programs()
    except cluster.ClusterUnavailable as problem:
        missing.append(str(problem))
    if missing:
        now = "install it; or, for now, leave out PostgreSQL with --only sqlcipher, the browser by naming another part."
        raise Obstacle("A part of the suite cannot run here.", "; ".join(missing), now)


def _run(databases: list[str], arguments: list[str], folder: Path) -> int:
    """One pytest for each database: the first speaks as it goes, the second is shown when the first has finished.

    Two share what no database changes, so that it is tested once and the two end closer together. What Python compiles
    is kept, whatever this shell says of that: tests start a hundred processes, and each would compile the house again.
    """
    strange = {"JIAHE_DATABASE", "PYTHONDONTWRITEBYTECODE"}
    with contextlib.ExitStack() as stack:
        running: list[tuple[str, subprocess.Popen[bytes]]] = []
        for database in databases:
            command = [str(PYTHON), "-m", "pytest", *arguments, f"--junitxml={folder / database}.xml"]
            command += ["--shared"] * (len(databases) > 1)
            surroundings = {key: value for key, value in os.environ.items() if key not in strange}
            if database == "postgres":
                command += ["--postgres", "-o", "cache_dir=.pytest_cache/postgres"]
                surroundings["JIAHE_DATABASE"] = stack.enter_context(cluster.cluster())
            output = stack.enter_context((folder / f"{database}.txt").open("w")) if running else None
            process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=output, stderr=output)
            stack.callback(_end, process)
            running.append((database, process))
        codes = {}
        for database, process in running:
            codes[database] = process.wait()
            if (said := folder / f"{database}.txt").exists():
                print(f"\n{f' {database} ':=^80}\n{said.read_text('utf-8', 'replace')}", flush=True)
    return _verdict(codes, folder)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process that is still running to clear up after itself, and wait; after 20 seconds insist."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _verdict(codes: dict[str, int], folder: Path) -> int:
    """Print what each database gave and the sum; 0 only if every pytest ended well and nothing was skipped."""
    total = dict.fromkeys(KINDS, 0)
    print()
    for database, code in codes.items():
        counts = _tally(folder / f"{database}.xml")
        total = {kind: total[kind] + counts[kind] for kind in KINDS}
        print(f"{database:<10} {counts['passed']} passed, {counts['failed']} failed (pytest ended with {code})")
    if total["skipped"]:
        print(f"{total['skipped']} skipped: a part of the suite did not run, so this is no pass")
    sound = not any(codes.values()) and not total["skipped"]
    print(f"{total['passed']} passed, {total['failed']} failed" + ("" if sound else " (not sound)"))
    return 0 if sound else 1


def _tally(report: Path) -> dict[str, int]:
    """How many tests of a JUnit report passed, failed and were skipped; an expected failure counts as passed."""
    counts = dict.fromkeys(KINDS, 0)
    for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
        marks = {child.tag: child.get("type") for child in case}
        if marks.keys() & {"failure", "error"}:
            counts["failed"] += 1
        else:
            counts["skipped" if marks.get("skipped") == "pytest.skip" else "passed"] += 1
    return counts
