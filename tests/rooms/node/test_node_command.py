"""`./jiahe node`, as it is typed, in homes of its own; joining and carrying are shown by the proofs and the journey."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from jiahe.network import certificates
from jiahe.node import clock

pytestmark = pytest.mark.once("sqlcipher")  # commands that ask no database in a way of its own


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county that has nobody above it."""
    home = tmp_path_factory.mktemp("county") / "home"
    code, text = typed(home, "init", "--level", "county", "--area", "411723")
    assert (code, "411723" in text) == (0, True)
    assert typed(home, "users")[0] == 0  # makes the tables, which to go on again does not
    return home


def typed(home: Path, *words: str) -> tuple[int, str]:
    """What the command ends with, and what it says."""
    environment = {**os.environ, "JIAHE_HOME": str(home), "JIAHE_DATABASE": ""}
    command = [sys.executable, "-W", "error", "-m", "jiahe.node", "node", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_whoever_is_invited_is_among_those_who_may_come_to_the_cluster(home: Path) -> None:
    _, before = typed(home, "users")
    code, text = typed(home, "invite", "--area", "411723101")
    assert code == 0
    assert re.search(r"^\S+:\d+/411723101/township#(\w{4}-){12}\w{4}$", text, re.MULTILINE)
    _, after = typed(home, "users")
    assert after.count("nkey") == before.count("nkey") + 1


def test_a_node_is_not_invited_for_an_area_outside(home: Path) -> None:
    code, text = typed(home, "invite", "--area", "411724101")
    assert code != 0
    assert "411724101 is not below this node" in text


def test_a_pipe_above_is_called_elsewhere_only_with_the_certificate_it_shows(home: Path, tmp_path: Path) -> None:
    code, text = typed(home, "above", "--servers", "127.0.0.1:4222")
    assert (code, "none above it" in text) == (1, True)
    paper, _ = certificates.make(tmp_path, "411723-0123456789abcdef", at=clock.now())
    for servers, certificate, said in (
        ("nowhere", paper, "is no HOST:PORT"),
        ("127.0.0.1:1", home / "node.toml", "holds no certificate"),
    ):
        code, text = typed(home, "cluster", "--servers", servers, "--certificate", str(certificate))
        assert (code, said in text) == (1, True), text
    code, text = typed(home, "cluster", "--servers", "127.0.0.1:1,127.0.0.1:2", "--certificate", str(paper))
    assert (code, text.count("does not answer yet")) == (0, 2), text
    assert tomllib.loads((home / "node.toml").read_text("utf-8"))["cluster"] == "127.0.0.1:1,127.0.0.1:2"


def test_a_node_that_was_put_back_says_so_and_to_whom(home: Path) -> None:
    code, text = typed(home, "resume", "--why", "disk failed")
    assert code == 0
    name = re.search(r"node accept (411723-[0-9a-f]{16}) --why", text)
    assert name
    code, text = typed(home, "accept", name[1], "--why", "disk failed")
    assert code != 0, "nobody accepts his own past"
    assert "There is no node" in text
    assert typed(home, "status")[0] == 0


def test_what_is_no_node_yet_says_how_to_begin(tmp_path: Path) -> None:
    code, text = typed(tmp_path, "status")
    assert code == 1
    assert "node init" in text
