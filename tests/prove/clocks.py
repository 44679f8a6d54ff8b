# SPDX-License-Identifier: AGPL-3.0-or-later
"""R-09: a township's clock is off by a day or ten years, or jumps back while it works: 0 lost, order right, skew shown.

With each wrong clock both write; what the township registered the county corrects, having seen it: however much earlier
its own clock is, its word is the later one and holds everywhere, and nothing of it is a conflict. In the hybrid clock
the township's facts stand in the order in which they were recorded. `node status` at the county shows the skew, and at
the township too. As a control the clock is right at first: then no skew may be shown.
"""

from __future__ import annotations

import argparse
import time

from tests.prove.lib.awry import Clock
from tests.prove.lib.branches import COUNTY, NORTH, Site, site, verdict
from tests.prove.lib.scribes import Scribes

summary = "R-09: a clock off by a day or ten years, or jumping back: 0 lost, order right, skew shown"
needs_home = False
DAY, YEAR = 86_400, 86_400 * 365
STEPS = {
    "right": 0, "a day ahead": DAY, "a day behind": -DAY, "an hour behind, jumping back": -3_600,
    "ten years ahead": 10 * YEAR, "ten years behind": -10 * YEAR, "right again": 0,
}  # fmt: skip
FAST, DEEP = 10, 500
LIMIT = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=FAST, help=f"with each clock (default {FAST})")
    parser.add_argument("--deep", dest="facts", action="store_const", const=DEEP, help=f"{DEEP} with each clock")


def run(args: argparse.Namespace) -> int:
    """Set the clock wrong, work, compare; 0 if nothing was lost or out of order."""
    with site(names=(COUNTY, NORTH)) as place:
        clock = Clock(place.branches.folder)
        place.told(
            f"the clock is set by {clock.library or 'the house itself (no libfaketime here: TLS is not fooled)'}"
        )
        _believe(place, clock)
        scribes = Scribes(place, (NORTH,))
        corrected: list[tuple[str, str]] = []
        wrong = []
        for number, (name, seconds) in enumerate(STEPS.items()):
            wrong += _work(place, scribes, corrected, name, seconds, number, args.facts, clock)
        place.converge(LIMIT)
        for who in (COUNTY, NORTH):
            order = place.ask(who, "clocks", phones=scribes.phones)
            held = sum(place.ask(who, "phone_of", person=person) == phone for person, phone in corrected)
            place.told(
                f"{who}: in the order they were recorded: {order == scribes.phones}; the later word holds of {held} of "
                f"{len(corrected)}; conflicts: {len(place.ask(who, 'conflicts'))}"
            )
            if order != scribes.phones or held != len(corrected) or place.ask(who, "conflicts"):
                wrong.append(f"the order at {who}")
        return verdict([*wrong, *scribes.judge(), *place.wrong()])


def _believe(place: Site, clock: Clock) -> None:
    """The township's processes have this clock from now on."""
    right = place.branches.environment
    place.branches.environment = lambda name: right(name) | (clock.environment() if name == NORTH else {})  # type: ignore[method-assign]
    place.hands[NORTH].end()
    place.hands[NORTH].environment |= clock.environment()
    place.branches.stop(NORTH)
    place.start(NORTH)


def _work(
    place: Site,
    scribes: Scribes,
    corrected: list[tuple[str, str]],
    name: str,
    seconds: int,
    number: int,
    facts: int,
    clock: Clock,
) -> list[str]:
    """With this clock: record, be corrected, be compared; what is wrong with what is shown."""
    people = []
    if "jumping" not in name:  # as after a cold start with a flat battery: the line is called with the wrong clock
        place.branches.stop(NORTH)
    clock.set(seconds)
    for n in range(facts):
        if "jumping" in name and n % 3 == 0:
            clock.set(seconds * (n + 1))
        scribes.one(NORTH)
        people.append(scribes.phones[-1])
    if NORTH not in place.branches.running:
        place.start(NORTH)
    began = time.monotonic()
    came = place.until(lambda: not place.ask(COUNTY, "missing", entries=scribes.entries), LIMIT)
    took = time.monotonic() - began
    found, shown = [], [0.0, 0.0]
    if came:
        for n, phone in enumerate(people):
            person = place.ask(COUNTY, "register", phone=phone, area="")["person"]
            new = f"14{number}{n:08d}"
            place.ask(COUNTY, "correct", person=person, phone=new)
            corrected.append((person, new))
        place.converge(LIMIT)

        def skewed() -> list[bool]:
            for at, who in enumerate((COUNTY, NORTH)):
                said = place.ask(who, "shown")["neighbours"][0]
                shown[at] = said["skew_ms"] / 1000
                found.append("skewed" in said["troubles"])
            return found[-2:]

        def shown_right() -> bool:
            right = [abs(clock.seconds) > 600] * 2
            return skewed() == right and abs(shown[0] - clock.seconds) < 30 and abs(shown[1] + clock.seconds) < 30

        found = [] if place.until(shown_right, LIMIT) else [f"{name}: the skew is not shown as it is"]
    else:
        found = [f"{name}: nothing came over within {LIMIT} s"]
    place.told(f"{name}: in the county after {took:.1f} s; skew shown {shown[0]:+,.0f} s and {shown[1]:+,.0f} s")
    return found
