"""./jiahe indicators verify: count everything again from the facts, and compare with every cell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiahe.journal.values import Change

summary = "recount every indicator from the journal's facts; differ 0 must hold"
needs_tables = True
SHOWN = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """verify: the recount."""
    parser.add_argument("verb", choices=["verify"], help="recount from the facts and compare with every cell")


def run(args: argparse.Namespace) -> int:
    """0 if every cell is what the facts say; else 1, with the cells that differ."""
    from jiahe.indicators import projections, queries
    from jiahe.journal.queries import head, standing

    began = perf_counter()
    with queries.one_instant():
        entries = head().size
        expected = projections.recount(standing(), residents())
        found = projections.stored()
        told = queries.told_areas()
    different = projections.differing(expected, found)
    for (measure, span, start, area, stratum), should, does in different[:SHOWN]:
        print(f"{measure} {area} {span} {start} {stratum or '-'}: should be {should}, is {does}")
    if len(different) > SHOWN:
        print(f"... and {len(different) - SHOWN} more")
    if told:
        print(f"{told:,} area(s) are told by the nodes below; each recounts its own")
    print(f"{entries:,} entries, {len(found):,} cells, {perf_counter() - began:.1f} s: differ {len(different)}")
    return 1 if different else 0


def residents() -> Iterator[Change]:
    """Every coming and going of residents, told anew from the rows of each person in the register."""
    from jiahe.registry.projections import counted
    from jiahe.registry.queries import everybody

    return counted(life for _, life in everybody())
