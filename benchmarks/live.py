# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-01: from "saved" at a clerk's desk to the new number on an open board, over HTTP, with 50 clerks at work.

Clerks send the registration form with time to think between; boards hold the stream of figures open. A save counts as
shown when a board has received figures of a journal that has its entry (its number is looked up afterwards), on each of
the boards. At the end a recount must differ by 0.
"""

from __future__ import annotations

import argparse
import http.client
import random
import time
from bisect import bisect_left
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait

from benchmarks.lib.measuring import Figure, spread

summary = "P-01: from saved to shown on an open board"
MOST_SECONDS = 1.0
Seen = list[tuple[int, float]]
"""Journal's number, and the instant at which it was known; both only grow."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=20_000, help="size of the county (promised at 1,200,000)")
    parser.add_argument("--clerks", type=int, default=50)
    parser.add_argument("--boards", type=int, default=5)
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two forms of one clerk, on average")
    parser.add_argument("--seconds", type=float, default=60)


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure, then recount."""
    from benchmarks.lib import clerks, homes

    if args.quick:
        args.people, args.clerks, args.boards, args.think, args.seconds = 200, 3, 2, 0.3, 3
    homes.prepare(args.people)
    with clerks.server() as port:
        office = Office(port, args.boards, args.think)
        office.work(args.clerks, args.seconds)
    if office.trouble:
        raise RuntimeError(f"{len(office.trouble)} forms or boards failed: {office.trouble[0]}")
    entries = _entries(office.saved)
    shown = [_wait(entries[phone], at, each) for phone, at in office.saved.items() for each in office.shown]
    yield Figure(
        f"registrations by {args.clerks} clerks, {args.boards} boards open", len(office.saved) / args.seconds, "/s"
    )
    yield from spread("form answered in", office.answered, {}, "")
    yield from spread("saved -> new number on the board", shown, {0.99: MOST_SECONDS * 1000}, "P-01")
    yield Figure("  the longest", max(shown) * 1000, "ms")
    yield Figure("people in the register", _people())
    yield Figure("cells that differ after a recount", _recount(), "", "P-01", most=0)


class Office:
    """Everybody who is at work, and what they saw."""

    def __init__(self, port: int, boards: int, think: float) -> None:
        self.port, self.boards, self.think = port, boards, think
        self.saved: dict[str, float] = {}
        self.answered: list[float] = []
        self.shown: list[Seen] = [[] for _ in range(boards)]
        self.trouble: list[str] = []
        self.over = False

    def work(self, clerks_: int, seconds: float) -> None:
        """Let them work; two seconds more for the last numbers to arrive."""
        from benchmarks.lib import clerks

        crew = [clerks.Clerk(self.port) for _ in range(clerks_ + self.boards)]
        for number, clerk in enumerate(crew):
            clerk.log_in("village" if number < clerks_ else "county")
        with ThreadPoolExecutor(len(crew)) as pool:
            watching = [pool.submit(self._board, n, clerk) for n, clerk in enumerate(crew[clerks_:])]
            time.sleep(1)
            end = time.perf_counter() + seconds
            writing = [pool.submit(self._clerk, n, clerk, end) for n, clerk in enumerate(crew[:clerks_])]
            wait(writing)
            time.sleep(2)
            self.over = True
            closing = clerks.Clerk(self.port, crew[0].cookies)
            closing.post("/people/register/", clerks.registration("13999999999"))
            for each in (*writing, *watching):
                each.result()

    def _clerk(self, number: int, clerk, end: float) -> None:
        from benchmarks.lib import clerks

        rng, sent = random.Random(number), 0
        time.sleep(rng.uniform(0, self.think))
        while (began := time.perf_counter()) < end:
            sent += 1
            phone = f"13{number:03d}{sent:06d}"
            status, where = clerk.post("/people/register/", clerks.registration(phone))
            now = time.perf_counter()
            if status == 303:
                self.saved[phone] = now
                self.answered.append(now - began)
            else:
                self.trouble.append(f"form: {status} {where}")
            time.sleep(rng.uniform(0.5, 1.5) * self.think)

    def _board(self, number: int, clerk) -> None:
        from benchmarks.lib import clerks

        cookies = "; ".join(f"{name}={value}" for name, value in clerk.cookies.items())
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", "/events", headers={"Cookie": cookies, "Accept": "text/event-stream"})
        stream = line.getresponse()
        if stream.status != 200:
            self.trouble.append(f"board: {stream.status}")
        while not self.over and (said := stream.readline()):
            if b"stamp.seq" in said:
                self.shown[number].append((clerks.stamp_of(said.decode()), time.perf_counter()))
        line.close()


def _wait(entry: int, saved: float, seen: Seen) -> float:
    """Seconds from saved to the first sight of an entry; the board may even be faster than the answer to the form."""
    place = bisect_left(seen, (entry, 0.0))
    if place == len(seen):
        raise RuntimeError(f"a board never showed entry {entry}")
    return max(0.0, seen[place][1] - saved)


def _entries(saved: dict[str, float]) -> dict[str, int]:
    """The journal's number of each registration, by the phone in it. Raises KeyError later for one that was lost."""
    from jiahe.journal.queries import standing
    from jiahe.registry.facts import PersonRegistered

    found: dict[str, int] = {}
    for portion in standing(("registry.PersonRegistered@1", "registry.PersonRegistered@2")):
        for entry in portion:
            if isinstance(entry.fact, PersonRegistered) and entry.fact.phone in saved:
                found[entry.fact.phone] = entry.seq
    return found


def _people() -> int:
    from jiahe.registry.models import Person

    return Person.objects.count()


def _recount() -> int:
    from jiahe.indicators import projections, queries
    from jiahe.journal.queries import standing
    from jiahe.node.commands.indicators import residents

    with queries.one_instant():
        return len(projections.differing(projections.recount(standing(), residents()), projections.stored()))
