"""`./jiahe translations`: the catalogue follows the sentences of the house."""

import argparse

summary = "bring the catalogue up to the sentences of the house, and list what a person still has to translate"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Update the catalogue and print what is missing; 1 if anything is."""
    from jiahe.ui import translations

    print(f"{translations.update()} sentences")
    missing = translations.missing()
    print(*missing, sep="\n")
    return 1 if missing else 0
