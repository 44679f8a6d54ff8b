# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-10: likely doubles. On FEBRL 3 and 4 beside Splink as its tutorial has it; then `./jiahe link` itself, in a process
of its own, on a register of people of whom some are registered twice with errors, and some have twins.

F1 on FEBRL: of the pairs more probable than not, after joining groups (3) and keeping one partner each (4), as the two
sets are made. On the register: of the pairs kept for the steward's queue, as they are.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from benchmarks.lib.measuring import Figure

summary = "P-10: likely doubles, beside Splink alone; and all of a register, with time and memory"
LEAST_F1 = {3: 0.998, 4: 0.9995}
MOST_SECONDS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=100_000, help="size of the register (promised at 1,000,000)")
    parser.add_argument("--no-febrl", action="store_true", help="only the register")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure both."""
    from benchmarks.lib import homes

    if args.quick:
        args.people = 1_500
    if not args.no_febrl:
        for number, least in list(LEAST_F1.items())[: 1 if args.quick else None]:
            for name in ("ours",) if args.quick else ("plain", "ours"):
                seconds, score = _febrl(number, name)
                yield Figure(f"FEBRL {number}: Splink alone" if name == "plain" else f"FEBRL {number}: F1", score, "",
                             *(("P-10", least) if name == "ours" else ()))  # fmt: skip
                yield Figure(f"  in {seconds:.1f} s", seconds, "s")
    homes.prepare(100)
    yield from _register(args.people)


def _febrl(number: int, name: str) -> tuple[float, float]:
    """Seconds and F1."""
    import duckdb

    from benchmarks.lib import febrl
    from jiahe.registry.rules.linkage.register import score

    tables, true = febrl.people(number)
    settings, train = {"plain": febrl.plain, "ours": febrl.ours}[name]("dedupe_only" if number == 3 else "link_only")
    began = time.perf_counter()
    with duckdb.connect() as connection:
        names = [f"list_{place}" for place, _ in enumerate(tables)]
        for each, table in zip(names, tables, strict=True):
            connection.from_arrow(table).create(each)
        scored, _ = score(connection, names, settings, least=0.5, train=train)
        pairs = connection.table(scored).project("unique_id_l, unique_id_r, match_weight").fetchall()
    found = febrl.groups(pairs) if number == 3 else febrl.one_to_one(pairs)
    return time.perf_counter() - began, febrl.f1(found, true)


def _register(size: int) -> Iterator[Figure]:
    from django.conf import settings

    from benchmarks.lib import doubles, people
    from jiahe.places.definitions import read_area_list
    from jiahe.places.facts import Level
    from jiahe.places.rules import level_of
    from jiahe.registry.models import Pair, Person

    areas = read_area_list(settings.JIAHE.content / "areas", settings.JIAHE.area).areas
    villages = [each.code for each in areas if level_of(each.code) is Level.VILLAGE]
    truth = doubles.Truth()
    crowd = doubles.with_doubles(people.stream(size), villages, truth)
    if Person.objects.count() < size:
        people.settle(crowd)
    else:  # a home used again: the truth follows from the seed
        sum(1 for _ in crowd)
    seconds, memory = _link()
    found = set(Pair.objects.values_list("left", "right"))
    yield Figure("records in the register", Person.objects.count())
    yield from _judged(found, truth)
    yield Figure("./jiahe link, from reading to keeping", seconds, "s", "P-10", most=MOST_SECONDS)
    yield Figure("its peak memory", memory, "MB")


def _judged(found: set[tuple[UUID, UUID]], truth: Any) -> Iterator[Figure]:
    right = len(found & truth.doubles)
    yield Figure("doubles put in", len(truth.doubles))
    yield Figure("precision", right / max(len(found), 1))
    yield Figure("recall", right / max(len(truth.doubles), 1))
    yield Figure("F1", 2 * right / max(len(found) + len(truth.doubles), 1))
    yield Figure(f"twins taken for one person, of {len(truth.twins):,}", len(found & truth.twins), "", "P-10", most=0)


def _link() -> tuple[float, float]:
    """Seconds and megabytes of the command. Raises CalledProcessError."""
    from django.db import connections

    connections.close_all()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "jiahe.node", "link"], check=True)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
