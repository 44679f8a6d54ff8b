# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-05: bulk import of registrations, beside Django's bulk_create of the same rows in equal portions.

Both commit each portion durably. The baseline writes the rows ready-made into the register's table, with its indexes;
ours seals and signs every fact, grows the tree, computes the search keys, writes the rows and counts them.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator

from benchmarks.lib.measuring import Figure, in_turn, median_ratio

summary = "P-05: recording many registrations at once"
LEAST_RATIO = 0.4


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=20_000, help="registrations in a round")
    parser.add_argument("--portion", type=int, default=5_000, help="how many commit together")
    parser.add_argument("--profile", action="store_true", help="also print where the time goes")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure on a county that has nobody yet; it grows with each round, for both alike."""
    from benchmarks.lib import homes

    if args.quick:
        args.rounds, args.people, args.portion = 1, 200, 100
    homes.prepare(100)
    from benchmarks.lib import people
    from jiahe.journal.recording import record_all
    from jiahe.registry.models import Person

    rounds = args.rounds + args.profile
    ready = people.drafts(people.crowd(args.people * rounds), people.author())

    def ours(number: int) -> int:
        mine = ready[number * args.people : (number + 1) * args.people]
        for start in range(0, len(mine), args.portion):
            record_all(mine[start : start + args.portion])
        return len(mine)

    columns = list(people.rows(args.people * args.rounds))

    def bulk(number: int) -> int:
        mine = columns[number * args.people : (number + 1) * args.people]
        for start in range(0, len(mine), args.portion):
            Person.objects.bulk_create([Person(**row) for row in mine[start : start + args.portion]])
        return len(mine)

    rates = in_turn(args.rounds, {"bulk": bulk, "ours": ours})
    if args.profile:
        from benchmarks.replay import _profile

        _profile(lambda: ours(args.rounds))
    yield Figure("bulk_create of the same rows", statistics.median(rates["bulk"]), "/s")
    yield Figure("record_all of registrations", statistics.median(rates["ours"]), "/s")
    yield Figure("  as a share of bulk_create", median_ratio(rates["ours"], rates["bulk"]), "", "P-05", LEAST_RATIO)
