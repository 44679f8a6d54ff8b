# SPDX-License-Identifier: AGPL-3.0-or-later
"""One code, two nodes: the first is admitted, the second refused in clear words, the first once more told the same.

One after the other, and both at the same instant: exactly one of them comes in. The first node "once more" is a copy of
its home as it was before the answer reached it: the same keys, the same code.
"""

from __future__ import annotations

import argparse
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.prove.lib.branches import COUNTY, Site, site, typed, verdict

summary = "two nodes with the same code: one is admitted, the other refused, the same one again told the same"
needs_home = False
FAST, DEEP = 1, 20
REFUSED = "This invitation is not open."
AREA = "411723103"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--times", type=int, default=FAST, help=f"races of two for one code (default {FAST})")
    parser.add_argument("--deep", dest="times", action="store_const", const=DEEP, help=f"{DEEP} races")


def run(args: argparse.Namespace) -> int:
    """Join, and join again; 0 if exactly one of two came in each time."""
    with site(names=(COUNTY,), laptop=True) as place:
        wrong = _in_turn(place)
        for number in range(args.times):
            wrong += _at_once(place, number)
        nodes = place.typed(COUNTY, "node", "status")[1].count(f"township of {AREA}")
        place.told(f"the county has {nodes} nodes below it, of {args.times + 1} codes")
        wrong += [] if nodes == args.times + 1 else ["not one node for each code"]
        return verdict([*wrong, *place.wrong()])


def _code(place: Site) -> str:
    port = place.branches.by_name[COUNTY].pipe
    said = place.typed(COUNTY, "node", "invite", "--area", AREA, "--reach", f"127.0.0.1:{port}")[1]
    return said.split()[0]


def _home(place: Site, name: str) -> Path:
    return place.branches.folder / name


def _in_turn(place: Site) -> list[str]:
    code, first, twin, second = _code(place), *(_home(place, name) for name in ("first", "twin", "second"))
    nowhere = code.replace(code.partition("/")[0], "127.0.0.1:1")
    unreached = typed(first, "node", "join", nowhere)
    shutil.copytree(first, twin)
    came = _join(first, code)
    refused = _join(second, code)
    again = _join(twin, code)
    joined = typed(first, "node", "join", code)
    for what, (number, said) in {
        "nobody there": unreached,
        "first": came,
        "second": refused,
        "first again": again,
        "first, which knows": joined,
    }.items():
        first_line = next((line for line in said.splitlines() if "WARNING" not in line), "")
        place.told(f"{what}: {number}, {first_line}")
    same = _name(first) == _name(twin)
    place.told(f"the first and the first again are one node: {same}")
    return [
        *(["the first was not let in"] if came[0] else []),
        *([] if refused[0] and REFUSED in refused[1] else ["the second was not refused in clear words"]),
        *(["the same node again was not told the same"] if again[0] or not same else []),
        *([] if joined[0] and "has a node above it already" in joined[1] else ["who joined was not told so"]),
        *([] if unreached[0] and "does not answer" in unreached[1] else ["who reached nobody was not told so"]),
    ]


def _at_once(place: Site, number: int) -> list[str]:
    code = _code(place)
    homes = [_home(place, f"{side}-{number}") for side in ("left", "right")]
    for home in homes:  # both are ready and differ only in their keys
        typed(home, "node", "join", code.replace(code.partition("/")[0], "127.0.0.1:1"))
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda home: _join(home, code), homes))
    codes = sorted(code for code, _ in both)
    clear = all(REFUSED in said for code, said in both if code)
    place.told(f"both at once: exit codes {codes}, the refused one told so: {clear}")
    return [] if codes == [0, 1] and clear else [f"both at once: {both}"]


def _join(home: Path, code: str) -> tuple[int, str]:
    """Join, asking again while the county's pipe has not yet heard of the invitation: it is told once a second."""
    end = time.monotonic() + 30
    while True:
        number, said = typed(home, "node", "join", code)
        if number == 0 or time.monotonic() > end:
            return number, said
        if REFUSED in said and time.monotonic() > end - 25:
            return number, said
        time.sleep(0.5)


def _name(home: Path) -> str:
    return typed(home, "node", "status")[1].split()[0]
