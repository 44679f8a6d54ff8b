# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-02: from "saved" in a village to the new number on an open board of the city, over two links.

City, county and township run as processes of their own with real pipes and TLS. A village worker registers somebody
over HTTP, one after the other; the city's board is an open stream. A save counts as shown when another number of
residents arrives on it.
"""

from __future__ import annotations

import argparse
import http.client
import queue
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lib.measuring import Figure, spread

summary = "P-02: from saved in a village to shown on an open board of the city"
MOST_SECONDS = 2.0
_GIVE_UP = 30.0
_RESIDENTS = re.compile(rb'data-figure="residents">([^<]*)<')


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=20_000, help="size of the county")
    parser.add_argument("--saves", type=int, default=100)
    parser.add_argument("--port", type=int, default=8610, help="the first of 24 ports")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Start the nodes, then measure."""
    from jiahe.node.demo.branches import CITY, COUNTY, NORTH, Branches, planned

    if args.quick:
        args.people, args.saves = 200, 2
    planning = [branch for branch in planned(args.port) if branch.name in (CITY, COUNTY, NORTH)]
    with tempfile.TemporaryDirectory(prefix="jiahe-lag-") as folder, Branches(Path(folder), planning) as branches:
        branches.prepare(args.people)
        branches.start(CITY)
        branches.wait_for_pages(CITY)
        for name in (COUNTY, NORTH):
            branches.join(name)
            branches.start(name, pages=name == NORTH)
        branches.wait_for_pages(NORTH)
        for name, account in ((CITY, "city"), (NORTH, "village")):
            while account not in branches.typed(name, "demo", "furnish"):
                time.sleep(0.5)
        yield from _measure({name: branches.by_name[name].web for name in (CITY, NORTH)}, args.saves)


def _measure(ports: dict[str, int], saves: int) -> Iterator[Figure]:
    from benchmarks.lib import clerks

    village, city = clerks.Clerk(ports["north"]), clerks.Clerk(ports["city"])
    village.log_in("village")
    city.log_in("city")
    board = Board(ports["city"], city.cookies)
    rng, shown, answered = random.Random(2), [], []
    board.quiet()
    for number in range(saves):
        began = time.perf_counter()
        status, where = village.post("/people/register/", clerks.registration(f"138{number:08d}"))
        saved = time.perf_counter()
        if status != 303:
            raise RuntimeError(f"the form was refused: {status} {where}")
        answered.append(saved - began)
        shown.append(max(0.0, board.next_change() - saved))
        time.sleep(rng.uniform(0.2, 1.0))
    board.over = True
    yield from spread("form answered in the township in", answered, {}, "")
    yield from spread("saved -> new number in the city", shown, {0.99: MOST_SECONDS * 1000}, "P-02")
    yield Figure("  the longest", max(shown) * 1000, "ms")


class Board:
    """An open board; tells when its figures changed."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.over = False
        self._came: queue.Queue[float] = queue.Queue()
        header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._line.request("GET", "/events", headers={**header, "Accept": "text/event-stream"})
        self._stream = self._line.getresponse()
        threading.Thread(target=self._watch, daemon=True).start()

    def next_change(self) -> float:
        """The instant at which other figures arrived. Raises queue.Empty if none do."""
        return self._came.get(timeout=_GIVE_UP)

    def quiet(self) -> None:
        """Wait until nothing changes any more."""
        while True:
            try:
                self._came.get(timeout=3)
            except queue.Empty:
                return

    def _watch(self) -> None:
        before = b""
        while not self.over and (line := self._stream.readline()):
            found = _RESIDENTS.search(line)
            if found and found[1] != before:
                before = found[1]
                self._came.put(time.perf_counter())
