"""`./jiahe rebuild`: the tables anew, out of the facts."""

import argparse
import time

from jiahe.node.progress import bar

summary = "empty every projected table and replay the journal into it"
needs_tables = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Rebuild; always 0, or an error and the tables as they were."""
    from jiahe.journal import replay
    from jiahe.node.bulk import bulk

    began = time.perf_counter()
    with bulk():
        count = replay.rebuild(bar("entries"))
    seconds = time.perf_counter() - began
    print(f"{count} entries replayed in {seconds:.1f} s ({count / seconds:,.0f} a second)")
    return 0
