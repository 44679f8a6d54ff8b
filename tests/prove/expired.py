# SPDX-License-Identifier: AGPL-3.0-or-later
"""A township's certificate ends: its line stops, both sides say so, both work on, and `node renew` brings all over.

The county gives the township, whose certificate is good for years, one that ended yesterday. While that holds nothing
may come over in either direction; who has the township's key is not let in. As a control the other township's facts
come over meanwhile.
"""

from __future__ import annotations

import argparse
import time

from tests.prove.lib.branches import COUNTY, NORTH, SOUTH, site, verdict
from tests.prove.lib.scribes import Scribes

summary = "a certificate that ended: the line stops and says so; renewed, everything comes over"
needs_home = False
FAST, DEEP = 20, 3_000
LIMIT = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=FAST, help=f"by each node meanwhile (default {FAST})")
    parser.add_argument("--deep", dest="facts", action="store_const", const=DEEP, help=f"{DEEP:,} of them")


def run(args: argparse.Namespace) -> int:
    """Let it end, work on, renew; 0 if nothing came over before and everything after."""
    with site(names=(COUNTY, NORTH, SOUTH)) as place:
        scribes, wrong = Scribes(place, (COUNTY, NORTH, SOUTH)), []
        name = place.ask(NORTH, "head")["name"]
        place.ask(COUNTY, "end_certificate", node=name)

        def said(at: str, of: str) -> bool:
            found = place.ask(at, "shown")["neighbours"]
            return any("expired" in each["troubles"] for each in found if each["name"] == of)

        stopped = place.until(lambda: said(COUNTY, name), LIMIT)
        time.sleep(3)  # the courier looks once a second who its neighbours are
        place.told(f"the county says that {name} has expired: {stopped}")
        for _ in range(args.facts):
            for who in scribes.names:
                scribes.one(who)
        south = [entry for entry, phone in zip(scribes.entries, scribes.phones, strict=True) if phone[2] == "3"]
        others = place.until(lambda: not place.ask(COUNTY, "missing", entries=south), LIMIT)
        time.sleep(5)
        lacks = len(place.ask(COUNTY, "missing", entries=scribes.entries))
        below = len(place.ask(NORTH, "missing", entries=scribes.entries))
        code, text = place.typed(COUNTY, "node", "status")
        place.told(
            f"meanwhile {lacks} of {args.facts} wait in the north, {below - args.facts} of {args.facts} at the county"
        )
        print("  " + "\n  ".join(line.strip() for line in text.splitlines() if "LOOK AFTER" in line))
        if not stopped or code != 1 or not others or (lacks, below) != (args.facts, 2 * args.facts):
            wrong.append("the line did not stop, or another one did, or it was not said")
        place.told(place.typed(COUNTY, "node", "renew", name)[1].strip())
        took = place.converge(LIMIT)
        place.told(f"everything came over after {took:.1f} s (limit {LIMIT} s)")
        wrong += ["still said to have expired"] if said(COUNTY, name) else []
        return verdict([*wrong, *scribes.judge(), *place.wrong()], held=took < LIMIT)
