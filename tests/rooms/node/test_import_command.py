"""./jiahe import people: as it is typed, killed in the middle, typed again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.only_sqlcipher
TOWNSHIP, ROWS = "411723101", 40
KILLED = """
import os, sys
import django
django.setup()
from jiahe.exchange.actions import taking
from jiahe.node.__main__ import main
from jiahe.node.commands import import_

written = []
write = taking.upsert

def kill_at_the_third(*given, **said):
    written.append(1)
    if len(written) == 3:
        os.kill(os.getpid(), 9)
    write(*given, **said)

taking.upsert, import_._PORTION = kill_at_the_third, 5
sys.exit(main(sys.argv[1:]))
"""


def typed(home: Path, *words: str, program: str = "") -> subprocess.CompletedProcess[str]:
    """A command of the node on this home; or a program that runs one."""
    around = {**os.environ, "JIAHE_HOME": str(home), "JIAHE_DATABASE": ""}
    command = [sys.executable, "-c", program] if program else [sys.executable, "-m", "jiahe.node"]
    return subprocess.run([*command, *words], env=around, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo county of 60 people, for all lists."""
    made = tmp_path_factory.mktemp("import") / "home"
    assert typed(made, "demo", "load", "--people", "60", "--until", "2026-11-23").returncode == 0
    return made


def test_a_list_killed_in_the_middle_goes_on_and_nobody_is_lost_or_doubled(home: Path, tmp_path: Path) -> None:
    file, report = tmp_path / "list.csv", tmp_path / "report.xlsx"
    names = [f"尉迟{chr(0x4E00 + 97 * n)}{chr(0x5E00 + 31 * n)}" for n in range(ROWS)]
    people = [f"{name},男,{1950 + n}-0{n % 9 + 1}-1{n % 9},河北村" for n, name in enumerate(names)]
    file.write_text("\n".join(["姓名,性别,出生日期,村", *people, "尉迟错,?,1990-01-01,河北村"]), "utf-8")
    words = ("import", "people", str(file), "--area", TOWNSHIP, "--since", "2020-01-01", "--by", "township")
    looked = typed(home, *words, "--dry-run")
    assert looked.returncode == 1, looked.stdout + looked.stderr
    assert f"{ROWS} accepted, 1 refused" in looked.stdout
    killed = typed(home, *words, "--yes", program=KILLED)
    assert killed.returncode == -9, killed.stdout + killed.stderr
    again = typed(home, *words, "--yes", "--report", str(report))
    assert f"{ROWS} registered by this import, 0 were registered already." in again.stdout, again.stdout + again.stderr
    checked = typed(home, "fsck")
    assert checked.returncode == 0, checked.stdout
    rows = list(openpyxl.load_workbook(report).active.iter_rows(values_only=True))
    assert [row[-1].split(":")[0] for row in rows[1:]] == ["registered"] * ROWS + ["refused"]


def test_who_may_not_and_what_is_no_list_is_told(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert "it is a picture" in typed(home, "import", "people", str(file)).stderr
    nobody = typed(home, "import", "people", str(file), "--by", "county")
    assert "Nobody of that user name may register people there." in nobody.stderr
    assert "is no file" in typed(home, "import", "people", str(tmp_path)).stderr
