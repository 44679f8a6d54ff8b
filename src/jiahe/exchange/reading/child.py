"""The parent's side: starts the child, gives it the file, and makes rows or a Problem of what it says."""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from jiahe.basis.languages import Text
from jiahe.exchange import problems
from jiahe.exchange.reading import limits

_SOURCE = Path(__file__).resolve().parents[3]
_COMMAND = (sys.executable, "-P", "-m", "jiahe.exchange.reading")
_AROUND = {"PYTHONPATH": str(_SOURCE), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
_places = threading.BoundedSemaphore(2)
"""How many children one node has at a time, so that its memory is bounded too."""
_PATIENCE = 30


_KINDS = {
    "picture": Text("a picture", "一張圖片", "一张图片"),
    "pdf": Text("a PDF document", "一份PDF文件", "一份PDF文档"),
    "document": Text("a text document", "一份文字文件", "一份文字文档"),
    "program": Text("a program", "一個程式", "一个程序"),
    "archive": Text("an archive of files", "一個壓縮檔", "一个压缩包"),
    "database": Text("a database", "一個資料庫", "一个数据库"),
    "markup": Text("a web page or XML", "網頁或XML", "网页或XML"),
}
"""What a file is instead of a spreadsheet (`sniffing`)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number in the file, and its cells as text."""

    number: int
    cells: list[str]


def read(content: bytes) -> list[Row]:
    """All rows of a file, read in a child process. Raises FileTooLarge before anything else, and the other problems of
    files (`exchange.problems`)."""
    if len(content) > limits.FILE_BYTES:
        raise problems.FileTooLarge(most=limits.FILE_BYTES // limits.MEGABYTE)
    if not _places.acquire(timeout=_PATIENCE):
        raise problems.ReadersBusy()
    try:
        done = subprocess.run(  # noqa: S603 (our own module, in a bare environment)
            _COMMAND,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_AROUND,
            cwd="/",
            timeout=limits.WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise problems.ReadingTooLong() from error
    finally:
        _places.release()
    return _understood(done)


def _understood(done: subprocess.CompletedProcess[bytes]) -> list[Row]:
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise problems.ReadingTooLong()
    lines = done.stdout.splitlines()
    last = json.loads(lines[-1]) if lines and lines[-1].startswith(b"{") else None
    if done.returncode or last is None:
        raise problems.NeedsTooMuchMemory()
    if "refused" in last:
        values = {name: _KINDS.get(value, value) for name, value in last["values"].items()}
        raise problems.BY_CODE[last["refused"]](**values)
    return [Row(number, cells) for number, cells in map(json.loads, lines[:-1])]
