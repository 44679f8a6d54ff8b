"""Text files: which encoding, which separator, and the cells."""

import csv
import io
import re
import statistics
from collections.abc import Iterator

from jiahe.exchange.reading import limits
from jiahe.exchange.reading.refusals import Refused

SEPARATORS = ",;\t"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x9f]")
_TRIED_LINES, _TRIED_SIGNS = 20, 20_000
_LEAST_COMMON = 0.5
_AS_TEXT = re.compile(r'="([^"]*)"')
_PREFIXED = re.compile(r"'(?=[=+\-@\t\r])")


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text file: the line on which each ends, and its cells.

    Raises Refused: nul_bytes, wrong_encoding, not_text, endless_line, too_many_rows, has_formulas.
    """
    text = decoded(content)
    if text.count("\n") > 3 * limits.ROWS:
        raise Refused("too_many_rows", most=limits.ROWS)
    _refuse_endless(text)
    csv.field_size_limit(limits.LINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    try:
        for cells in reader:
            yield reader.line_num, [_cell(cell, reader.line_num) for cell in cells]
    except csv.Error as error:
        raise Refused("quote_left_open", row=reader.line_num) from error


def decoded(content: bytes) -> str:
    """The text, by its mark of order if it has one, else UTF-8, else GB 18030.

    >>> decoded("姓名".encode("gb18030")), decoded("姓名".encode("utf-16")), decoded("姓名".encode())
    ('姓名', '姓名', '姓名')
    """
    known = next((codec for mark, codec in _BOMS if content.startswith(mark)), None)
    if known is None and b"\0" in content:
        raise Refused("nul_bytes", place=content.index(b"\0") + 1)
    for codec in [known] if known else ["utf-8", "gb18030"]:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "gb18030" and not _reads_as_chinese(text):
            continue
        if "\0" in text:
            raise Refused("nul_bytes", place=text.index("\0") + 1)
        if hidden := _CONTROL.search(text):
            raise Refused("not_text", place=hidden.start() + 1)
        return text
    raise Refused("wrong_encoding")


def separator(text: str) -> str:
    """The separator by which most lines fall into most cells.

    >>> separator("name;sex\\nA, B;male"), separator("name\\tsex"), separator("name")
    (';', '\\t', ',')
    """
    lines = [line for line in text[:_TRIED_SIGNS].splitlines() if line.strip()][:_TRIED_LINES]

    def cells(sign: str) -> float:
        return statistics.median([len(row) for row in csv.reader(lines, delimiter=sign)] or [1])

    return max(SEPARATORS, key=cells)


def _reads_as_chinese(text: str) -> bool:
    """Almost any bytes can be read as GB 18030; but only in Chinese text are most signs among the 3,755 common ones."""
    signs = [sign for sign in text[:_TRIED_SIGNS] if "\u3400" <= sign <= "\u9fff"]
    foreign = [sign for sign in text[:_TRIED_SIGNS] if "\ue000" <= sign <= "\uf8ff"]
    common = sum(0xB0 <= coded[0] <= 0xD7 for sign in signs if len(coded := sign.encode("gb2312", "ignore")) == 2)
    return not foreign and bool(signs) and common >= _LEAST_COMMON * len(signs)


def _refuse_endless(text: str) -> None:
    start = 0
    while len(text) - start > limits.LINE:
        end = text.find("\n", start, start + limits.LINE + 1)
        if end < 0:
            end = text.find("\r", start, start + limits.LINE + 1)
        if end < 0:
            raise Refused("endless_line", line=text.count("\n", 0, start) + 1, most=limits.LINE)
        start = end + 1


def _cell(cell: str, line: int) -> str:
    """The cell without what spreadsheets put before digits to keep them text, and without our own mark of text."""
    if _PREFIXED.match(cell):
        return cell[1:].strip()
    if whole := _AS_TEXT.fullmatch(cell):
        return whole[1].strip()
    if cell.startswith("="):
        raise Refused("has_formulas", cell=f"{line}")
    return cell.strip()
