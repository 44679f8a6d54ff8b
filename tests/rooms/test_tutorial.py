# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/tutorial/first-day.md is true: its commands run for real, in a home of their own, and print what it shows."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.lib.papers import ROOT, Step, is_shown, steps

PAPER = ROOT / "docs" / "tutorial" / "first-day.md"
PATIENCE = 120
"""Seconds one command may take on a machine with other work; all of them together take about twenty."""


class Browser:
    """Somebody signed in, who reads pages and sends forms, without scripts."""

    def __init__(self, url: str, username: str) -> None:
        self.url = url
        jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open
        self.sends("/staff/sign-in/", login=username, password="jiahe-demo")

    def reads(self, address: str) -> str:
        """The page at an address."""
        with self._open(self.url + address, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def sends(self, address: str, **fields: str) -> str:
        """The page to which the form at an address leads."""
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self._main(address)))
        data = urllib.parse.urlencode({**hidden, **fields}).encode()
        with self._open(self.url + address, data, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def figure(self, name: str) -> int:
        """A number on the board."""
        found = re.search(rf'data-figure="{name}">([\d,]+)<', self.reads("/board/"))
        assert found, f"the board shows no {name}"
        return int(found[1].replace(",", ""))

    def _main(self, address: str) -> str:
        return self.reads(address).partition("<main")[2]


class Newcomer:
    """Who follows the paper: one terminal after the other, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exports = ""
        self.port = _free_port()
        self._serving: subprocess.Popen[bytes] | None = None
        ours = {name: value for name, value in os.environ.items() if not name.startswith("JIAHE_")}
        kept = {"JIAHE_ENV": os.environ["JIAHE_ENV"]} if "JIAHE_ENV" in os.environ else {}
        self._around = {**ours, **kept, "HOME": str(folder), "PYTHONUNBUFFERED": "1"}

    def does(self, step: Step) -> None:
        """One step of the paper, and a look at what it printed."""
        match step.kind:
            case "walk":
                getattr(self, f"walks_{step.text}")()
            case "sh serve":
                self._serves(step)
            case "sh":
                done = subprocess.run(
                    self._shell(step.text),
                    cwd=ROOT,
                    env=self._around,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    timeout=PATIENCE,
                    check=False,
                )
                assert done.returncode == 0, f"{step.text}\n{done.stdout}"
                assert is_shown(done.stdout, step.shown or ""), f"{step.text}\n{done.stdout}\nis not\n{step.shown}"
                self.exports += "".join(re.findall(r"^export .*\n", step.text, re.MULTILINE))
            case _:
                raise AssertionError(f"the tutorial has a block nobody runs: {step.kind}")

    def walks_birth(self) -> None:
        """Part 2 on the screens: the board, a birth, the board again; and the auditor's journal of part 3."""
        url = f"http://127.0.0.1:{self.port}"
        county, village = Browser(url, "county"), Browser(url, "village")
        births, residents = county.figure("births"), county.figure("residents")
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
        record = village.sends("/people/birth/", name="王晨曦", sex="female", on=today, area="411723101200")
        assert "王晨曦" in record
        assert "The birth is registered." in record
        assert (county.figure("births"), county.figure("residents")) == (births + 1, residents + 1)
        journal = Browser(url, "audit").reads("/journal/")
        newest = re.findall(r"<code>(\w+\.\w+@\d+)</code>", journal)[:3]
        assert sorted(newest) == ["registry.Born@1", "registry.PersonRegistered@2", "registry.RecordOpened@2"]
        assert "王晨曦" not in journal

    def walks_stop(self) -> None:
        """Ctrl-C in the first terminal."""
        if self._serving is not None:
            os.killpg(self._serving.pid, signal.SIGINT)
            try:
                self._serving.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._serving.pid, signal.SIGKILL)
                self._serving.wait()
            self._serving = None

    def _serves(self, step: Step) -> None:
        said = self.folder / "said.txt"
        with said.open("wb") as file:
            command = self._shell(f"exec {step.text.strip()} --port {self.port}")
            self._serving = subprocess.Popen(
                command, cwd=ROOT, env=self._around, stdout=file, stderr=file, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while not _answers(self.port):
            assert self._serving.poll() is None, said.read_text("utf-8")
            assert time.monotonic() < until, said.read_text("utf-8")
            time.sleep(0.1)
        printed = said.read_text("utf-8").replace(f":{self.port}", ":8000")
        assert is_shown(printed, step.shown or ""), printed

    def _shell(self, text: str) -> list[str]:
        words = text.replace(".venv/bin/python", sys.executable)
        return ["bash", "-euo", "pipefail", "-c", f"{self.exports}{words}"]


@pytest.mark.once("postgres")  # which has the time: the paper's node is one of its own
def test_a_newcomers_first_day(tmp_path: Path) -> None:
    newcomer = Newcomer(tmp_path)
    try:
        for step in steps(PAPER):
            newcomer.does(step)
    finally:
        newcomer.walks_stop()


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a 12 b\n", "a … b\n", True),
        ("x\ny\nz\n", "...\nz\n", True),
        ("z\n", "...\nz\n", True),
        ("a\nb\nc\n", "a\nc\n", False),
        ("a.b\n", "a…\n", True),
        ("axb\n", "a.b\n", False),
    ],
)
def test_dots_stand_for_what_is_left_out(printed: str, shown: str, same: bool) -> None:
    assert is_shown(printed, shown) is same


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/staff/sign-in/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
