# SPDX-License-Identifier: AGPL-3.0-or-later
"""The system's Chromium, which the journeys walk in. Standard library only."""

from __future__ import annotations

import shutil


class ChromiumUnavailable(RuntimeError):
    """No Chromium on this machine; the message says what to do."""


def program() -> str:
    """The path of the system's Chromium or Chrome. Raises ChromiumUnavailable."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    raise ChromiumUnavailable("Chromium is not installed: apt-get install chromium fonts-noto-cjk")
