# SPDX-License-Identifier: AGPL-3.0-or-later
"""A township's disk is full: its courier says so, nothing is lost, and it goes on by itself when there is room again.

The township's home lies on a small file system of its own (tmpfs; to mount one needs root: without that the proof is
void). It is filled to the last byte while the county sends and the township records. Everybody who records there is
refused or recorded, never neither; what the county sends waits. Then room is made, and nobody is started again.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.prove.lib.branches import COUNTY, NORTH, Site, site, verdict
from tests.prove.lib.scribes import Scribes

summary = "a full disk on one node: it says so, nothing is lost, it goes on when there is room"
needs_home = False
FAST, DEEP = 30, 1_000
LIMIT = 60
SIZE = "64m"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=FAST, help=f"by each node while it is full (default {FAST})")
    parser.add_argument("--deep", dest="facts", action="store_const", const=DEEP, help=f"{DEEP:,} of them")


def run(args: argparse.Namespace) -> int:
    """Fill, work on, make room; 0 if nothing was lost and nobody had to be called."""
    if os.geteuid() != 0:
        return verdict(["void: to mount a small file system one must be root"])
    with site(names=(COUNTY, NORTH)) as place, _small(place) as home:
        scribes = Scribes(place, (NORTH, COUNTY))
        for name in scribes.names:
            for _ in range(5):
                scribes.one(name)
        place.converge(LIMIT)
        before = place.ask(NORTH, "head")["size"]
        process = place.branches.running[NORTH]
        filled = _fill(home)
        place.told(f"{filled:,} bytes fill the township's disk")
        asked = len(scribes.phones)
        for name in scribes.names:
            for _ in range(args.facts):
                scribes.one(name)
        stored = len(scribes.phones) - asked - args.facts
        said = place.until(lambda: _said(place), 30)
        place.told(f"the township recorded {stored} and refused {len(scribes.refused)}: {sorted(set(scribes.refused))}")
        place.told(f"its courier says: {said or 'nothing'}")
        stands = place.ask(NORTH, "head")["size"] - before
        wrong = [] if len(scribes.refused) + stored == args.facts else ["neither recorded nor refused"]
        wrong += [] if scribes.refused else ["void: the disk was not full"]
        wrong += [] if said else ["the courier said nothing"]
        place.told(f"its journal grew by {stands} meanwhile; now there is room again")
        (home / "filler").unlink()
        took = place.converge(LIMIT)
        again = scribes.one(NORTH)
        place.converge(LIMIT)
        alive = process.poll() is None and process is place.branches.running[NORTH]
        place.told(
            f"all agreed after {took:.1f} s (limit {LIMIT} s); recording again: {again}; never restarted: {alive}"
        )
        wrong += [] if again and alive else ["it did not go on by itself"]
        return verdict([*wrong, *scribes.judge(), *place.wrong()], held=took < LIMIT)


@contextlib.contextmanager
def _small(place: Site) -> Iterator[Path]:
    """The township's home on a file system of its own."""
    home, aside = place.branches.home(NORTH), place.branches.folder / "aside"
    place.branches.stop(NORTH)
    place.hands[NORTH].end()
    home.rename(aside)
    home.mkdir(mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(home)], check=True)  # noqa: S607
    try:
        shutil.copytree(aside, home, dirs_exist_ok=True)
        place.start(NORTH)
        yield home
    finally:
        place.branches.stop(NORTH)
        place.hands[NORTH].end()
        time.sleep(0.2)
        subprocess.run(["umount", str(home)], check=True)  # noqa: S607


def _fill(home: Path) -> int:
    """Write until there is no room for one byte more."""
    size = 0
    with (home / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for chunk in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while True:
                    size += file.write(bytes(chunk))
    return size


def _said(place: Site) -> str:
    lines = (place.branches.folder / f"{NORTH}.log").read_text("utf-8", "replace").splitlines()
    return next((line for line in reversed(lines) if "courier" in line), "")
