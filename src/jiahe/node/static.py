"""Static files, collected and compressed only when one of them has changed: compressing takes seconds."""

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from jiahe.ui.storage import SOURCES
from jiahe.ui.styles import words


def collect() -> bool:
    """Bring the collected files up to date; whether there was anything to do. Old ones stay, for servers that run."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    stamp = root / "made-from"
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two nodes started at once: the second finds everything made
        digest = _digest()
        if stamp.exists() and stamp.read_text("ascii") == digest:
            return False
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(digest, "ascii")
    return True


def _digest() -> str:
    # the style sheet is made of the classes that pages mention
    found = hashlib.sha256(" ".join(sorted(words([SOURCES]))).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found.update(f"{name} {storage.size(name)} {storage.get_modified_time(name).timestamp()} ".encode())
    return found.hexdigest()
