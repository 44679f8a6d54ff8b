# SPDX-License-Identifier: AGPL-3.0-or-later
"""R-08: a township's day of 500 facts over 256 kbit/s, 400 ms each way and 10 % loss is in the county within 5 minutes,
and nobody at the township's window waits for the line.

The same twice: over a good line and over the bad one somebody registers 500 people while a clerk opens pages; the p95
of both is printed with their ratio. The line is the demo's cable: what is lost comes a round trip later, and holds up
what is behind it, as TCP does. Void if the line carried more than its rate allows, or no page was opened.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time

from jiahe.node.demo.cable import PERFECT, Quality
from tests.prove.lib.branches import COUNTY, NORTH, Site, site, verdict
from tests.prove.lib.scribes import Scribes

summary = "R-08: 500 facts over 256 kbit/s, 400 ms, 10 % loss within 5 minutes; the window does not notice"
needs_home = False
FACTS, LIMIT = 500, 300
BAD = Quality(delay=0.4, rate=256_000 / 8, loss=0.1)
PAGES = ("/window/", "/services/", "/people/register/")
PACE = 0.03
"""Seconds between two facts, so that both days put the same load on the machine."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=FACTS, help=f"of the township's day (default {FACTS})")
    parser.add_argument("--deep", action="store_true", help="three days instead of one, each in its time")


def run(args: argparse.Namespace) -> int:
    """Send a day over a good line, then over a bad one; 0 if it came in time."""
    with site(names=(COUNTY, NORTH)) as place:
        place.branches.stop(NORTH)
        place.branches.start(NORTH)
        place.branches.wait_for_pages(NORTH)
        place.branches.typed(NORTH, "demo", "furnish")
        good, slow, wrong = [], [], []
        scribes = Scribes(place, (NORTH,))
        for number in range(3 if args.deep else 1):
            for quality, waits in ((PERFECT, good), (BAD, slow)):
                took, carried, seconds = _day(place, scribes, quality, args.facts, waits)
                rate = carried * 8 / 1000 / seconds
                line = "good" if quality == PERFECT else "bad"
                place.told(
                    f"day {number + 1}, {line} line: {args.facts} facts in the county after {took:.1f} s; "
                    f"{carried:,} bytes both ways, {rate:.0f} kbit/s"
                )
                if quality == BAD:
                    wrong += ["too late"] * (took > LIMIT) + ["void: the line was too fast"] * (rate > 2 * 256)
        if min(len(good), len(slow)) < 20:
            return verdict([*wrong, "void: too few pages were opened"])
        p95 = [statistics.quantiles(waits, n=20)[-1] * 1000 for waits in (good, slow)]
        print(
            f"pages at the township, p95: {p95[0]:.0f} ms over a good line, {p95[1]:.0f} ms over the bad one "
            f"({len(good)} and {len(slow)} pages): ratio {p95[1] / p95[0]:.2f}"
        )
        place.converge()
        return verdict([*wrong, *scribes.judge(), *place.wrong()])


def _day(place: Site, scribes: Scribes, quality: Quality, facts: int, waits: list[float]) -> tuple[float, int, float]:
    """Seconds until all is in the county, bytes carried meanwhile, and seconds in all; pages' seconds go to `waits`."""
    cable = place.branches.cables[NORTH]
    cable.quality = quality
    place.pull(NORTH)  # the line that is open keeps its quality; the next one has the new one
    time.sleep(8)
    place.put_back()
    place.until(lambda: _unsent(place) == 0, 60)
    done = threading.Event()
    reader = threading.Thread(target=_read, args=(place.branches.by_name[NORTH].web, done, waits))
    reader.start()
    carried, began = cable.carried, time.monotonic()
    for _ in range(facts):
        scribes.one(NORTH)
        time.sleep(PACE)
    entries = scribes.entries[-facts:]
    place.until(lambda: not place.ask(COUNTY, "missing", entries=entries), 2 * LIMIT)
    took = time.monotonic() - began
    done.set()
    reader.join()
    return took, cable.carried - carried, time.monotonic() - began


def _unsent(place: Site) -> int:
    unsent: int = place.ask(NORTH, "shown")["neighbours"][0]["unsent"]
    return unsent


def _read(port: int, done: threading.Event, waits: list[float]) -> None:
    """A clerk opens one page after the other."""
    from benchmarks.lib.clerks import Clerk

    clerk = Clerk(port)
    clerk.log_in("township")
    for page in PAGES:  # what is only slow the first time is not measured
        clerk.get(page)
    while not done.is_set():
        for page in PAGES:
            began = time.monotonic()
            status = clerk.get(page)[0]
            waits.append(time.monotonic() - began)
            if status != 200:
                raise RuntimeError(f"{page}: {status}")
            time.sleep(0.05)
