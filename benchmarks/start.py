# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-12: from a clone to a county that is ready to serve, with one command; and the second start.

The clone is of what is committed. Nothing of this checkout's environment, packages or bundles is used; the package
managers' own caches may be, as on any machine that has installed something before (--cold: an empty pip cache).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lib.measuring import Figure

summary = "P-12: from a clone to a county that is ready; and the second start"
MOST_FIRST, MOST_SECOND = 120, 5
PROJECT = Path(__file__).resolve().parents[1]


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=20_000, help="size of the demo county")
    parser.add_argument("--rounds", type=int, default=3, help="second starts")
    parser.add_argument("--cold", action="store_true", help="pip and npm begin with empty caches")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure; says what the first start says."""
    with tempfile.TemporaryDirectory(prefix="jiahe-start-") as folder:
        clone = Path(folder) / "jiahe"
        git = shutil.which("git") or "git"
        subprocess.run([git, "clone", "-q", "--no-hardlinks", str(PROJECT), str(clone)], check=True)
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("JIAHE_", "DJANGO_"))}
        surroundings.pop("VIRTUAL_ENV", None)
        if args.cold:
            surroundings |= {"PIP_NO_CACHE_DIR": "1", "npm_config_cache": f"{folder}/npm"}
        command = [
            _python(),
            str(clone / "jiahe"),
            "up",
            "--no-serve",
            "--people",
            str(200 if args.quick else args.people),
        ]
        first = _seconds(command, clone, surroundings)
        yield Figure("clone to ready, first start", first, "s", "P-12", most=MOST_FIRST)
        again = sorted(_seconds(command, clone, surroundings) for _ in range(1 if args.quick else args.rounds))
        yield Figure("second start, median", again[len(again) // 2], "s", "P-12", most=MOST_SECOND)


def _python() -> str:
    """The Python beneath this environment: a fresh machine has no environment yet."""
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}")


def _seconds(command: list[str], folder: Path, surroundings: dict[str, str]) -> float:
    began = time.monotonic()
    subprocess.run(command, cwd=folder, env=surroundings, check=True)
    return time.monotonic() - began
