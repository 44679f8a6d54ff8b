"""./jiahe demo: a city, a county and two townships on this machine, with cables that can be pulled.

./jiahe demo load: load the synthetic demo county into this home; ./jiahe demo reset: throw it away.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from time import perf_counter, sleep

from django.conf import settings
from django.core.management import call_command

from jiahe.node.commands.up import unavailable
from jiahe.node.demo.branches import CITY, COUNTY, NORTH, SOUTH, Branch, Branches, planned
from jiahe.node.demo.parameters import PEOPLE, SEED
from jiahe.node.demo.problems import NotADemo
from jiahe.node.home import found

summary = "a city, a county and two townships on this machine, with cables that can be pulled"
MOST = 2_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after ./jiahe demo."""
    parser.add_argument("step", nargs="?", choices=["network", "load", "reset", "furnish"], default="network")
    parser.add_argument("--people", type=_people, default=PEOPLE, help=f"residents on the first day ({PEOPLE:,})")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same county")
    parser.add_argument("--folder", type=Path, default=Path("var/demo"), help="where the homes of a network are")
    parser.add_argument("--port", type=int, default=8010, help="the first of the 24 ports of a network (8010)")
    parser.add_argument("--until", type=date.fromisoformat, help="the day after the last event (today)")


def _people(typed: str) -> int:
    """A number of people. Raises ArgumentTypeError outside 1 to MOST."""
    number = int(typed.replace(",", "").replace("_", ""))
    if not 1 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST:,} people")
    return number


def run(args: argparse.Namespace) -> int:
    """Do the step; 0 if it went well. Raises NotADemo, HalfLoaded."""
    from jiahe.node.demo.resetting import reset

    if args.step == "network":
        return _network(args)
    if args.step == "furnish":
        return _furnish()
    _be_a_demo()
    if args.step == "reset":
        reset()
        print("The demo is gone; this node is empty.")
    else:
        _load(args)
    return 0


def _be_a_demo() -> None:
    """A home that was never set up becomes a demo's. Raises NotADemo for one that was set up as something else."""
    from jiahe.node.demo.resetting import empty

    node = settings.JIAHE
    if node.demo:
        return
    if (node.home / "node.toml").exists() or not empty():
        raise NotADemo
    found(node.home, area=node.area, demo=True)


def _load(args: argparse.Namespace) -> None:
    from jiahe.node.demo.recording import load

    call_command("migrate", verbosity=0)
    started = perf_counter()

    def told(text: str) -> None:
        print(f"{perf_counter() - started:6.1f} s  {text}", flush=True)

    load(args.people, args.until, args.seed, told)


TOLD = """
A city, a county and two townships of it run on this machine, each with a database of its own:

  city      http://127.0.0.1:{city}    log in as: city
  county    http://127.0.0.1:{county}    county, window, audit, admin and others
  north     http://127.0.0.1:{north}    township, window, village, clinic
  south     http://127.0.0.1:{south}    the same, of the other township

The password is jiahe-demo everywhere. What is saved in a township stands in the county a moment later, and counts in
the city. On the page "Network" of each node you see how far the others are, and can pull the cable to the node above:
go on working, edit the same person at the county meanwhile, put the cable back, and watch both agree.

Ctrl-C ends all of them; the same command goes on where they were. Homes and logs: {folder}
"""


def _network(args: argparse.Namespace) -> int:
    """Make the nodes ready, start them, say where they are, and wait."""
    started = perf_counter()
    planning = planned(args.port)
    if trouble := _in_use(planning):
        other = args.port + 100
        print(f"The network cannot begin: {trouble}", file=sys.stderr)
        print(f"If it runs already, its city is at http://127.0.0.1:{args.port}/", file=sys.stderr)
        print(f"For another beside it: ./jiahe demo --port {other} --folder var/demo-{other}", file=sys.stderr)
        return 1

    def told(text: str) -> None:
        print(f"{perf_counter() - started:6.1f} s  {text}", flush=True)

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends this one ends all that it started
    with Branches(args.folder.resolve(), planning) as branches:
        told(f"Making the homes ready; the county gets {args.people:,} invented people ...")
        branches.prepare(args.people)
        branches.start(CITY)
        branches.wait_for_pages(CITY)
        for name in (COUNTY, NORTH, SOUTH):
            told(f"{name} joins {branches.by_name[name].above} ...")
            branches.join(name)
            branches.start(name)
            branches.wait_for_pages(name)
        told("What concerns each node comes to it ...")
        for name in (CITY, NORTH, SOUTH):
            while "window" not in (furnished := branches.typed(name, "demo", "furnish")) and name != CITY:
                sleep(1)
            told(f"{name}: {furnished.strip()}")
        ports = {branch.name: branch.web for branch in planning}
        print(TOLD.format(folder=branches.folder, **ports), flush=True)
        while all(process.poll() is None for process in branches.running.values()):
            sleep(1)
        died = [name for name, process in branches.running.items() if process.poll() is not None]
        print(f"{', '.join(died)} ended by itself; its log is in {branches.folder}", flush=True)
    return 1


def _in_use(planning: Sequence[Branch]) -> str | None:
    """The first port that somebody has already, or None."""
    for port in chain.from_iterable((branch.web, branch.pipe, branch.cable) for branch in planning):
        if trouble := unavailable("127.0.0.1", port):
            return f"port {port}: {trouble}"
    return None


def _furnish() -> int:
    """Open the demo's accounts at a node of a network."""
    from jiahe.node.clock import now
    from jiahe.node.demo.furnishing import furnish
    from jiahe.staff.session import civil_day

    at = now()
    print("accounts:", *furnish(on=civil_day(at), at=at))
    return 0
