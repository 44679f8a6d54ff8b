"""`python -m jiahe.exchange.reading`: a file on standard input, its rows on standard output, one JSON value a line.

Each row is `[number, [cells]]`; the last line is `{"end": rows}` or `{"refused": code, "values": {...}}`.
"""

import json
import sys
from collections.abc import Iterator

from jiahe.exchange.reading import confinement, limits

confinement.limit()

from jiahe.exchange.reading import sniffing, texts, workbooks  # noqa: E402 (only now are memory and time bounded)
from jiahe.exchange.reading.refusals import Refused  # noqa: E402


def main() -> int:
    """Read, say, and end. 0 also for a file that is refused: that is an answer."""
    for codec in ("utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gb2312", "cp437", "ascii", "latin-1"):
        "".encode(codec)  # codecs are modules, and modules are files
    confinement.confine()
    said = 0
    try:
        content = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
        for count, row in enumerate(_rows(content), start=1):
            line = json.dumps(row, ensure_ascii=False)
            said += len(line.encode())
            if said > limits.SAID_BYTES:
                raise Refused("too_much_text", most=limits.SAID_BYTES // limits.MEGABYTE)
            sys.stdout.write(line + "\n")
            end = count
        print(json.dumps({"end": end if said else 0}))
    except Refused as refused:
        print(json.dumps({"refused": refused.code, "values": refused.values}, ensure_ascii=False))
    except MemoryError:
        print(json.dumps({"refused": "needs_too_much_memory", "values": {}}))
    return 0


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something: their number in the file and their cells."""
    rows = workbooks.rows(content) if sniffing.is_workbook(content) else texts.rows(content)
    held = 0
    for number, cells in rows:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        held += 1
        if held > limits.ROWS + 20:  # a title and headings stand above
            raise Refused("too_many_rows", most=limits.ROWS)
        if len(cells) > limits.COLUMNS:
            raise Refused("too_many_columns", most=limits.COLUMNS)
        for place, cell in enumerate(cells, start=1):
            if len(cell) > limits.CELL:
                raise Refused("cell_too_long", row=number, column=place, most=limits.CELL)
        yield number, cells


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
