# SPDX-License-Identifier: AGPL-3.0-or-later
"""A county is put back to yesterday's copy of its home: it asks for what it lacks, and records nothing until it has it.

First everything recorded since the copy concerned nodes below: all of it must come back by itself, the county's own
entries under their own numbers, and whoever wants to record there before that is refused. The city, which had witnessed
more than the county now shows, must raise the alarm, and keep it: what came back stands in another order.

Then the county also recorded what concerned nobody below. That cannot come back, and neither can its numbers be given
anew: others hold later ones. The county must say how much is missing and refuse to record; the townships lose nothing
and go on among themselves. With `--early` somebody records at the county that was put back before it has heard from
anybody: two entries have one number then, and the northern township must name the fork.
"""

from __future__ import annotations

import argparse
import shutil
import time

from tests.prove.lib.branches import ALL, CITY, COUNTY, NORTH, SOUTH, VILLAGE, Site, site, verdict
from tests.prove.lib.hands import Refused
from tests.prove.lib.scribes import Scribes

summary = "a county put back to yesterday's copy: what others have comes back, what nobody has is said"
needs_home = False
FAST, DEEP = 15, 2_000
LIMIT = 60
ALARMS = {"rolled_back", "rewritten"}
"""The journal is shorter than what was witnessed; or what came back stands in another order there."""
LONELY = "411723104001"
"""A community of a township that has no node."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=FAST, help=f"by each node since the copy (default {FAST})")
    parser.add_argument("--deep", dest="facts", action="store_const", const=DEEP, help=f"{DEEP:,} of them")
    parser.add_argument("--early", action="store_true", help="control: recorded before the first contact; must fork")


def run(args: argparse.Namespace) -> int:
    """Copy, work on, put back; 0 if what can come back does, and the rest is said."""
    with site() as place:
        scribes = Scribes(place, (COUNTY, NORTH, SOUTH))
        _copy(place)
        _work(place, scribes, args.facts)
        wrong = _put_back(place, early=args.early)
        if args.early:
            return _forked(place)
        took = place.converge(LIMIT)
        place.told(f"everything is back after {took:.1f} s (limit {LIMIT} s)")
        wrong += [*scribes.judge(), *place.wrong()]
        time.sleep(20)  # a greeting later
        alarm = place.ask(CITY, "links")[0]["alarm"]
        place.told(f"the city's alarm now: {alarm or 'none'}")
        wrong += [] if alarm in ALARMS else ["the city has forgotten what it had witnessed"]
        if not wrong:
            _copy(place)
            lonely = [place.ask(COUNTY, "register", phone=f"177{n:08d}", area=LONELY)["entry"] for n in range(5)]
            _work(place, scribes, args.facts)
            wrong += _put_back(place, early=False)
            wrong += _said(place, scribes, lonely)
        return verdict(wrong)


def _copy(place: Site) -> None:
    """Yesterday's copy: nothing runs meanwhile."""
    _stop(place)
    shutil.rmtree(place.branches.folder / "copy", ignore_errors=True)
    shutil.copytree(place.branches.home(COUNTY), place.branches.folder / "copy")
    place.start(COUNTY)


def _stop(place: Site) -> None:
    place.branches.stop(COUNTY)
    place.hands[COUNTY].end()


def _work(place: Site, scribes: Scribes, facts: int) -> None:
    """Everybody works on, all agree, and the city witnesses it."""
    for _ in range(facts):
        for name in scribes.names:
            scribes.one(name)
    place.converge(LIMIT)
    head = place.ask(COUNTY, "head")
    place.until(lambda: place.ask(CITY, "witnessed", node=head["name"]) >= head["size"], LIMIT)
    seen = place.ask(CITY, "witnessed", node=head["name"])
    place.told(f"the county has {head['size']:,} entries, {head['own']:,} its own; the city witnessed {seen:,}")


def _put_back(place: Site, *, early: bool) -> list[str]:
    """The copy takes the county's place; what is wrong with what is said of it at first."""
    _stop(place)
    shutil.rmtree(place.branches.home(COUNTY))
    shutil.copytree(place.branches.folder / "copy", place.branches.home(COUNTY))
    name = place.ask(COUNTY, "head")["name"]
    place.told(f"put back: {place.ask(COUNTY, 'head')['own']:,} entries its own")
    if early:
        place.ask(COUNTY, "register", phone="17800000000", area=VILLAGE[COUNTY])
    place.start(COUNTY)
    refused = place.ask(COUNTY, "record_while_behind", phone="17800000001", area=VILLAGE[COUNTY], seconds=LIMIT)
    place.until(lambda: _alarm(place, name), LIMIT)
    alarm = _alarm(place, name)
    place.told(f"recording there: {refused}; the city's alarm: {alarm or 'none'}")
    return [] if refused == "journal.put_back" and alarm in ALARMS else ["it was not said that it was put back"]


def _alarm(place: Site, name: str) -> str:
    return next((link["alarm"] for link in place.ask(CITY, "links") if link["peer"] == name), "")


def _said(place: Site, scribes: Scribes, lonely: list[str]) -> list[str]:
    """What cannot come back: whether that is said, and whether it is all that is not there."""
    place.until(lambda: place.ask(COUNTY, "quarantined"), LIMIT)
    time.sleep(20)  # whatever would still be asked for was asked for by now
    shown = place.ask(COUNTY, "shown")
    waits = place.ask(COUNTY, "quarantined")
    lost = place.ask(COUNTY, "missing", entries=lonely)
    away = place.ask(COUNTY, "missing", entries=scribes.entries)
    gone = [one for one in away if one in place.ask(NORTH, "missing", entries=away)]
    try:
        place.ask(COUNTY, "register", phone="17800000002", area=VILLAGE[COUNTY])
        refused = ""
    except Refused as error:
        refused = str(error)
    alarm = [link["alarm"] for link in place.ask(CITY, "links")]
    code, text = place.typed(COUNTY, "node", "status")
    print(f"{len(lonely)} entries that nobody below had: {len(lost)} are gone; {len(away)} later ones wait for them:")
    print(f"  {waits}; gone from everywhere: {len(gone)}")
    print(f"  the county is behind: {shown['here']['behind']}, recording: {refused}, node status ends with {code}")
    print(f"  the city's alarm: {alarm}")
    print("  " + "\n  ".join(line.strip() for line in text.splitlines() if "LOOK AFTER" in line or "waiting" in line))
    scribes.one(NORTH)
    scribes.one(SOUTH)
    on = place.until(lambda: not place.ask(COUNTY, "missing", entries=scribes.entries[-2:]), LIMIT)
    print(f"  what the townships go on to record is taken by the county: {on}")
    found = [f"{name}: {line}" for name in ALL for line in place.ask(name, "wrong")]
    good = len(lost) == len(lonely) and not gone and shown["here"]["behind"] and refused == "journal.put_back"
    good = good and code == 1 and ALARMS.issuperset(alarm) and on and set(waits) == {"journal.entry_missing"}
    return found + ([] if good else ["what cannot come back is not said as it is"])


def _forked(place: Site) -> int:
    """Two entries have one number: who says so."""
    named = place.until(lambda: place.ask(NORTH, "quarantined").get("journal.forked"), LIMIT)
    code, text = place.typed(NORTH, "node", "status")
    print(f"the north names {named or 0} fork(s); node status there ends with {code}")
    print("  " + "\n  ".join(line.strip() for line in text.splitlines() if "LOOK AFTER" in line))
    return verdict([] if named and code == 1 else ["a fork was not named"])
