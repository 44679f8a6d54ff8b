# SPDX-License-Identifier: AGPL-3.0-or-later
"""R-01: killed at random points under four writers, the record loses nothing it acknowledged and doubles nothing.

Four writers send the registration form without pause: two in their own process through the whole of Django, two over
HTTP to a server. At random instants one of the three processes (on PostgreSQL also a database process) gets SIGKILL and
is started again. A writer that comes back sends what it had no answer for once more, under the same key. At the end
every form that was ever sent stands in the journal exactly once, `fsck` finds nothing, and the recount differs by 0.

Writers note in a file what they send and what was answered, before and after; a page cache survives SIGKILL.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.prove.lib import writers

summary = "R-01: kill -9 at random points: nothing acknowledged is lost, nothing doubled"
FAST, DEEP = 50, 1_000
AWAKE = (0.02, 0.35)
"""Seconds between two kills, from - to."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--times", type=int, default=FAST, help=f"kills (default {FAST})")
    parser.add_argument("--deep", dest="times", action="store_const", const=DEEP, help=f"{DEEP:,} kills")
    parser.add_argument("--seed", type=int, help="of the random instants (default: another one each time)")
    parser.add_argument("--careless", action="store_true", help="control: send again under a new key; must double")


def run(args: argparse.Namespace) -> int:
    """Kill, then count; 0 if the promise held."""
    from benchmarks.lib import homes

    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    rng, began = random.Random(seed), time.monotonic()
    print(f"seed {seed}", flush=True)
    homes.prepare(100)
    with tempfile.TemporaryDirectory(prefix="jiahe-kill-") as folder:
        logs = [Path(folder) / f"writer-{number}" for number in range(4)]
        with writers.crew(logs, careless=args.careless) as crew:
            killed = _kill(crew, rng, args.times, logs)
            crew.drain()
        sent, done = writers.read(logs)
    spread = ", ".join(f"{who} {n}" for who, n in sorted(killed.items()))
    print(f"{sum(killed.values())} kills ({spread}) in {time.monotonic() - began:.0f} s")
    return _verdict(sent, done)


def _kill(crew: writers.Crew, rng: random.Random, times: int, logs: list[Path]) -> Counter[str]:
    killed: Counter[str] = Counter()
    answered = 0
    while sum(killed.values()) < times:
        time.sleep(rng.uniform(*AWAKE))
        victims = crew.victims()
        if not victims or writers.answered(logs) == answered:
            continue  # not back at work since the last kill
        answered = writers.answered(logs)
        who = rng.choice(sorted(victims))
        os.kill(victims[who], signal.SIGKILL)
        killed[who] += 1
        crew.revive(who)
    return killed


def _verdict(sent: list[str], done: list[str]) -> int:
    from jiahe.journal import fsck, queries
    from jiahe.node.commands import indicators
    from jiahe.registry.facts import PersonRegistered

    found: Counter[str] = Counter()
    for portion in queries.standing(("registry.PersonRegistered@1", "registry.PersonRegistered@2")):
        found.update(entry.fact.phone or "" for entry in portion if isinstance(entry.fact, PersonRegistered))
    lost = [phone for phone in set(done) if not found[phone]]
    doubled = [phone for phone in set(sent) if found[phone] > 1]
    unanswered = set(sent) - set(done)
    wrong = list(fsck.findings())
    print(f"{len(set(sent)):,} forms sent, {len(set(done)):,} answered, {len(sent) - len(set(sent))} sent again")
    print(
        f"{len(lost)} lost, {len(doubled)} doubled, {len(unanswered)} never answered, fsck: {len(wrong)} thing(s) wrong"
    )
    for finding in [*wrong[:20]]:
        print(f"  {finding}")
    recount = indicators.run(argparse.Namespace(verb="verify"))
    return 1 if lost or doubled or unanswered or wrong or recount or not done else 0
