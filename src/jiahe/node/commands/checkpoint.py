"""`./jiahe checkpoint`: a signed statement of the journal's size and root, to be kept elsewhere."""

import argparse

summary = "print a signed checkpoint of the journal, to be kept elsewhere and shown to fsck --checkpoint"
needs_tables = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Print it, in the note format of C2SP."""
    from jiahe.journal import checkpoints

    print(checkpoints.give_out(), end="")
    return 0
