"""Finds the measurements and proofs that stand beside the house, in `benchmarks/` and `tests/prove/`."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[3]


def modules(place: str) -> dict[str, ModuleType]:
    """Each file of the folder under the name by which it is called; `import_.py` is called "import"."""
    if str(PROJECT) not in sys.path:
        sys.path.insert(0, str(PROJECT))
    package = place.replace("/", ".")
    files = sorted((PROJECT / place).glob("[a-z]*.py"))
    return {path.stem.rstrip("_"): import_module(f"{package}.{path.stem}") for path in files}


def options(prog: str, summary: str) -> argparse.ArgumentParser:
    """A parser with what all of them take."""
    parser = argparse.ArgumentParser(prog=prog, description=summary)
    parser.add_argument(
        "--postgres", nargs="?", const="", metavar="URL",
        help="on PostgreSQL: in a database of its own on the cluster at URL, or on a throw-away cluster",
    )  # fmt: skip
    return parser
