# SPDX-License-Identifier: AGPL-3.0-or-later
"""S-11, the first ten and one: frauds that an officer would try at the window. Each is blocked or flagged, and the
honest deed beside it goes through, or the proof is void."""

from __future__ import annotations

import argparse

summary = "frauds at the window are blocked or flagged, honest work is not"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be chosen."""


def run(args: argparse.Namespace) -> int:
    """Try each in a county of its own; 0 if none went through."""
    from django.db import transaction

    from benchmarks.lib import homes
    from tests.lib.counter import found_counter
    from tests.prove.lib.frauds import FRAUDS, Unseen

    homes.prepare(None)
    unseen = 0
    for name, fraud in FRAUDS.items():
        for deed, label in ((fraud.tried, name), (fraud.honest, "  beside it, honestly")):
            with transaction.atomic():
                try:
                    said = deed(found_counter())
                except Unseen as seen:
                    said, unseen = f"WENT THROUGH: {seen}", unseen + 1
                print(f"{label:<32} {said}")
                transaction.set_rollback(True)
    print(f"{len(FRAUDS)} frauds, {unseen} unseen")
    return 1 if unseen else 0
