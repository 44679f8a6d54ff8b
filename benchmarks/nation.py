# SPDX-License-Identifier: AGPL-3.0-or-later
"""One node that takes the sums of 2,844 counties at once: a first load, a minute's change, and greetings.

Each county is a neighbour with a key of its own. Its sums are those that the definitions in content/indicators make of
its facts: what lives there by sex and year of birth, and so many days of births, deaths and moves at the demo's rates.
They come as the signed messages that travel and are heard by the conversation that hears them in a node; nothing but
the wire is left out. Beside it the same rows are put into a table of the same shape by a bare `executemany`, as many to
a transaction. docs/operate/scale.md uses these figures.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from benchmarks.lib.measuring import Figure, median_ratio, percentile

summary = "one node takes the sums of 2,844 counties: first load, a minute's change, greetings"
COUNTIES = 2_844
"""Counties, cities without districts and districts of the country."""
PORTIONS, GREETERS, MINUTE, GREETS_EVERY = 36, 300, 60.0, 15.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--counties", type=int, default=COUNTIES)
    parser.add_argument("--days", type=int, default=1, help="of facts that the first load tells of")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure all three."""
    from benchmarks.lib import homes

    homes.prepare(None)

    from benchmarks.lib.counties import County
    from jiahe.network import wiring
    from jiahe.network.facts import Level

    counties, portions, greeters = args.counties, PORTIONS, GREETERS
    if args.quick:
        counties, portions, greeters = 12, 3, 6
    before = wiring.connect(replace(wiring.current(), level=Level.CITY))
    try:
        neighbours = [County(number) for number in range(counties)]
        _twin()
        empty = _size()
        yield Figure("counties", counties)
        yield from _taken("first load", neighbours, portions, lambda one: one.first_load(args.days))
        yield Figure("  a cell on disk, with its key", (_size() - empty) / _cells(), "bytes")
        yield from _taken("one fact in each", neighbours, portions, lambda one: one.next_fact(args.days), most=MINUTE)
        _check()
        yield from _greeted(neighbours[:greeters])
        yield from _looked(neighbours[:greeters])
    finally:
        wiring.connect(before or wiring.current())


def _taken(
    what: str, counties: Sequence[Any], portions: int, of: Callable[[Any], list[Any]], most: float | None = None
) -> Iterator[Figure]:
    """What every county says, heard; and put in barely. The two take turns, portion by portion."""
    from jiahe.network.conversation import SUMS
    from jiahe.network.messages import Totals

    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    count = sent = answered = 0
    seconds = processor = 0.0
    waits: list[float] = []
    for number in range(portions):
        told = [(one, of(one)) for one in counties[number::portions]]
        parts = [(one, rows[at : at + SUMS]) for one, rows in told for at in range(0, len(rows), SUMS)]
        came = [(one, one.write(Totals(1, tuple(rows)))) for one, rows in parts]
        rows_here = sum(len(rows) for _, rows in parts)

        def ours(came: Sequence[tuple[Any, bytes]] = came) -> int:
            said = 0
            for one, raw in came:
                began = time.perf_counter()
                said += sum(len(out.raw) for out in one.conversation.heard([raw], _moment()))
                waits.append(time.perf_counter() - began)
            return said

        def bare(parts: Sequence[tuple[Any, Sequence[Any]]] = parts) -> int:
            for one, rows in parts:
                _put(one.area, rows)
            return 0

        for name, do in list({"ours": ours, "bare": bare}.items())[:: -1 if number % 2 else 1]:
            began, used = time.perf_counter(), time.process_time()
            answered += do()
            took = time.perf_counter() - began
            rates[name].append(rows_here / took)
            if name == "ours":
                seconds, processor = seconds + took, processor + time.process_time() - used
        count += rows_here
        sent += sum(len(raw) for _, raw in came)
    yield Figure(f"{what}: rows", count)
    yield Figure("  on the wire", sent / 1e6, "MB")
    yield Figure("  a row on the wire", sent / count, "bytes")
    yield Figure("  answered on the wire", answered / 1e6, "MB")
    yield Figure("  read, verified and written", seconds, "s", most=most)
    yield Figure("  processor time, without a PostgreSQL's own", processor, "s")
    yield Figure("  one message, p50", percentile(waits, 0.5) * 1000, "ms")
    yield Figure("  one message, p99", percentile(waits, 0.99) * 1000, "ms")
    yield Figure("  rows a second", statistics.median(rates["ours"]), "/s")
    yield Figure("  the same rows by a bare executemany", statistics.median(rates["bare"]), "/s")
    yield Figure("  as a share of executemany", median_ratio(rates["ours"], rates["bare"]))
    yield Figure("  peak memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")


def _greeted(counties: Sequence[Any]) -> Iterator[Figure]:
    """Greetings with a checkpoint: of a journal that is new here, and that has grown by one entry since."""
    from django.db import transaction

    from jiahe.journal import checkpoints, merkle
    from jiahe.network.messages import Hello

    leaves = [merkle.leaf(bytes([place % 256])) for place in range(1_002)]
    for since, size, together in ((0, 1_000, False), (1_000, 1_001, False), (1_001, 1_002, True)):
        took: list[float] = []
        travelled = 0
        proof = merkle.consistency_proof(merkle.in_memory(leaves), since, size) if since else []
        root = merkle.root(merkle.append((), leaves[:size])[0])
        raws = []
        for one in counties:
            note = checkpoints.write(checkpoints.Statement(one.conversation.peer.name, size, root), one.key)
            raws.append(one.write(Hello("1", 0, size, 0, 0, 0, 0, 0, -1, b"", note, since, tuple(proof))))
        for one, raw in zip(counties, raws, strict=True):
            began = time.perf_counter()
            with transaction.atomic() if together else nullcontext():
                answers = one.conversation.heard([raw], _moment())
            travelled += len(raw) + sum(len(out.raw) for out in answers)
            took.append(time.perf_counter() - began)
        if since:
            how = "the same, were it one transaction" if together else "a greeting with a checkpoint that grew"
            if not together:
                yield Figure("a greeting and its answer, on the wire", travelled / len(counties), "bytes")
            yield Figure(f"{how}, p50", percentile(took, 0.5) * 1000, "ms")
            yield Figure("  p99", percentile(took, 0.99) * 1000, "ms")
            yield Figure(
                f"  heard in the {GREETS_EVERY:g} s in which each greets once", GREETS_EVERY * len(took) / sum(took)
            )


def _looked(counties: Sequence[Any]) -> Iterator[Figure]:
    """What each round costs for a neighbour that greeted: first our own greeting is due to him, then nothing is."""
    rounds: list[list[float]] = [[], [], []]
    for took in rounds:
        for one in counties:
            began = time.perf_counter()
            one.conversation.due(_moment())
            took.append(time.perf_counter() - began)
    looks = [*rounds[1], *rounds[2]]
    yield Figure("a greeting of this node, written, p50", percentile(rounds[0], 0.5) * 1000, "ms")
    yield Figure("a look whether there is something to say, p50", percentile(looks, 0.5) * 1000, "ms")
    yield Figure("  neighbours looked at in a second", len(looks) / sum(looks))


def _moment() -> Any:
    from jiahe.network.conversation import Moment
    from jiahe.node.clock import now

    return Moment(now(), time.monotonic())


def _put(area: str, rows: Sequence[Any]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_cell (measure, span, start, area, stratum, n) VALUES (%s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (measure, span, start, area, stratum) DO UPDATE SET n = excluded.n",
            [(measure, span, start, area, stratum, n) for measure, span, start, stratum, n, _ in rows],
        )


def _twin() -> None:
    """A table like that of the cells, with its keys and checks."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE TABLE bench_cell (LIKE indicators_cell INCLUDING ALL)")
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'indicators_cell'")
            cursor.execute(cursor.fetchone()[0].replace("indicators_cell", "bench_cell"))


def _check() -> None:
    """Raises RuntimeError if the two tables do not hold the same."""
    from django.db import connection

    with connection.cursor() as cursor:
        columns = "measure, span, start, area, stratum, n"
        for one, other in (("bench_cell", "indicators_cell"), ("indicators_cell", "bench_cell")):
            cursor.execute(
                f"SELECT COUNT(*) FROM (SELECT {columns} FROM {one} WHERE n <> 0 "  # noqa: S608
                f"EXCEPT SELECT {columns} FROM {other}) AS lacking"
            )
            if cursor.fetchone()[0]:
                raise RuntimeError(f"{one} holds what {other} does not")


def _size() -> float:
    """Bytes that one of the two tables takes; SQLite tells only of the whole file."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('indicators_cell')")
        else:
            cursor.execute("SELECT page_count * page_size / 2.0 FROM pragma_page_count(), pragma_page_size()")
        return float(cursor.fetchone()[0])


def _cells() -> int:
    from jiahe.indicators.models import Cell

    return Cell.objects.count()
