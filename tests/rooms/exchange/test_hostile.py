"""S-09: each hostile file is refused with a problem of its own, in a child that has 300 MB and no way out.

How long it takes is measured by hand (`./jiahe bench` is for figures); the child's limits of memory and time hold here.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from jiahe.basis.problem import Problem
from jiahe.exchange import problems
from jiahe.exchange.reading import child, limits
from jiahe.exchange.reading.child import read
from jiahe.ui.problems import in_words
from tests.rooms.exchange.hostile import FILES, HEADINGS, PERSON, sheet, text_cell, with_sheet, workbook

pytestmark = pytest.mark.once("sqlcipher")  # reads files


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_and_it_is_said_why(name: str) -> None:
    make, code = FILES[name]
    with pytest.raises(Problem) as refused:
        read(make())
    assert refused.value.code == f"exchange.{code}"
    said = in_words(refused.value)
    assert said.what
    assert said.why
    assert said.now


def test_at_least_25_kinds_of_hostility_and_20_answers() -> None:
    assert len(FILES) >= 25
    assert len({code for _, code in FILES.values()}) >= 20


def test_a_file_too_large_is_refused_before_anything_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_COMMAND", ("/nowhere/at/all",))
    with pytest.raises(problems.FileTooLarge):
        read(b"x" * (limits.FILE_BYTES + 1))


def test_a_size_that_is_declared_and_not_there_harms_nobody() -> None:
    cells = f'<row r="1">{text_cell("A1", "姓名")}</row><row r="2">{text_cell("A2", "王明")}</row>'
    said = sheet(cells).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert [row.cells for row in read(with_sheet(said))] == [["姓名"], ["王明"]]


def test_an_honest_workbook_is_read() -> None:
    assert [row.cells for row in read(workbook())] == [HEADINGS, PERSON]


CONFINED = """
from jiahe.exchange.reading import confinement
confinement.limit()
import socket
confinement.confine()
for what in ("open('/etc/hostname')", "socket.socket()", "bytearray(400 * 1024 * 1024)"):
    try:
        eval(what)
    except (OSError, MemoryError):
        print("refused")
    else:
        print("done")
"""


def test_the_child_opens_no_file_no_connection_and_takes_no_more_memory() -> None:
    done = subprocess.run([sys.executable, "-c", CONFINED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 3


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.3)
    with pytest.raises(problems.ReadingTooLong):
        read(b"a,b\n")


def test_a_child_that_falls_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(problems.NeedsTooMuchMemory):
        read(b"a,b\n")


def test_texts_are_read_in_every_encoding_and_with_every_separator() -> None:
    for sign in ",;\t":
        text = f"姓名{sign}性别\r\n王明{sign}男\r\n"
        for codec in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
            assert [row.cells for row in read(text.encode(codec))] == [["姓名", "性别"], ["王明", "男"]], (sign, codec)


def test_what_spreadsheets_do_to_long_numbers_is_undone_or_seen() -> None:
    said = '姓名,号码\n王明,="411723199001010018"\n王二,\t411723199001010018\n王三,4.11723E+17\n王四,\'=1+1\n'
    cells = [row.cells[1] for row in read(said.encode())]
    assert cells == ["号码", "411723199001010018", "411723199001010018", "4.11723E+17", "=1+1"]
    (_, numbers) = read(workbook(["n"], [411723199001010018]))
    assert numbers.cells == ["4.11723199001010E+17"]
