# SPDX-License-Identifier: AGPL-3.0-or-later
"""R-11: 53,000 facts an hour come in from the townships while 50 clerks work at the county.

A county with its pages and two townships, as processes of their own with real pipes and TLS, on this one machine, load
generator included. In each township people are registered, every second as many as make 53,000 an hour together. At the
county clerks send the registration form with time to think between. Every fact must be taken in, none may fall behind,
and the forms must stay as quick as is promised without any of this (P-03).
"""

from __future__ import annotations

import argparse
import itertools
import random
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.lib.measuring import Figure, spread

if TYPE_CHECKING:
    from tests.prove.lib.branches import Site

summary = "R-11: 53,000 facts an hour come in while 50 clerks work"
AN_HOUR = 53_000
FORMS = {0.5: 100.0, 0.95: 300.0, 0.99: 500.0}
"""P-03's limits for forms, in milliseconds."""
MOST_BEHIND = 5.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=20_000, help="size of the county")
    parser.add_argument("--clerks", type=int, default=50)
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two forms of one clerk, on average")
    parser.add_argument("--seconds", type=float, default=180)


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Begin, let everybody work, and count."""
    from benchmarks.lib import clerks
    from tests.prove.lib.branches import COUNTY, NORTH, SOUTH, site

    if args.quick:
        args.people, args.clerks, args.think, args.seconds = 60, 3, 0.3, 3
    with site(people=args.people, names=(COUNTY, NORTH, SOUTH)) as made:
        made.branches.stop(COUNTY)
        made.branches.start(COUNTY)
        made.branches.wait_for_pages(COUNTY)
        made.typed(COUNTY, "demo", "furnish")
        made.converge()
        office = Office(made, (NORTH, SOUTH), args.seconds)
        crew = [clerks.Clerk(made.branches.by_name[COUNTY].web) for _ in range(args.clerks)]
        for clerk in crew:
            clerk.log_in("village")
        office.work(crew, args.think)
        behind = made.converge()
        wrong = [] if args.quick else made.wrong()
    if office.trouble:
        raise RuntimeError(f"{len(office.trouble)} forms failed: {office.trouble[0]}")
    yield Figure("facts that came in", office.came / office.lasted * 3_600, "/h", "R-11", least=AN_HOUR - 100)
    yield Figure("  and by the clerks' forms", len(office.answered) / office.lasted * 3_600, "/h")
    yield Figure("all agree so long after the last one", behind, "s", "R-11", most=MOST_BEHIND)
    yield from spread("form answered in", office.answered, FORMS, "R-11")
    if not args.quick:
        yield Figure("what fsck, recount and comparing find", len(wrong), "", "R-11", most=0)


class Office:
    """Everybody who is at work, and what came of it."""

    def __init__(self, made: Site, townships: tuple[str, ...], seconds: float) -> None:
        self.made, self.townships, self.seconds = made, townships, seconds
        self.answered: list[float] = []
        self.trouble: list[str] = []
        self.came, self.lasted = 0, 0.0

    def work(self, crew, think: float) -> None:
        """Let them work as long as it was said."""
        began = time.perf_counter()
        end = began + self.seconds
        at_work = [threading.Thread(target=self._clerk, args=(n, one, think, end)) for n, one in enumerate(crew)]
        for thread in at_work:
            thread.start()
        self._townships(began, end)
        self.lasted = time.perf_counter() - began
        for thread in at_work:
            thread.join()

    def _townships(self, began: float, end: float) -> None:
        from tests.prove.lib.branches import VILLAGE

        for number in itertools.count(1):
            if time.perf_counter() >= end:
                return
            due = int(number * AN_HOUR / 3_600)
            name = self.townships[number % len(self.townships)]
            self.made.ask(name, "many", first=10**8 + self.came, count=due - self.came, area=VILLAGE[name])
            self.came = due
            time.sleep(max(0.0, began + number - time.perf_counter()))

    def _clerk(self, number: int, clerk, think: float, end: float) -> None:
        from benchmarks.lib import clerks

        rng, sent = random.Random(number), 0
        time.sleep(rng.uniform(0, think))
        while (began := time.perf_counter()) < end:
            sent += 1
            status, where = clerk.post("/people/register/", clerks.registration(f"15{number:03d}{sent:06d}"))
            if status == 303:
                self.answered.append(time.perf_counter() - began)
            else:
                self.trouble.append(f"{status} {where}")
            time.sleep(rng.uniform(0.5, 1.5) * think)
