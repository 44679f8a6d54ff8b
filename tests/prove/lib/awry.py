# SPDX-License-Identifier: AGPL-3.0-or-later
"""A clock that is wrong for some processes, by as much as a file says, which may change while they run.

With libfaketime everything in the process believes it, TLS too. Where that is not installed, only what the house itself
reads (`node.clock`) is wrong; the proof says which.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
_INSTEAD = """
import datetime, pathlib
import jiahe.node.clock as clock
right = clock.now
clock.now = lambda: right() + datetime.timedelta(seconds=int(pathlib.Path({path!r}).read_text()))
"""


class Clock:
    """A wrong clock, at first right."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "offset"
        self.folder = folder / "awry"
        self.library = next(_libraries(), None)
        self.seconds = 0
        self.set(0)

    def set(self, seconds: int) -> None:
        """From now on it is so much ahead."""
        self.seconds = seconds
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{seconds:+d}\n", "ascii")
        fresh.rename(self.file)

    def environment(self) -> dict[str, str]:
        """What a process must be told to believe it."""
        if self.library:
            return {
                "LD_PRELOAD": str(self.library),
                "FAKETIME_TIMESTAMP_FILE": str(self.file),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        self.folder.mkdir(exist_ok=True)
        (self.folder / "sitecustomize.py").write_text(_INSTEAD.format(path=str(self.file)), "utf-8")
        return {"PYTHONPATH": os.pathsep.join([str(self.folder), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)}


def _libraries() -> Iterator[Path]:
    """Where libfaketime may be: where the environment says, or where Debian, Fedora and Alpine put it."""
    said = Path(os.environ.get("LIBFAKETIME", "/nowhere"))
    places = [said, *Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), Path("/usr/lib64/faketime/libfaketime.so.1")]
    yield from (path for path in [*places, Path("/usr/lib/faketime/libfaketime.so.1")] if path.exists())
