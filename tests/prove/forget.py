# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is erased is forgotten: no value of his is left in a table, an index, a file, a log, a page or another node.

People are told of whom every value occurs nowhere else, with families that stay. An officer opens, exports and erases
them over HTTP. Then each value is looked for: in every column of every table and in the database's statistics; on every
page, as every role, and by search; in the exports of their families; in the files of the home and of the build and in
what the server wrote; after a rebuild; on a node that heard of them before and on one that hears of them only now. The
same search must have found each value before, and must find those of the people who stay, or the proof is void.

The bytes of freed pages are looked at too. What is found there is told as it is; only SQLCipher's file, once its log is
written back, must hold nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.prove.lib.canaries import Canary

summary = "an erased person leaves no trace in any table, index, file, log, page or node"
FAST, DEEP = 1, 25
ROLES = ("village", "township", "window", "clinic", "county", "steward", "city", "audit", "admin")
BUILD = Path(__file__).resolve().parents[2] / "build"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=FAST, help=f"of whom everything is said (default {FAST})")
    parser.add_argument("--deep", dest="people", action="store_const", const=DEEP, help=f"{DEEP} people")
    parser.add_argument("--seed", type=int, default=7, help="of the values")
    parser.add_argument("--spare", action="store_true", help="control: nobody is erased; must find everything")


def run(args: argparse.Namespace) -> int:
    """Tell, erase, look; 0 if nothing is left."""
    from django.db import connection

    from benchmarks.lib import clerks, homes
    from jiahe.node.commands import link
    from tests.prove.lib import canaries, nodes, traces, visitors

    began, started = time.monotonic(), time.time()
    homes.prepare(40)
    flock = canaries.Flock(args.seed)
    gone = {f"person {n}": flock.full() for n in range(1, args.people + 1)}
    gone["merge undone"] = flock.unmerged()
    gone["birth cancelled"] = flock.unborn()
    gone["taken from a list"], gone["import undone"], stays = flock.brought(flock.by)
    needles = {f"{who}: {what}": text for who, one in gone.items() for what, text in one.values.items()}
    control = {f"who stays: {what}": text for what, text in stays.values.items()}
    with contextlib.redirect_stdout(io.StringIO()):
        link.run(argparse.Namespace(least=0.5, memory="200MB"))
    leaks: defaultdict[str, set[str]] = defaultdict(set)
    with nodes.built() as (early, late), tempfile.TemporaryDirectory(prefix="jiahe-forget-") as folder:
        early.hear()
        with visitors.server(Path(folder) / "server.log") as port:
            needles |= visitors.draft(port, gone["person 1"])
            void = {f"{what} (never told)" for what in needles.keys() - _everywhere(needles, traces.tables())}
            void |= {f"{what} (not at the other node)" for what in _heard(needles) - early.found(needles)}
            houses = _households(gone.values())
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")  # as the database may
            if not args.spare:
                visitors.erase_all(port, gone)
            print(f"{len(gone)} people of {len(needles)} values erased, {time.monotonic() - began:.0f} s")
            for username in ROLES:
                clerk = clerks.Clerk(port)
                clerk.log_in(username)
                leaks[f"pages as {username}"] |= visitors.visited(
                    clerk, gone.values(), houses, needles, everything=username == "steward"
                )
                if username == "county":
                    void |= {f"{what} (not found by search)" for what in visitors.unfound(clerk, control)}
            leaks["exports of the family"] |= _told_of_family(gone.values(), needles)
        for name, content in traces.files(Path(folder)):
            leaks[f"log: {name}"] |= traces.found_in(content, needles)
        early.hear()
        late.hear()
        for node, name in ((early, "a node that knew them"), (late, "a node that never knew them")):
            leaks[name] |= node.found(needles)
            void |= {f"{what} (not at {name})" for what in control.keys() - node.found(control)}
            leaks[name] |= {f"fsck: {line}" for line in node.findings()}
    for name, content in traces.tables():
        leaks[f"table {name}"] |= traces.found_in(content, needles)
    leaks["fsck, recount, rebuild"] |= _sound(needles)
    void |= {f"{what} (gone)" for what in control.keys() - _everywhere(control, traces.tables())}
    _rest(leaks, void, needles, control, started)
    return _verdict(leaks, void, time.monotonic() - began)


def _verdict(leaks: Mapping[str, set[str]], void: set[str], seconds: float) -> int:
    left = {where: found for where, found in leaks.items() if found}
    for where, found in left.items():
        kinds: defaultdict[str, int] = defaultdict(int)
        for what in found:
            kinds[re.sub(r"person \d+", "person", what)] += 1
        for what, n in sorted(kinds.items()):
            print(f"  LEFT in {where}: {what}{f' ({n})' if n > 1 else ''}")
    for what in sorted(void)[:20]:
        print(f"  VOID {what}")
    print(
        f"{len(set().union(*left.values()))} value(s) left in {len(left)} place(s), {len(void)} void; {seconds:.0f} s"
    )
    return 1 if left or void else 0


def _everywhere(needles: Mapping[str, str], blobs: Iterable[tuple[str, bytes]]) -> set[str]:
    from tests.prove.lib import traces

    return {what for _, content in blobs for what in traces.found_in(content, needles)}


def _heard(needles: Mapping[str, str]) -> set[str]:
    """What travels: all but drafts, which stay here."""
    return {what for what in needles if not what.startswith("draft")}


def _households(people: Iterable[Canary]) -> set[UUID]:
    from jiahe.registry.models import Membership

    who = [one.id for one in people]
    return set(Membership.objects.filter(person__in=who).values_list("household", flat=True))


def _told_of_family(people: Iterable[Canary], needles: Mapping[str, str]) -> set[str]:
    """What the families' own exports tell."""
    from jiahe.node.clock import now
    from jiahe.registry import queries
    from jiahe.staff.scope import founding
    from tests.prove.lib import traces

    scope = founding("", now()).scope
    told = [queries.everything(scope, relative) for one in people for relative in one.kept]
    return traces.found_in(json.dumps(told, ensure_ascii=False).encode(), needles)


def _sound(needles: Mapping[str, str]) -> set[str]:
    """What fsck and the recount find, and what a replay brings back."""
    from jiahe.journal import fsck, replay
    from jiahe.node.commands import indicators
    from tests.prove.lib import traces

    wrong = {f"fsck: {line}" for line in fsck.findings()}
    before = {name: traces.found_in(content, needles) for name, content in traces.tables()}
    replay.rebuild()
    after = {name: traces.found_in(content, needles) for name, content in traces.tables()}
    wrong |= {f"came back in {name}: {what}" for name in after for what in after[name] - before[name]}
    if indicators.run(argparse.Namespace(verb="verify")):
        wrong.add("the recount differs")
    return wrong | {f"fsck after the rebuild: {line}" for line in fsck.findings()}


def _rest(
    leaks: defaultdict[str, set[str]], void: set[str], needles: Mapping[str, str], control: Mapping[str, str], at: float
) -> None:
    """Files, and the pages in which the database keeps its rows."""
    from django.conf import settings
    from django.db import connection

    from tests.prove.lib import traces

    said = {name: len(traces.found_in(content, needles)) for name, content in traces.pages()}
    print(f"pages, nothing done: {_told(said) if said else 'this role may not read them'}")
    for folder in (settings.JIAHE.home, BUILD):
        for name, content in traces.files(Path(folder), since=at):
            leaks[f"file {name}"] |= traces.found_in(content, needles)
    steps = (
        ("VACUUM ANALYZE", "VACUUM FULL") if connection.vendor == "postgresql" else ("PRAGMA wal_checkpoint(TRUNCATE)",)
    )
    listed = {what for where, found in leaks.items() if where.startswith("table ") for what in found}
    for step in steps:
        with connection.cursor() as cursor:
            cursor.execute(step)
            if connection.vendor != "postgresql":
                cursor.fetchall()
        blobs = list(traces.pages())
        said = {name: len(traces.found_in(content, needles) - listed) for name, content in blobs}
        print(f"freed room after {step}: {_told(said)}")
    void |= {f"{what} (not in the pages)" for what in control.keys() - _everywhere(control, blobs) if blobs}
    if connection.vendor != "postgresql":
        leaks["freed pages"] |= _everywhere(needles, blobs) - listed


def _told(said: Mapping[str, int]) -> str:
    left = {name: n for name, n in said.items() if n}
    return ", ".join(f"{n} value(s) in {name}" for name, n in sorted(left.items())) or "nothing"
