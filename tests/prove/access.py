# SPDX-License-Identifier: AGPL-3.0-or-later
"""S-01: every address, tried as stranger, in the wrong place and in the wrong role, on both databases."""

from __future__ import annotations

import argparse

from tests.prove.lib.suite import pytest

summary = "S-01: the access matrix: every address x method x role x place, on both databases"
needs_home = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing more."""


def run(args: argparse.Namespace) -> int:
    """0 if every row of the matrix is as it should be, on both databases."""
    matrix = "tests/house/test_access.py"
    return max(pytest(matrix), pytest(matrix, "--postgres"))
