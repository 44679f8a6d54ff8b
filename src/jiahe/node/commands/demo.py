"""./jiahe demo: load the synthetic demo county; ./jiahe demo reset: throw it away."""

from __future__ import annotations

import argparse
from datetime import date
from time import perf_counter

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from jiahe.node.clock import now
from jiahe.node.demo.problems import NotADemo
from jiahe.node.home import found

summary = "load the synthetic demo county; `demo reset` throws it away"
PEOPLE, MOST, SEED = 20_000, 2_000_000, 411_723


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
        print(loaded(people=args.people, seed=args.seed, until=args.until))
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


def loaded(*, people: int = PEOPLE, seed: int = SEED, until: date | None = None) -> str:
    """Lay the tables, load the demo unless it is there, tell the progress; a sentence that says how it went."""
    from jiahe.node.demo.recording import load

    call_command("migrate", verbosity=0)
    started = perf_counter()

    def told(what: str, done: int, total: int) -> None:
        of = f" of {total:,}" if total else ""
        print(f"  {perf_counter() - started:6.1f} s  {what}: {done:,}{of}", flush=True)

    new = load(
        people,
        until or timezone.localdate(now()),
        seed,
        told,
        content=settings.JIAHE.content,
        area=settings.JIAHE.area,
        zone=timezone.get_default_timezone(),
    )
    if not new:
        return "The demo county is here already."
    return f"The demo county is loaded ({perf_counter() - started:.1f} s). Nobody in it is a real person."
