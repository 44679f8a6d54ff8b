# SPDX-License-Identifier: AGPL-3.0-or-later
"""R-07: whatever the lines between three levels do, all end with the same tables, in generated histories.

In each history a city, a county and two townships register, move, marry, merge, correct, take back and erase people
and redraw areas, while their messages are lost, doubled, swapped, garbled, cut off and held back, both ends are killed
and nodes are put back to a backup of before. No journal is unsound after any step; and once the lines are good, all
agree to the last column. The history and what must hold then are those of the suite (`tests/generative/test_links.py`).
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter

from tests.prove.lib.writers import fork

summary = "R-07: generated histories of lines that lose, double, swap, garble, cut off and replay: the same tables"
FAST, DEEP = 100, 10_000
STEPS = 40
"""Of one history at most."""
CHUNK = 100
"""Histories that come from one seed."""
TELL_EVERY = 60
"""Seconds between two words on how far we are."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--times", type=int, default=FAST, help=f"histories (default {FAST:,})")
    parser.add_argument("--deep", dest="times", action="store_const", const=DEEP, help=f"{DEEP:,} of them")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, help="of the first hundred; the next have the next (default: any)")


def run(args: argparse.Namespace) -> int:
    """Make histories up; 0 if all ended with the same tables everywhere."""
    from django.db import connections

    from benchmarks.lib import homes

    homes.prepare(None)
    connections.close_all()
    first = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    chunks = [(first + n, min(CHUNK, args.times - n * CHUNK)) for n in range(-(-args.times // CHUNK))]
    shares = [share for n in range(args.processes) if (share := chunks[n :: args.processes])]
    print(f"{args.times:,} histories of up to {STEPS} steps; first seed {first}, {len(shares)} process(es)", flush=True)
    read, write = os.pipe()
    children = [fork(lambda share=share: _live(share, write)) for share in shares]
    os.close(write)
    done = _heard(read, args.times)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    told = ", ".join(f"{done[name]:,} {name}" for name in sorted(set(done) - {"histories", "entries"}))
    print(f"{done['histories']:,} histories, {done['entries']:,} entries recorded; of messages, {told}")
    if failed or done["histories"] < args.times:
        print("  not all of them ended with the same tables: what fails is printed above, with its seed")
        return 1
    return 0


def _heard(read: int, times: int) -> Counter[str]:
    """The sum of what the children did, told now and then."""
    began = said = time.monotonic()
    done: Counter[str] = Counter()
    with os.fdopen(read) as lines:
        for line in lines:
            name, _, n = line.rpartition(" ")
            done[name] += int(n)
            if time.monotonic() - said > TELL_EVERY:
                said = time.monotonic()
                print(f"{said - began:7.0f} s  {done['histories']:,} of {times:,} histories", flush=True)
    return done


def _live(share: list[tuple[int, int]], said: int) -> None:
    """Live through the histories of these seeds."""
    from hypothesis import Phase, seed, settings
    from hypothesis.stateful import run_state_machine_as_test

    from tests.generative.network import SETTINGS
    from tests.generative.test_links import AREAS, Levels
    from tests.lib.houses import build

    with build(AREAS, strangers=True) as houses:
        by_area = dict(zip(AREAS, houses, strict=True))
        for number, count in share:
            machine = type("Levels", (_told(Levels, said),), {"houses": houses, "by_area": by_area})
            chosen = settings(
                SETTINGS,
                max_examples=count,
                stateful_step_count=STEPS,
                derandomize=False,
                database=None,
                phases=[Phase.generate],
            )
            try:
                run_state_machine_as_test(seed(number)(machine), settings=chosen)
            except BaseException:
                print(f"again with: ./jiahe prove histories --seed {number} --times {count} --processes 1", flush=True)
                raise


def _told(levels: type, said: int) -> type:
    """The same, saying what was done when a history has ended well."""

    def teardown(self) -> None:
        made = sum(_recorded(house) for house in self.houses)
        levels.teardown(self)
        done = Counter(histories=1, entries=made) + self.harmed
        os.write(said, "".join(f"{name} {n}\n" for name, n in done.items()).encode())

    return type("Levels", (levels,), {"teardown": teardown})


def _recorded(house) -> int:
    """How many entries of its own a node has."""
    from jiahe.journal.models import Entry

    with house.inside():
        return Entry.objects.filter(origin=house.wiring.origin).count()
