# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-04: recording one fact, beside a bare Django create() of the same row; and over HTTP.

The baseline writes the very row that the registration projects, with its search keys ready-made, into the same table
with the same indexes, each in a transaction of its own, as durable as ours. Ours is the journal's entry, seal and tree,
that row with its keys computed, and the cells. Over HTTP it is the whole form: session, CSRF, door, key, form, verb.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.lib.measuring import Figure, in_turn, median_ratio, spread

summary = "P-04: recording one fact, in process and over HTTP"
LEAST_RATIO, LEAST_POSTS = 0.4, 440


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=400, help="facts in a round")
    parser.add_argument("--people", type=int, default=20_000, help="size of the county that is there already")
    parser.add_argument("--clients", type=int, default=4, help="browsers that send forms, each on its own line")
    parser.add_argument("--seconds", type=float, default=10, help="for which forms are sent")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure both."""
    from benchmarks.lib import homes

    if args.quick:
        args.rounds, args.times, args.people, args.seconds = 1, 20, 200, 0.5
    homes.prepare(args.people)
    yield from _in_process(args.rounds, args.times)
    yield from _over_http(args.clients, args.seconds)


def _in_process(rounds: int, times: int) -> Iterator[Figure]:
    from benchmarks.lib import people
    from jiahe.journal.recording import record
    from jiahe.registry.actions import Document, register_person
    from jiahe.registry.facts import IdentityKind, Sex
    from jiahe.registry.models import Person

    by, crowd = people.author(), people.crowd(2 * times * rounds)
    ready = people.drafts(crowd[: times * rounds], by)
    others = crowd[times * rounds :]

    def ours(number: int) -> int:
        for each in ready[number * times : (number + 1) * times]:
            record(each.fact, by=each.by, at=each.at, area=each.area, about=each.about)
        return times

    def verb(number: int) -> int:
        for each in others[number * times : (number + 1) * times]:
            document = Document(IdentityKind.RESIDENT_ID, each.number or "")
            sex, since = Sex.MALE if each.man else Sex.FEMALE, max(people.SINCE, each.birth_on)
            register_person(
                name=each.name, surname=each.surname, sex=sex, birth_on=each.birth_on, document=document,
                area=each.village, since=since, phone=each.phone or "", by=by, at=people.AT,
            )  # fmt: skip
        return times

    columns = [list(people.rows(times)) for _ in range(rounds)]

    def bare(number: int) -> int:
        for row in columns[number]:
            Person.objects.create(**row)
        return times

    yield Figure("what this disk makes durable: 4 KiB and fdatasync", _flushes(), "/s")
    rates = in_turn(rounds, {"bare": bare, "record": ours, "verb": verb})
    yield Figure("bare Django create() of the same row", statistics.median(rates["bare"]), "/s")
    yield Figure("journal.record of a registration", statistics.median(rates["record"]), "/s")
    yield Figure("  as a share of create()", median_ratio(rates["record"], rates["bare"]), "", "P-04", LEAST_RATIO)
    yield Figure("register_person, the verb with its checks", statistics.median(rates["verb"]), "/s")
    yield Figure("  as a share of create()", median_ratio(rates["verb"], rates["bare"]))


def _flushes(times: int = 200) -> float:
    """How many small writes a second this disk makes durable, one after the other: no commit can be faster."""
    with tempfile.TemporaryFile(dir=os.environ["JIAHE_HOME"]) as file:
        began = time.perf_counter()
        for _ in range(times):
            file.write(bytes(4096))
            file.flush()
            os.fdatasync(file.fileno())
        return times / (time.perf_counter() - began)


def _over_http(clients: int, seconds: float) -> Iterator[Figure]:
    from benchmarks.lib import clerks

    took: list[float] = []
    refused: list[str] = []

    def work(clerk: clerks.Clerk, number: int, until: float) -> None:
        sent = 0
        while (began := time.perf_counter()) < until:
            sent += 1
            status, where = clerk.post("/people/register/", clerks.registration(f"13{number}{sent:08d}"))
            took.append(time.perf_counter() - began)
            if status != 303:
                refused.append(f"{status} {where}")

    with clerks.server() as port:
        crew = [clerks.Clerk(port) for _ in range(clients)]
        for clerk in crew:
            clerk.log_in("village")
            clerk.post("/people/register/", clerks.registration("13900000000"))
        end = time.perf_counter() + seconds
        with ThreadPoolExecutor(clients) as pool:
            for each in [pool.submit(work, clerk, n, end) for n, clerk in enumerate(crew)]:
                each.result()
    if refused:
        raise RuntimeError(f"{len(refused)} of {len(took)} forms were refused: {refused[0]}")
    yield Figure(f"forms over HTTP, {clients} keep-alive clients", len(took) / seconds, "/s", "P-04", LEAST_POSTS)
    yield from spread("  answered in", took, {}, "")
