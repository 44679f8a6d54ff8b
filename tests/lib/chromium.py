# SPDX-License-Identifier: AGPL-3.0-or-later
"""The system's Chromium, in which the journeys walk, without what of it nobody sees. Standard library only."""

from __future__ import annotations

import os
import shutil

# Each window draws these, pages of their own around the address bar, at more cost than most of our pages.
_UNSEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# What Playwright turns off by itself: the last list is the one that counts, so it is said again with ours.
_AS_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)


class ChromiumUnavailable(RuntimeError):
    """No Chromium on this machine; the message says what to do."""


def program() -> str:
    """The path of the system's Chromium or Chrome. Raises ChromiumUnavailable."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    raise ChromiumUnavailable("Chromium is not installed: apt-get install chromium fonts-noto-cjk")


def arguments() -> list[str]:
    """What it is started with: nothing but pages is drawn, and without a graphics card; root has no sandbox."""
    light = ["--disable-gpu", f"--disable-features={','.join((*_AS_PLAYWRIGHT, *_UNSEEN))}"]
    return light + ["--no-sandbox"] * (os.geteuid() == 0)
