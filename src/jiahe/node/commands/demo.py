"""./jiahe demo: load the synthetic demo county; ./jiahe demo reset: throw it away."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from time import perf_counter

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from jiahe.basis.problem import Problem
from jiahe.node.clock import now
from jiahe.node.demo.problems import NotADemo
from jiahe.node.demo.recording import load
from jiahe.node.demo.resetting import reset

summary = "load the synthetic demo county; `demo reset` throws it away"
PEOPLE, SEED = 20_000, 411_723


def arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after ./jiahe demo."""
    parser.add_argument("step", nargs="?", choices=["load", "reset"], default="load")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"residents on the first day ({PEOPLE:,})")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same county")
    parser.add_argument("--until", type=date.fromisoformat, help="the day after the last event (today)")


def run(args: argparse.Namespace) -> int:
    """Do the step; 0 if it went well."""
    try:
        if not settings.JIAHE.demo:
            raise NotADemo
        if args.step == "reset":
            reset()
            print("The demo is gone; the node is empty.")
            return 0
        return _load(args)
    except Problem as problem:
        print(f"{problem.what} {problem.why} {problem.now}", file=sys.stderr)
        return 1


def _load(args: argparse.Namespace) -> int:
    call_command("migrate", verbosity=0)
    started = perf_counter()
    until = args.until or timezone.localdate(now())
    done = load(
        args.people,
        until,
        args.seed,
        lambda what, done, total: print(_line(what, done, total, perf_counter() - started), flush=True),
        content=settings.JIAHE.content,
        area=settings.JIAHE.area,
        zone=timezone.get_default_timezone(),
    )
    print(
        f"The demo county is loaded ({perf_counter() - started:.1f} s)." if done else "The demo county is here already."
    )
    return 0


def _line(what: str, done: int, total: int, seconds: float) -> str:
    share = f" of {total:,}" if total else ""
    return f"  {seconds:6.1f} s  {what}: {done:,}{share}"
