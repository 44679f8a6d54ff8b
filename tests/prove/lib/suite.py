# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proofs that are tests already."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def pytest(*arguments: str) -> int:
    """Run these tests, seen as they go; pytest's exit code (5, if there were none, is no proof either)."""
    return subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], cwd=PROJECT, check=False).returncode
