# SPDX-License-Identifier: AGPL-3.0-or-later
"""A-01: axe finds nothing on the pages as every role, in every state, light and dark."""

from __future__ import annotations

import argparse
import os

from tests.prove.lib.suite import pytest

summary = "A-01: axe in the system's Chromium finds nothing on any page"
needs_home = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing more."""


def run(args: argparse.Namespace) -> int:
    """0 if axe found nothing, and there was something to look at."""
    os.environ["AXE_EVERY_ROLE"] = "1"
    return pytest("tests/journeys", "-k", "axe")
