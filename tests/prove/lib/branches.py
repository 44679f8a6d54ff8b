# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small city, county and two townships as the demo starts them: couriers, nats-servers and cables; and the oracle
that says whether they agree. Needs no Django: everything is asked of the nodes' own hands.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from jiahe.node.demo.branches import CITY, COUNTY, NORTH, SOUTH, Branch, Branches, planned
from jiahe.node.demo.cable import PERFECT, Quality
from tests.prove.lib.hands import Hand

ALL = (CITY, COUNTY, NORTH, SOUTH)
AREAS = {CITY: "4117", COUNTY: "411723", NORTH: "411723101", SOUTH: "411723102"}
VILLAGE = {COUNTY: "411723101200", NORTH: "411723101200", SOUTH: "411723102200"}
"""Where each of them registers people; the county does it in a village of the north."""
COMMON = ("journal.", "network.", "places.", "staff.")
PUBLIC = ("network.", "places.", "journal.NodePutBack@")
PORTS = 30
LAPTOP = "laptop"
"""A second node for the area of the north, with a cable to the county; it is not begun by itself."""
T = TypeVar("T")


class Site:
    """The nodes, and a hand at each."""

    def __init__(self, branches: Branches, names: Sequence[str]) -> None:
        self.branches, self.names = branches, tuple(names)
        self.hands = {name: Hand(branches.environment(name)) for name in branches.by_name}
        self.began = time.monotonic()

    def told(self, text: str) -> None:
        """Say how far the proof has come."""
        print(f"{time.monotonic() - self.began:6.1f} s  {text}", flush=True)

    def ask(self, name: str, word: str, **more: object) -> Any:
        """Have a node's hand do something (`deeds`)."""
        return self.hands[name].ask(word, **more)

    def differences(self) -> list[str]:
        """What not all nodes hold that should, or what is still waiting somewhere."""
        found = [f"{name}: {waits}" for name in self.names if (waits := self.ask(name, "waiting"))]
        for lower, upper, area, common in (
            (NORTH, COUNTY, AREAS[NORTH], COMMON),
            (LAPTOP, COUNTY, AREAS[NORTH], COMMON),
            (SOUTH, COUNTY, AREAS[SOUTH], COMMON),
            (COUNTY, CITY, "", PUBLIC),
        ):
            if {lower, upper} <= {*self.names}:
                both = [self.ask(name, "held", area=area, common=common) for name in (lower, upper)]
                if both[0] != both[1]:
                    found.append(f"{lower} and {upper} hold {' and '.join(both)}")
        if CITY in self.names and self.ask(CITY, "sums") != self.ask(COUNTY, "sums"):
            found.append("the city's sums are not the county's")
        return found

    def converge(self, seconds: float = 60) -> float:
        """Wait until all agree; how long that took, at most so many seconds. The verdict asks once more."""
        began = time.monotonic()
        self.until(lambda: not self.differences(), seconds)
        return time.monotonic() - began

    def until(self, what: Callable[[], T], seconds: float, every: float = 0.25) -> T:
        """Look again and again until there is something, or time is up; what there was last."""
        end = time.monotonic() + seconds
        while not (found := what()) and time.monotonic() < end:
            time.sleep(every)
        return found

    def wrong(self) -> list[str]:
        """What every node's fsck and recount find, and what they do not agree about."""
        found = [f"{name}: {finding}" for name in self.names for finding in self.ask(name, "wrong")]
        return [*self.differences(), *found]

    def start(self, *names: str) -> None:
        """These couriers run."""
        for name in names:
            self.branches.start(name, pages=False)

    def pull(self, *names: str) -> None:
        """These nodes hear nothing from above."""
        for name in names:
            self.branches.cables[name].pull()

    def put_back(self) -> None:
        """All cables are in."""
        for cable in self.branches.cables.values():
            cable.put_back()

    def typed(self, name: str, *words: str) -> tuple[int, str]:
        """Do a command at a node; its exit code, and what it said."""
        return typed(self.branches.home(name), *words)

    def close(self) -> None:
        """Everybody goes home."""
        for hand in self.hands.values():
            hand.end()


@contextlib.contextmanager
def site(
    *,
    people: int = 200,
    names: Sequence[str] = ALL,
    quality: Quality = PERFECT,
    laptop: bool = False,
    kind: type[Branches] = Branches,
) -> Iterator[Site]:
    """These nodes in a temporary folder, joined, carrying and agreed; with `laptop` the home of another beside them."""
    folder = Path(tempfile.mkdtemp(prefix="jiahe-prove-"))
    first = free_ports()
    plan = [one if one.above in names else replace(one, above="") for one in planned(first) if one.name in names]
    spare = Branch(LAPTOP, "township", AREAS[NORTH], COUNTY, web=first + 4, pipe=first + 14, cable=first + 24)
    plan += [spare] if laptop else []
    try:
        with kind(folder, plan, quality=quality) as branches:
            made = Site(branches, names)
            try:
                made.told(f"{', '.join(names)}: homes of their own, {people:,} people in the county")
                branches.prepare(people)
                made.start(names[0])
                for name in names[1:]:
                    if branches.by_name[name].above:
                        branches.join(name)
                    made.start(name)
                made.converge(180)
                if wrong := made.differences():
                    raise RuntimeError(f"the nodes did not agree before anything was done: {wrong}")
                made.told("all joined and agreed")
                yield made
            finally:
                made.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def typed(home: Path, *words: str) -> tuple[int, str]:
    """Do a command in a home; its exit code, and what it said."""
    environment = {**os.environ, "JIAHE_HOME": str(home), "JIAHE_DATABASE": ""}
    command = [sys.executable, "-m", "jiahe.node", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def free_ports(count: int = PORTS) -> int:
    """The first of a run of ports nobody listens on at this moment."""
    while True:
        first = random.randrange(20_000, 32_000)
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first


def verdict(wrong: Sequence[str], held: bool = True) -> int:
    """Print what is wrong and whether the promise held; the exit code."""
    for line in wrong[:20]:
        print(f"  {line}")
    good = held and not wrong
    print("holds" if good else "DOES NOT HOLD", flush=True)
    return 0 if good else 1
