# SPDX-License-Identifier: AGPL-3.0-or-later
"""R-06: cables pulled at random, all sides write, couriers and clerks are killed -9; healed, all agree within 60 s.

A city, a county and two townships with real couriers and nats-servers. At each of the three lower nodes somebody
registers people without pause, lets some of them die, and corrects phones; county and north correct the phones of the
same people at the same time. Where it is permitted, each node has a network namespace of its own, and a pulled cable is
a link that is down; elsewhere, and with `--proxy`, cables are cut by the proxy through which each node calls, in the
middle of a message too. Every process may be killed: a clerk that comes back asks first whether what he had no answer
for was done.

At the end: equal digests, nothing lost, nothing doubled, every edit of one field by two who did not see one another is
an open conflict and no other is, the city's sums are the county's, and `fsck` and the recount find nothing anywhere.
`--careless` is the control: clerks register every tenth person once more, as if they had had no answer; it must double.
Void, and no proof, if all agreed before the cables were put back.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from jiahe.node.demo.branches import Branches
from tests.prove.lib import apart
from tests.prove.lib.apart import Apart
from tests.prove.lib.branches import ALL, COUNTY, NORTH, SOUTH, VILLAGE, Site, site, verdict
from tests.prove.lib.hands import Gone, Refused

summary = "R-06: cables pulled, all sides write, anything killed -9: healed, all agree within 60 s"
needs_home = False
FAST, DEEP = 30, 1_800
LIMIT = 60
"""Seconds within which all must agree after the last cable is back and the last process runs again."""
AWAKE = (0.3, 2.5)
"""Seconds between two blows, from - to."""
DECK = ("pull", "pull", "pull", "put back", "courier", "courier", "writer")
WRITERS = {COUNTY: "131", NORTH: "132", SOUTH: "133"}
BOTH = {COUNTY: "134", NORTH: "135"}
"""Phones with which county and north correct the same person."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--seconds", type=int, default=FAST, help=f"of partition (default {FAST})")
    parser.add_argument("--deep", dest="seconds", action="store_const", const=DEEP, help=f"{DEEP:,} seconds")
    parser.add_argument("--seed", type=int, help="of the random instants (default: another one each time)")
    parser.add_argument("--proxy", action="store_true", help="cut cables at a proxy, even where there are namespaces")
    parser.add_argument("--careless", action="store_true", help="control: some are registered twice; must double")


@dataclass
class Written:
    """What was answered: entries, registered phones, corrections by phone, and pairs of edits of one person."""

    entries: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    pairs: dict[str, dict[str, str]] = field(default_factory=dict)
    retried: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def run(args: argparse.Namespace) -> int:
    """Write, cut and kill; heal; compare; 0 if the promise held."""
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    kind = Apart if apart.permitted() and not args.proxy else Branches
    where = "cables are links between network namespaces" if kind is Apart else "cables are cut at a proxy"
    print(f"seed {seed}; {where}", flush=True)
    with site(kind=kind) as place:
        written, stop = Written(), threading.Event()
        both = [place.ask(NORTH, "register", phone=f"136{n:08d}", area=VILLAGE[NORTH]) for n in range(args.seconds * 2)]
        place.converge()
        writers = [
            threading.Thread(target=_write, args=(place, name, written, stop, args.careless)) for name in WRITERS
        ]
        writers += [
            threading.Thread(target=_correct, args=(place, name, both, written, stop)) for name in BOTH
        ]  # two who edit the same people
        for writer in writers:
            writer.start()
        blows = _strike(place, random.Random(seed), args.seconds)
        place.told(f"{blows.total()} blows: " + ", ".join(f"{n} x {what}" for what, n in sorted(blows.items())))
        stop.set()
        for writer in writers:
            writer.join()
        left = place.differences()
        _heal(place)
        took = place.converge(LIMIT)
        place.told(f"healed; {len(left)} thing(s) apart agreed after {took:.1f} s (limit {LIMIT} s)")
        return _judge(place, written, took) if left else 1


def _write(place: Site, name: str, written: Written, stop: threading.Event, careless: bool) -> None:
    """Register one after the other; every fourth dies, every third gets another phone."""
    number = 0
    while not stop.is_set():
        number += 1
        phone = f"{WRITERS[name]}{number:08d}"
        for again in range(2 if careless and number % 10 == 0 else 1):
            made = _done(place, name, written, "register", phone=phone, area=VILLAGE[name], careless=bool(again))
        entries = [made["entry"]]
        corrected = f"{WRITERS[name][:2]}9{WRITERS[name][2]}{number:07d}"
        if number % 3 == 0:
            entries.append(_done(place, name, written, "correct", person=made["person"], phone=corrected)["entry"])
        if number % 4 == 0:
            with contextlib.suppress(Refused):  # he died before, when nobody could say so
                entries.append(_done(place, name, written, "die", person=made["person"])["entry"])
        with written.lock:
            written.phones.append(phone)
            written.entries += entries
            written.corrections += [corrected] if number % 3 == 0 else []


def _correct(place: Site, name: str, both: list[dict[str, str]], written: Written, stop: threading.Event) -> None:
    """Correct the phone of the same people as another one does, in the same order."""
    for number, who in enumerate(both):
        if stop.is_set():
            return
        phone = f"{BOTH[name]}{number:08d}"
        made = _done(place, name, written, "correct", person=who["person"], phone=phone)
        with written.lock:
            written.entries.append(made["entry"])
            written.corrections.append(phone)
            written.pairs.setdefault(who["person"], {})[name] = made["seen"]
        time.sleep(0.4)


def _done(place: Site, name: str, written: Written, word: str, **more: object) -> dict[str, str]:
    while True:
        try:
            found: dict[str, str] = place.ask(name, word, **more)
        except Gone:
            written.retried += 1
            time.sleep(0.05)
        else:
            return found


def _strike(place: Site, rng: random.Random, seconds: int) -> Counter[str]:
    """Pull, put back, kill and start again, until time is up."""
    blows: Counter[str] = Counter()
    end = time.monotonic() + seconds
    cables = place.branches.cables
    deck: list[str] = []
    victims = itertools.cycle(rng.sample(ALL, len(ALL)))
    while time.monotonic() < end:
        time.sleep(rng.uniform(*AWAKE))
        deck = deck or rng.sample(DECK, len(DECK))
        match deck.pop():
            case "pull":
                cables[rng.choice(sorted(cables))].pull()
                blows["cable pulled"] += 1
            case "put back":
                cables[rng.choice(sorted(cables))].put_back()
                blows["cable put back"] += 1
            case "courier":
                victim = next(victims)
                place.branches.stop(victim, kill=True)
                place.start(victim)
                blows[f"courier of {victim} killed"] += 1
            case "writer":
                victim = rng.choice(sorted(WRITERS))
                place.hands[victim].kill()
                blows[f"clerk of {victim} killed"] += 1
    return blows


def _heal(place: Site) -> None:
    for name in ALL:
        if name not in place.branches.running or place.branches.running[name].poll() is not None:
            place.branches.stop(name)
            place.start(name)
    place.put_back()


def _judge(place: Site, written: Written, took: float) -> int:
    """Count at the county; nothing may be missing anywhere, nothing twice, no conflict untold."""
    lost = place.ask(COUNTY, "missing", entries=written.entries)
    registered = place.ask(COUNTY, "times", phones=written.phones, kind="registered")
    corrected = place.ask(COUNTY, "times", phones=written.corrections, kind="corrected")
    expected = sorted(
        person for person, seen in written.pairs.items() if len(seen) == len(BOTH) and len({*seen.values()}) == 1
    )
    found = place.ask(COUNTY, "conflicts")
    at_north = place.ask(NORTH, "conflicts")
    odd = sum(n != 1 for n in {**registered, **corrected}.values())
    one_after_other = len(written.pairs) - len(expected)
    print(
        f"{len(written.phones):,} people registered, {len(written.entries):,} facts answered, {written.retried} asked "
        f"again; at the county {len(lost)} lost, {odd} not exactly once"
    )
    print(
        f"{len(expected)} people edited by two who did not see one another, {one_after_other} in turn "
        f"or by one alone; open conflicts: {len(found)} at the county, {len(at_north)} in the north"
    )
    wrong = place.wrong()
    if found != expected or at_north != expected:
        wrong.append("the open conflicts are not those that were made")
    print(f"fsck, recount, digests and sums of {len(ALL)} nodes: {len(wrong)} thing(s) wrong", flush=True)
    return verdict(wrong, held=not lost and not odd and took < LIMIT and bool(expected))
