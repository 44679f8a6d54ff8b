"""`./jiahe proof`: that an entry stands in the journal, or that the journal only grew."""

import argparse
import json
from uuid import UUID

summary = "prove that an entry stands in the journal, or that the journal only grew since a size"
needs_tables = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is to be proved."""
    kinds = parser.add_subparsers(dest="kind", required=True)
    inclusion = kinds.add_parser("inclusion", help="that an entry stands in the journal")
    inclusion.add_argument("entry", type=UUID, help="the entry's id")
    consistency = kinds.add_parser("consistency", help="that the journal of then is the beginning of that of today")
    consistency.add_argument("old", type=int, help="how many entries it had then")
    parser.add_argument("--size", type=int, help="prove for the journal when it had this many entries (default: today)")


def run(args: argparse.Namespace) -> int:
    """Print the proof as JSON with hashes in hexadecimal, as RFC 6962 sections 2.1.1 and 2.1.2 define it."""
    from jiahe.journal import merkle, proofs

    if args.kind == "inclusion":
        inclusion = proofs.inclusion(args.entry, args.size)
        return _print(inclusion._asdict(), good=merkle.verify_inclusion(*inclusion))
    consistency = proofs.consistency(args.old, args.size)
    return _print(consistency._asdict(), good=merkle.verify_consistency(*consistency))


def _print(proof: dict[str, object], *, good: bool) -> int:
    print(json.dumps({name: _plain(value) for name, value in proof.items()}, indent=2))
    return 0 if good else 1


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    return [_plain(item) for item in value] if isinstance(value, list) else value
