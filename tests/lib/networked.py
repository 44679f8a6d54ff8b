# SPDX-License-Identifier: AGPL-3.0-or-later
"""A city, a county and a township of it as `./jiahe demo` starts them, with pages and cables, small and for one test.

Whatever happens, no process of theirs outlives the block, nor this process.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from jiahe.node.demo.branches import CITY, COUNTY, NORTH, Branches, planned
from tests.prove.lib.branches import Site, free_ports

NAMES = (CITY, COUNTY, NORTH)
_PATIENCE = 60
_KILLER = 'read _; kill -9 "$0" 2>/dev/null'
"""Holds the reading end of a pipe: when we are gone, however that came, the node goes too, and its courier with it."""


@contextlib.contextmanager
def networked(*, people: int) -> Iterator[Site]:
    """The three, joined, with the demo's accounts; what concerns each has come to it."""
    folder = Path(tempfile.mkdtemp(prefix="jiahe-networked-"))
    killers: list[subprocess.Popen[bytes]] = []
    plan = [one for one in planned(free_ports()) if one.name in NAMES]
    try:
        with Branches(folder, plan) as branches:
            branches.prepare(people)
            for name in NAMES:
                if branches.by_name[name].above:
                    branches.join(name)
                branches.start(name)
                killers.append(_killer_of(branches.running[name]))
                branches.wait_for_pages(name)
            _furnish(branches)
            site = Site(branches, NAMES)
            try:
                yield site
            finally:
                site.close()
    finally:
        for killer in killers:  # only now: who ended well is no longer there to be killed
            killer.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def address(site: Site, name: str) -> str:
    """Where a node's pages are."""
    return f"http://127.0.0.1:{site.branches.by_name[name].web}"


def _killer_of(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    command = ["/bin/sh", "-c", _KILLER, str(process.pid)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


def _furnish(branches: Branches) -> None:
    """Open the demo's accounts; a township's officers have to come from above before. Raises TimeoutError."""
    branches.typed(CITY, "demo", "furnish")
    end = time.monotonic() + _PATIENCE
    while "window" not in branches.typed(NORTH, "demo", "furnish"):
        if time.monotonic() > end:
            raise TimeoutError("the township's officers did not come")
        time.sleep(0.25)
