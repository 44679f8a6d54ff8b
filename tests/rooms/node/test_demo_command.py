"""./jiahe demo as it is typed: on a home of its own, again, thrown away, and where it must not go."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once("postgres")  # which has the time: these homes are their own


def typed(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "JIAHE_HOME": str(home), "JIAHE_DATABASE": ""}
    return subprocess.run(
        [sys.executable, "-m", "jiahe.node", "demo", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_fresh_home_becomes_a_demo_once_and_can_be_thrown_away(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = typed(home, "load", "--people", "60", "--until", "2026-11-23")
    assert first.returncode == 0, first.stderr
    assert "people: 60 of 60" in first.stdout
    assert "nobody in it is a real person" in first.stdout
    assert "demo = true" in (home / "node.toml").read_text("utf-8")

    again = typed(home, "load", "--people", "60")
    assert again.returncode == 0
    assert again.stdout.endswith("The demo county is here already.\n")

    gone = typed(home, "reset")
    assert gone.returncode == 0, gone.stderr
    anew = typed(home, "load", "--people", "30", "--until", "2026-11-23")
    assert "people: 30 of 30" in anew.stdout


def test_a_node_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text('area = "411723"\ndemo = false\n', "utf-8")
    for words in (["load"], ["reset"]):
        answer = typed(tmp_path, *words)
        assert answer.returncode == 1
        assert "This node is not a demo." in answer.stderr
        assert not (tmp_path / "jiahe.db").exists()


def test_an_impossible_number_of_people_is_refused(tmp_path: Path) -> None:
    answer = typed(tmp_path, "load", "--people", "0")
    assert answer.returncode == 2
    assert "from 1 to 2,000,000 people" in answer.stderr


def test_a_database_that_another_home_wrote_is_not_thrown_away(tmp_path: Path) -> None:
    theirs, mine = tmp_path / "theirs", tmp_path / "mine"
    assert typed(theirs, "load", "--people", "20", "--until", "2026-11-23").returncode == 0
    shutil.copytree(theirs, mine)
    (mine / "keys" / "node.key").unlink()
    answer = typed(mine, "reset")
    assert answer.returncode == 1
    assert "This node is not a demo." in answer.stderr
    assert (mine / "jiahe.db").stat().st_size == (theirs / "jiahe.db").stat().st_size


def test_a_network_whose_ports_are_in_use_says_which_and_makes_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = typed(tmp_path / "home", "network", "--port", str(port), "--folder", str(tmp_path / "demo"))
    assert answer.returncode == 1
    assert f"port {port}" in answer.stderr
    assert f"its city is at http://127.0.0.1:{port}/" in answer.stderr
    assert not (tmp_path / "demo").exists()
