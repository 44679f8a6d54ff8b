"""From the tables of one version to those of the next: migrate, then replay the journal into them."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command

from jiahe.journal import queries, replay
from jiahe.node.bulk import bulk
from jiahe.node.home import pending
from jiahe.window import projections
from jiahe.window.definitions import days, services

OWED = "replay-owed"
TOLD_BY = "cases-told-by"
"""Says by which calendar and services the days of open cases were counted."""


def upgrade(home: Path, *, say: Callable[[str], None], progress: Callable[[int, int], None]) -> None:
    """Bring the tables up to this version. A note in `home` says that a replay is owed, so that one who is killed
    between the two steps does not leave numbers of the version before."""
    owed = home / OWED
    if pending():
        _note(owed)
    call_command("migrate", verbosity=0)
    if owed.exists():
        if queries.head().size:
            say("The tables have changed with this version; replaying the journal into them ...")
            with bulk():
                replay.rebuild(progress)
        owed.unlink()


def retell_cases(home: Path, *, say: Callable[[str], None]) -> None:
    """Count the days of open cases anew if the calendar or a service has changed since they were counted; each page
    then shows beside the new day the one that was promised."""
    calendar = days()
    told_by = (sorted(calendar.off), sorted(calendar.worked), sorted(calendar.years), services())
    note, now = home / TOLD_BY, hashlib.sha256(repr(told_by).encode()).hexdigest()
    before = note.read_text("ascii") if note.exists() else now  # a home without one has no case of another calendar
    if before != now and (moved := projections.retell_all()):
        say(f"The calendar or a service has changed: {moved:,} cases are due on another day")
    note.write_text(now, "ascii")


def _note(path: Path) -> None:
    """Write the note so that it outlasts a power cut: the file, then its name in the folder."""
    for name, flags in ((path, os.O_WRONLY | os.O_CREAT), (path.parent, os.O_RDONLY)):
        descriptor = os.open(name, flags, 0o600)
        os.fsync(descriptor)
        os.close(descriptor)
