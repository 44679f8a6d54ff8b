"""`./jiahe fsck`: whether anything in the record was changed or lost."""

import argparse
from pathlib import Path

from jiahe.node.progress import bar

summary = "check every seal, the order, the tree, the attachments, and that the tables hold what the facts say"
needs_tables = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument(
        "--journal-only", action="store_true", help="leave the tables out (nobody has to wait meanwhile)"
    )
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a checkpoint kept elsewhere")


def run(args: argparse.Namespace) -> int:
    """Print what is wrong, one line each; 0 if nothing is."""
    from jiahe.journal import checkpoints, fsck, queries, wiring
    from jiahe.network import witness

    count = 0
    for finding in fsck.findings(tables=not args.journal_only, progress=bar("entries")):
        print(finding, flush=True)
        count += 1
    for path in args.checkpoint:
        try:
            wrong = checkpoints.disagreement(path.read_text("utf-8"), wiring.current().public_key)
        except ValueError as error:
            wrong = str(error)
        if wrong:
            print(f"{path}: {wrong}")
            count += 1
    for finding in witness.findings():
        print(finding)
        count += 1
    head = queries.head()
    verdict = f"{count} thing(s) wrong" if count else "nothing was changed or lost"
    print(f"journal of {head.size} entries, root {head.root.hex()}: {verdict}")
    return 1 if count else 0
