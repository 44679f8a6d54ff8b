"""`./jiahe link`: who may be registered twice, in the whole register."""

from __future__ import annotations

import argparse
from time import perf_counter

summary = "find likely doubles in the whole register, for the steward's queue"
needs_tables = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """How sure, and how much memory."""
    parser.add_argument("--least", type=float, default=0.5, help="probability from which a pair is kept (0.5)")
    parser.add_argument("--memory", default="1GB", help="what DuckDB may use before it goes to disk (1GB)")


def run(args: argparse.Namespace) -> int:
    """Replace the pairs of the last pass; 0."""
    from jiahe.node.clock import now
    from jiahe.node.progress import bar
    from jiahe.registry.projections.pairs import replace_pairs
    from jiahe.registry.queries.linking import homes_of, records
    from jiahe.registry.queries.people import people
    from jiahe.registry.rules.linkage.register import likely_doubles
    from jiahe.staff.scope import founding

    began, scope = perf_counter(), founding("", now()).scope
    size, show = people(scope).count(), bar("records")
    found = list(
        likely_doubles(records(scope), least=args.least, memory=args.memory, told=lambda done, _: show(done, size))
    )
    compared = perf_counter() - began
    replace_pairs(found, homes_of(scope, {who for pair in found for who in (pair.left, pair.right)}))
    print(f"{size:,} records compared in {compared:.1f} s: {len(found):,} likely doubles, kept for the steward's queue")
    return 0
