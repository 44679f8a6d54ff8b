"""`./jiahe prove NAME`: put a promise of safety to the proof on a home of its own; the code is in tests/prove/."""

import argparse

from jiahe.node.commands.bench import leave
from jiahe.node.evidence import modules, options

summary = "prove that nothing is lost, doubled, changed unseen or shown to strangers (prove alone lists the proofs)"
needs_django = False
PLACE = "tests/prove"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("name", nargs="?", choices=sorted(modules(PLACE)), help="what is to be proved")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="its own options; --help after the name tells them")


def run(args: argparse.Namespace) -> int:
    """Say what was tried and what came of it; 0 only if the promise held."""
    found = modules(PLACE)
    if args.name is None:
        for name, what in found.items():
            print(f"  ./jiahe prove {name:<9} {what.summary}")
        return 0
    proof = found[args.name]
    parser = options(f"./jiahe prove {args.name}", proof.summary)
    proof.arguments(parser)
    chosen = parser.parse_args(args.rest)
    if not getattr(proof, "needs_home", True):
        return int(proof.run(chosen))
    from benchmarks.lib import homes, measuring

    with homes.temporary(postgres=chosen.postgres):
        import django

        django.setup()
        print(measuring.machine(), flush=True)
        code = int(proof.run(chosen))
        leave()
    return code
