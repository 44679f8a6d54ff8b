# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-05: bulk import of registrations, beside Django's bulk_create of the same rows in equal portions.

Both commit each portion durably. The baseline writes the rows ready-made into the register's table, with its indexes;
ours seals and signs every fact, grows the tree, computes the search keys, writes the rows and counts them.

Then a whole file goes its way as a user's does: read in the confined child, each row checked against the register for
everything that could be wrong and for likely doubles, and taken over in portions of 1,000 that commit with their marks.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator

from benchmarks.lib.measuring import Figure, in_turn, median_ratio
from jiahe.node.bulk import bulk as wide
from jiahe.node.demo.people import Person

summary = "P-05: recording many registrations at once"
LEAST_RATIO = 0.4


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=20_000, help="registrations in a round")
    parser.add_argument("--portion", type=int, default=5_000, help="how many commit together")
    parser.add_argument("--file", type=int, default=100_000, help="rows of a file that is brought; 0 for none")
    parser.add_argument("--profile", action="store_true", help="also print where the time goes")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Measure on a county that has nobody yet; it grows with each round, for both alike."""
    from benchmarks.lib import homes

    if args.quick:
        args.rounds, args.people, args.portion, args.file = 1, 200, 100, 200
    homes.prepare(100)
    from benchmarks.lib import people
    from jiahe.journal.recording import record_all
    from jiahe.registry.models import Person as Row

    rounds = args.rounds + args.profile
    everybody = people.crowd(args.people * rounds + args.file)
    ready = people.drafts(everybody[: args.people * rounds], people.author())

    def ours(number: int) -> int:
        mine = ready[number * args.people : (number + 1) * args.people]
        for start in range(0, len(mine), args.portion):
            record_all(mine[start : start + args.portion])
        return len(mine)

    columns = list(people.rows(args.people * args.rounds))

    def bulk(number: int) -> int:
        mine = columns[number * args.people : (number + 1) * args.people]
        for start in range(0, len(mine), args.portion):
            Row.objects.bulk_create([Row(**row) for row in mine[start : start + args.portion]])
        return len(mine)

    with wide():  # as the node's commands do
        rates = in_turn(args.rounds, {"bulk": bulk, "ours": ours})
    if args.profile:
        from benchmarks.replay import _profile

        _profile(lambda: ours(args.rounds))
    yield Figure("bulk_create of the same rows", statistics.median(rates["bulk"]), "/s")
    yield Figure("record_all of registrations", statistics.median(rates["ours"]), "/s")
    yield Figure("  as a share of bulk_create", median_ratio(rates["ours"], rates["bulk"]), "", "P-05", LEAST_RATIO)
    if args.file:
        yield from _file(everybody[args.people * rounds :], statistics.median(rates["bulk"]))


def _file(others: list[Person], bulk: float) -> Iterator[Figure]:
    """A file of people who are not among those of the rounds, beside the rate of bulk_create in the same run."""
    from benchmarks.lib import lists

    with wide():
        taken = lists.brought(lists.listed(others))
    yield Figure(f"a file of {taken.rows:,} rows: read in the child", taken.read, "s")
    yield Figure("  each row checked, likely doubles looked for", taken.rows / taken.checked, "/s")
    yield Figure("  accepted and taken over", float(taken.people), "people")
    yield Figure("  registered in portions of 1,000", taken.people / taken.taken, "/s")
    yield Figure("    as a share of bulk_create", taken.people / taken.taken / bulk)
    yield Figure("  all of it", taken.people / (taken.read + taken.checked + taken.taken), "/s")
