"""`./jiahe bench NAME`: measure a promise of speed on a home of its own; the code is in benchmarks/."""

import argparse
import sys
from pathlib import Path

from jiahe.node.evidence import modules, options

summary = "measure how fast it is, each figure beside what was promised (bench alone lists what can be measured)"
needs_django = False
PLACE = "benchmarks"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("name", nargs="?", choices=sorted(modules(PLACE)), help="what is to be measured")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="its own options; --help after the name tells them")


def run(args: argparse.Namespace) -> int:
    """Print the figures; 0 unless a promise was missed. `--quick` only shows that the measurement works."""
    found = modules(PLACE)
    if args.name is None:
        for name, what in found.items():
            print(f"  ./jiahe bench {name:<8} {what.summary}")
        return 0
    measurement = found[args.name]
    parser = options(f"./jiahe bench {args.name}", measurement.summary)
    parser.add_argument("--home", type=Path, help="a demo home to use again (default: a new one, thrown away)")
    parser.add_argument("--quick", action="store_true", help="small and without judgement: does it work?")
    measurement.arguments(parser)
    chosen = parser.parse_args(args.rest)
    from benchmarks.lib import homes, measuring

    with homes.temporary(postgres=chosen.postgres, kept=chosen.home):
        import django

        django.setup()
        print(f"{measurement.summary}\n{measuring.machine()}", flush=True)
        figures = []
        for figure in measurement.run(chosen):
            print(figure, flush=True)
            figures.append(figure)
        leave()
    missed = sum(figure.holds is False for figure in figures)
    print("quick: not judged" if chosen.quick else f"{missed} promise(s) missed" if missed else "every promise kept")
    return 1 if missed and not chosen.quick else 0


def leave() -> None:
    """Close the connection, so that the database can be thrown away."""
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
