# SPDX-License-Identifier: AGPL-3.0-or-later
"""A node as its users meet it: `up` in a process of its own, on a free port, with a small demo county in its own home.

It can be killed without warning and started again on the same home. Whatever happens, it does not outlive its block.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds a start may take, the demo county included, on a machine with other work."""


DATABASE = "jiahe_served"


class NotServing(RuntimeError):
    """The node did not come up; the message is what it said."""


class Served:
    """A node in a process of its own. `url` stays the same when it is started again."""

    def __init__(self, home: Path, *, people: int, database: str = "") -> None:
        self.home, self.people = home, people
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._said = home / "said.txt"
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None
        ours = {name: value for name, value in os.environ.items() if not name.startswith("JIAHE_")}
        self._around = {
            **ours,
            "JIAHE_HOME": str(home / "node"),
            "JIAHE_DATABASE": database,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "jiahe.node.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self) -> None:
        """Start it and wait until it answers. Raises NotServing if it ends, fails, or takes too long."""
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                [*self._command("up"), "--port", str(self.port), "--people", str(self.people)],
                env=self._around,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        # holds the reading end of a pipe: when we are gone, however that came, the node goes too
        self._watcher = subprocess.Popen(
            ["/bin/sh", "-c", 'read _; kill -9 "$0" 2>/dev/null', str(self._process.pid)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise NotServing(self.said())
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9: nothing of it gets to finish anything. Harmless if it does not run."""
        if self._process is not None:
            self._process.kill()
            if self._watcher is not None:
                self._watcher.communicate()
            self._process.wait()
            self._process = self._watcher = None

    def ask(self, word: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the node's commands on the same home, as an operator would."""
        return self._run([*self._command(word), *arguments])

    def beside(self, program: str, *arguments: str) -> str:
        """Run a few lines of Python on the same home, with Django; what they print. Raises NotServing if they fail."""
        done = self._run([sys.executable, "-c", f"import sys, django\ndjango.setup()\n{program}", *arguments])
        if done.returncode:
            raise NotServing(done.stderr)
        return done.stdout

    def said(self) -> str:
        """The last things it printed."""
        return self._said.read_text("utf-8", "replace")[-3000:] if self._said.exists() else ""

    def _command(self, word: str) -> list[str]:
        return [sys.executable, "-m", "jiahe.node", word]

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self._around, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/staff/sign-in/", timeout=5) as answer:  # noqa: S310 - our own node
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            error.close()
            raise NotServing(self.said()) from error
        except OSError:
            return False


@contextlib.contextmanager
def serving(*, people: int = 600, cluster: str = "") -> Iterator[Served]:
    """A running node, in a database of its own if the URL of a PostgreSQL is given; at the end all of it is gone."""
    with (
        tempfile.TemporaryDirectory(prefix="jiahe-served-") as folder,
        _database(cluster) if cluster else contextlib.nullcontext("") as database,
    ):
        node = Served(Path(folder), people=people, database=database)
        try:
            node.start()
            yield node
        finally:
            node.kill()


@contextlib.contextmanager
def _database(url: str) -> Iterator[str]:
    """A new database beside the one of the URL; its own URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield urlsplit(url)._replace(path=f"/{DATABASE}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
