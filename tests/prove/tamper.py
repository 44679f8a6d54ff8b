# SPDX-License-Identifier: AGPL-3.0-or-later
"""S-16: whoever gets at the database is found out: edit, delete, insert, swap, erase, roll back, rewrite.

Each trick is played at a random place on a copy of a journal (a transaction that is undone), with the triggers taken
away before and put back after, and with tree and head mended where the intruder can. `fsck` must name the entry or row;
what cuts the end off, or is signed with the stolen key, a checkpoint kept elsewhere must tell. An untouched journal
must come out clean, before and after.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter

summary = "S-16: every tampering with the journal or the tables is found and located"
FAST, DEEP = 60, 1_000
PEOPLE = 160


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--times", type=int, default=FAST, help=f"tamperings (default {FAST})")
    parser.add_argument("--deep", dest="times", action="store_const", const=DEEP, help=f"{DEEP:,} tamperings")
    parser.add_argument("--seed", type=int, help="of the random places (default: other ones each time)")


def run(args: argparse.Namespace) -> int:
    """Tamper and look; 0 if everything was found and nothing else."""
    from benchmarks.lib import homes

    homes.prepare(None)
    from jiahe.journal import checkpoints, fsck
    from tests.prove.lib import intruder, journal

    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    rng, began = random.Random(seed), time.monotonic()
    journal.write(PEOPLE)
    note = checkpoints.give_out()
    false = list(fsck.findings())
    tried, unseen = Counter(), []
    for number in range(args.times):
        trick = intruder.TRICKS[number % len(intruder.TRICKS)]
        tried[trick.name] += 1
        expected, found = _play(trick, rng, note)
        if not found or not any((expected or "") in line for line in found):
            unseen.append(f"{trick.name}: expected {expected!r}, found {found[:3]}")
    false += list(fsck.findings())
    print(", ".join(f"{n} x {name}" for name, n in tried.items()))
    for line in [*unseen[:20], *false]:
        print(f"  {line}")
    print(
        f"{args.times} tamperings (seed {seed}) in {time.monotonic() - began:.0f} s: {len(unseen)} not found or not "
        f"located; untouched journal: {len(false)} thing(s) wrong"
    )
    return 1 if unseen or false else 0


def _play(trick, rng: random.Random, note: str) -> tuple[str | None, list[str]]:
    """Play a trick, look, undo it; what had to be named, and what was found."""
    from django.db import transaction

    from jiahe.journal import checkpoints, fsck
    from jiahe.journal.wiring import current
    from tests.prove.lib import intruder

    with transaction.atomic():
        intruder.disarm()
        expected = trick.work(rng)
        intruder.arm()
        if expected is None:
            said = checkpoints.disagreement(note, current().public_key)
            found = [said] if said else []
        else:
            found = list(fsck.findings(tables=trick.tables or rng.random() < 0.2))
        transaction.set_rollback(True)
    return expected, found
