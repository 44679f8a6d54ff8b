# SPDX-License-Identifier: AGPL-3.0-or-later
"""The hands of a clerk at a node: a process of its own in that node's home, beside its courier, which records by the
register's own actions and tells what it finds there. It may be killed at any instant.

It reads a line of JSON, `{"do": WORD, ...}`, and answers with one: `{"said": ...}`, or `{"refused": code}`.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[3]


class Refused(Exception):
    """The node refused it; the text is the code of its Problem."""


class Gone(Exception):
    """The process died before it answered: nobody knows whether it was done."""


class Hand:
    """One such process, begun again when it is asked after its death. For several threads, which take turns."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self.killed = 0
        self._process: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()

    def ask(self, word: str, **more: object) -> Any:
        """Have it do something, and what it said. Raises Refused and Gone."""
        with self._turn:
            process = self._alive()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(json.dumps({"do": word, **more}) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except OSError as error:
                raise Gone from error
        if not line.endswith("\n"):
            raise Gone
        answer = json.loads(line)
        if "refused" in answer:
            raise Refused(answer["refused"])
        return answer["said"]

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self.killed += 1

    def end(self) -> None:
        """Let it go home."""
        if self._process is not None:
            with contextlib.suppress(OSError):
                if self._process.stdin:
                    self._process.stdin.close()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None

    def _alive(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.prove.lib.hands"], env=self.environment, cwd=PROJECT,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        return self._process


def main() -> None:
    """Answer until nobody asks any more."""
    import logging

    import django

    django.setup()
    logging.disable()
    from django.db import Error, close_old_connections

    from jiahe.basis.problem import Problem
    from tests.prove.lib import deeds

    for line in sys.stdin:
        asked = json.loads(line)
        close_old_connections()
        try:
            answer = {"said": getattr(deeds, asked.pop("do"))(**asked)}
        except Problem as problem:
            answer = {"refused": problem.code}
        except Error as error:
            answer = {"refused": f"database: {error}"}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main()
