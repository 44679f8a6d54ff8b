# SPDX-License-Identifier: AGPL-3.0-or-later
"""A county is put back to yesterday's copy of its home: it asks for what it lacks, and records nothing until it has it.

First everything recorded since the copy concerned nodes below: all of it must come back by itself, the county's own
entries under their own numbers. The city, which had witnessed more than the county now shows, must raise the alarm. It
must keep it, unless all stands there again in the order that was witnessed.

Then the county also recorded what concerned nobody below. That cannot come back, and neither can its numbers be given
anew: others hold later ones. The county must say how much is missing and refuse to record; the townships lose nothing
and go on among themselves. Then an operator says `./jiahe node resume` at the county and `./jiahe node accept` at the
city: all that anybody holds must be there again, the county must record, and the alarm must end.

With `--early` somebody records at the county that was put back before it has heard from anybody: two entries have one
number then, and the northern township must name the fork. The copy is put back once more, and this time `resume` comes
before anything else: all must agree, and the fork be explained.
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
            return _forked(place, scribes)
        took = place.converge(LIMIT)
        place.told(f"everything is back after {took:.1f} s (limit {LIMIT} s)")
        wrong += [*scribes.judge(), *place.wrong()]
        wrong += _judge_alarm(place)
        if not wrong:
            place.typed(CITY, "node", "accept", place.ask(COUNTY, "head")["name"], "--why", "disk failed")
            _copy(place)
            lonely = [place.ask(COUNTY, "register", phone=f"177{n:08d}", area=LONELY)["entry"] for n in range(5)]
            _work(place, scribes, args.facts)
            wrong += _put_back(place, early=False)
            wrong += _said(place, scribes, lonely)
            wrong += _resumed(place, scribes, lonely)
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


def _exchange(place: Site) -> None:
    """The copy takes the county's place, and nothing runs yet."""
    _stop(place)
    shutil.rmtree(place.branches.home(COUNTY))
    shutil.copytree(place.branches.folder / "copy", place.branches.home(COUNTY))


def _put_back(place: Site, *, early: bool) -> list[str]:
    """The copy takes the county's place; what is wrong with what is said of it at first."""
    _exchange(place)
    name = place.ask(COUNTY, "head")["name"]
    place.told(f"put back: {place.ask(COUNTY, 'head')['own']:,} entries its own")
    if early:
        place.ask(COUNTY, "register", phone="17800000000", area=VILLAGE[COUNTY])
    place.start(COUNTY)
    alarm = place.until(lambda: _alarm(place, name), LIMIT, every=0.02)
    place.told(f"the city's alarm: {alarm or 'none'}")
    return [] if alarm in ALARMS else ["it was not said that it was put back"]


def _judge_alarm(place: Site) -> list[str]:
    """A greeting later: whether the alarm stands if, and only if, what was witnessed is not in the county's journal."""
    name = place.ask(COUNTY, "head")["name"]
    time.sleep(20)
    whole, alarm = place.ask(COUNTY, "contains", note=place.ask(CITY, "signed", node=name)), _alarm(place, name)
    place.told(f"what was witnessed is there again: {whole}; the city's alarm now: {alarm or 'none'}")
    return [] if alarm == ("" if whole else "rewritten") else ["the city's alarm is not what it should be"]


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


def _resumed(place: Site, scribes: Scribes, lonely: list[str]) -> list[str]:
    """Somebody who may says that the county goes on, and at the city that it is witnessed again."""
    name = place.ask(COUNTY, "head")["name"]
    said = [place.typed(COUNTY, "node", "resume", "--why", "disk failed")]
    said.append(place.typed(CITY, "node", "accept", name, "--why", "disk failed"))
    for names in (COUNTY, NORTH, SOUTH):
        scribes.one(names)
    took = place.converge(LIMIT)
    place.told(f"resumed: all agree after {took:.1f} s")
    calm = place.until(lambda: not _alarm(place, name), LIMIT)
    gone = place.ask(COUNTY, "missing", entries=lonely)
    waits = place.ask(COUNTY, "quarantined")
    print(f"  {len(gone)} entries are lost, as was said; waiting: {waits or 'none'}; the alarm has ended: {calm}")
    found = [text for code, text in said if code]
    if not calm or waits or len(gone) != len(lonely):
        found.append("it did not go on as it should")
    return [*found, *scribes.judge(), *place.wrong()]


def _forked(place: Site, scribes: Scribes) -> int:
    """Two entries have one number: who says so."""
    named = place.until(lambda: place.ask(NORTH, "quarantined").get("journal.forked"), LIMIT)
    code, text = place.typed(NORTH, "node", "status")
    print(f"the north names {named or 0} fork(s); node status there ends with {code}")
    print("  " + "\n  ".join(line.strip() for line in text.splitlines() if "LOOK AFTER" in line))
    if not named or code != 1:
        return verdict(["a fork was not named"])
    _exchange(place)
    code, text = place.typed(COUNTY, "node", "resume", "--why", "disk failed")
    scribes.one(COUNTY)
    place.start(COUNTY)
    took = place.converge(LIMIT)
    place.told(f"put back once more, and resumed before anything else: all agree after {took:.1f} s")
    waits = place.until(lambda: not place.ask(NORTH, "shown")["here"]["quarantined"], LIMIT)
    found = [text] if code else []
    found += [] if waits else ["the fork is not explained at the north"]
    return verdict([*found, *scribes.judge(), *place.wrong()])
