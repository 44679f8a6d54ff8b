"""./jiahe demo: load the synthetic demo county; ./jiahe demo reset: throw it away."""

from __future__ import annotations

import argparse
from datetime import date
from time import perf_counter

from django.conf import settings
from django.core.management import call_command

from jiahe.node.demo.parameters import PEOPLE, SEED
from jiahe.node.demo.problems import NotADemo
from jiahe.node.home import found

summary = "load the synthetic demo county; `demo reset` throws it away"
MOST = 2_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after ./jiahe demo."""
    parser.add_argument("step", nargs="?", choices=["load", "reset"], default="load")
    parser.add_argument("--people", type=_people, default=PEOPLE, help=f"residents on the first day ({PEOPLE:,})")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same county")
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
