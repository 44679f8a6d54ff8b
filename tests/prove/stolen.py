# SPDX-License-Identifier: AGPL-3.0-or-later
"""A township's laptop is stolen and revoked: nothing it says after that is taken by anybody, and the others go on.

The laptop is taken with its keys, records on without a line, and calls again. Its line must be refused, and its entries
by whatever way they are brought to the county or to the other township. What it recorded before and had not sent is not
taken either: nobody can tell that from what the thief wrote. A new laptop joins for the same area with a code and gets
all that the county holds of it. As a control the same call and the same way by hand (one entry) are tried before the
revocation: then both must succeed.
"""

from __future__ import annotations

import argparse
import asyncio
import time

from tests.prove.lib.branches import COUNTY, LAPTOP, NORTH, SOUTH, VILLAGE, Site, site, verdict
from tests.prove.lib.scribes import Scribes

summary = "a stolen laptop that was revoked: nothing it says is taken, a new one gets everything of the area"
needs_home = False
FAST, DEEP = 30, 3_000
LIMIT = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=FAST, help=f"recorded in each part of the story (default {FAST})")
    parser.add_argument("--deep", dest="facts", action="store_const", const=DEEP, help=f"{DEEP:,} of them")


def run(args: argparse.Namespace) -> int:
    """Steal, revoke, replace; 0 if only the thief is worse off."""
    with site(names=(COUNTY, NORTH, SOUTH), laptop=True) as place:
        honest = Scribes(place, (NORTH, SOUTH, COUNTY))
        for _ in range(args.facts):
            honest.one(NORTH)
        place.converge()
        before, wrong = _let_in(place), []
        name, sent = _own(place)
        place.pull(NORTH)
        thief = Scribes(place, (NORTH,), series=9)
        for _ in range(args.facts):
            thief.one(NORTH)
        control = place.ask(COUNTY, "handed", entries=place.ask(NORTH, "given_out", after=sent)[:1])
        stolen, taken = place.ask(NORTH, "given_out", after=sent + 1), thief.entries.pop(0)
        code, said = place.typed(COUNTY, "node", "revoke", name, "--why", "stolen")
        place.told(f"revoked: {said.strip()}")
        place.put_back()
        for _ in range(args.facts):
            honest.one(SOUTH)
            honest.one(COUNTY)
        place.names = (COUNTY, SOUTH)
        took = place.converge(LIMIT)
        time.sleep(3)  # the thief's courier calls twice a second
        place.until(lambda: not _let_in(place), LIMIT)
        after = _let_in(place)
        print(f"the laptop's key is let in before: {before}, after: {after}; control: {control}")
        for who in (COUNTY, SOUTH):
            missing = place.ask(who, "missing", entries=thief.entries)
            handed = place.ask(who, "handed", entries=stolen)
            came = len(thief.entries) - len(missing)
            print(f"{who}: {came} of the thief's {len(thief.entries)} entries came; brought by hand: {handed}")
            wrong += [] if len(missing) == len(thief.entries) and set(handed) == {"journal.origin_revoked"} else [who]
        wrong += [] if not code and before and not after and control == {"applied": 1} else ["the laptop's line"]
        place.told(f"the others agreed after {took:.1f} s; a new laptop joins")
        honest.entries.append(taken)
        honest.phones.append(thief.phones[0])
        wrong += _replace(place, honest)
        return verdict([*wrong, *honest.judge(), *place.wrong()])


def _own(place: Site) -> tuple[str, int]:
    """The northern township's name, and how many entries of its own it has recorded."""
    head = place.ask(NORTH, "head")
    return head["name"], head["own"]


def _let_in(place: Site) -> bool:
    """Whether the county's pipe lets in whoever has the laptop's key."""
    from jiahe.network import certificates
    from tests.prove.lib.calling import comes_in

    keys = place.branches.home(NORTH) / "keys"
    secret = bytes.fromhex((keys / "link.key").read_text("ascii"))
    trusting = certificates.trusting((keys / "above.crt").read_text("ascii"))
    return asyncio.run(comes_in(place.branches.by_name[COUNTY].pipe, secret, trusting))


def _replace(place: Site, honest: Scribes) -> list[str]:
    """A new node of the area joins, records, and agrees."""
    began = time.monotonic()
    place.branches.join(LAPTOP)
    place.start(LAPTOP)
    place.names = (COUNTY, SOUTH, LAPTOP)
    place.converge(LIMIT)
    lacks = place.ask(LAPTOP, "missing", entries=_of_area(honest))
    made = place.ask(LAPTOP, "register", phone="18800000001", area=VILLAGE[NORTH])
    place.converge(LIMIT)
    arrived = not place.ask(COUNTY, "missing", entries=[made["entry"]])
    place.told(
        f"the new laptop has everything of its area after {time.monotonic() - began:.1f} s, and is heard: {arrived}"
    )
    return [f"the new laptop lacks {len(lacks)}"] * bool(lacks) + ["the new laptop is not heard"] * (not arrived)


def _of_area(honest: Scribes) -> list[str]:
    """Of the honest entries those that happened in the area of the north: all but the south's."""
    return [entry for entry, phone in zip(honest.entries, honest.phones, strict=True) if phone[2] != "3"]
