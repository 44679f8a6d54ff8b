# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges everything that can be judged without running the product, and mends what a machine can mend."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tooling.ready import ENV, PYTHON, ROOT, make_ready, say

# Bracketed letters, so that this line does not itself name what it looks for.
REGISTRY = r'--(extra-)?index-url|"resolved": *"http|registry *= *http|py[p]i\.org|python[h]osted|npm[j]s\.(org|com)'
DJANGO = [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings=jiahe.node.settings"]
CHECKS: dict[str, Sequence[object]] = {
    "types": [PYTHON, "-m", "mypy"],
    "style": [PYTHON, "-m", "ruff", "check", "--output-format=concise"],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--output-format=concise"],
    "rooms": [PYTHON, ENV / "bin" / "lint-imports"],
    "migrations": DJANGO,
    "packages": [PYTHON, "-m", "pip", "check"],
    "words and papers": [PYTHON, "-m", "jiahe.node", "check"],
}
FIXES = (
    ["-m", "ruff", "check", "--fix"],
    ["-m", "ruff", "format"],
    ["-c", "from jiahe.ui import translations; print(translations.update(), 'sentences in the catalogue')"],
)


def check(_: list[str]) -> int:
    """Run every check, two at a time; 0 if all are good."""
    make_ready(front=False)
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(2) as pool:
        surroundings = {**os.environ, "JIAHE_HOME": home, "JIAHE_DATABASE": ""}

        def judge(name: str) -> str:
            done = _quietly(CHECKS[name], surroundings)
            say(f"{name}: {'NOT GOOD' if done.returncode else 'good'}")
            return f"\n-- {name} --\n{done.stdout}{done.stderr}" if done.returncode else ""

        complaints = list(filter(None, pool.map(judge, CHECKS)))
    if named := _registry_hosts():
        complaints.append(f"\n-- hosts: no file may name a package registry --\n{named}")
    say(f"hosts: {'NOT GOOD' if named else 'good'}")
    print("".join(complaints))
    print(f"check: {len(complaints)} NOT GOOD" if complaints else "check: all good")
    return 1 if complaints else 0


def fix(_: list[str]) -> int:
    """Mend style and format and bring the message catalogue up to date; 0 if a machine could mend all of it."""
    make_ready(front=False)
    codes = [subprocess.run([PYTHON, *words], cwd=ROOT, check=False).returncode for words in FIXES]
    return max(codes)


def _registry_hosts() -> str:
    """Lines of our files that name a package registry: a well-known one, or one this machine is set up with."""
    configured = ""
    for command in ([PYTHON, "-m", "pip", "config", "list"], ["npm", "config", "get", "registry"]):
        with contextlib.suppress(FileNotFoundError):  # no npm: then none is set up
            configured += _quietly(command).stdout
    hosts = set(re.findall(r"https?://(?:[^/@\s]*@)?([\w-]+(?:\.[\w-]+)+)", configured)) - {"127.0.0.1"}
    patterns = [word for pattern in [REGISTRY, *map(re.escape, hosts)] for word in ("-e", pattern)]
    done = _quietly(["git", "grep", "--untracked", "-nIE", *patterns])
    return done.stdout if done.returncode in {0, 1} else f"git grep could not look: {done.stderr}"


def _quietly(command: Sequence[object], surroundings: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
