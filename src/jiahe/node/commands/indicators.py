"""./jiahe indicators verify: count everything again from the facts, and compare with every cell."""

from __future__ import annotations

import argparse
from time import perf_counter

from jiahe.indicators import projections
from jiahe.indicators.queries import one_instant
from jiahe.journal.queries import head, standing
from jiahe.registry.queries import residence_changes

summary = "recount every indicator from the journal's facts; differ 0 must hold"
SHOWN = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """verify: the recount."""
    parser.add_argument("verb", choices=["verify"], help="recount from the facts and compare with every cell")


def run(args: argparse.Namespace) -> int:
    """0 if every cell is what the facts say; else 1, with the cells that differ."""
    began = perf_counter()
    with one_instant():
        entries = head().size
        expected = projections.recount(standing(), residence_changes())
        found = projections.stored()
    different = projections.differing(expected, found)
    for (measure, span, start, area, stratum), should, does in different[:SHOWN]:
        print(f"{measure} {area} {span} {start} {stratum or '-'}: should be {should}, is {does}")
    if len(different) > SHOWN:
        print(f"... and {len(different) - SHOWN} more")
    print(f"{entries:,} entries, {len(found):,} cells, {perf_counter() - began:.1f} s: differ {len(different)}")
    return 1 if different else 0
