"""Workbooks (XLSX): what their directory says is judged first, then each part by its beginning, then the cells."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from jiahe.exchange.reading import limits, parts
from jiahe.exchange.reading.refusals import Refused

_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, EOFError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, NotImplementedError, OSError),
)
"""What openpyxl raises where a workbook is not as it should be."""
_PRECISE = 10**15


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first visible sheet: their numbers and cells.

    Raises Refused for whatever `parts` finds, and: workbook_damaged, has_formulas, no_sheet.
    """
    try:
        archive = zipfile.ZipFile(parts.judged(content))
        with_formulas = parts.inspect(archive)
        yield from _cells(content, with_formulas)
    except _DAMAGED as error:
        raise Refused("workbook_damaged") from error


def _cells(content: bytes, with_formulas: dict[str, str]) -> Iterator[tuple[int, list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet: Any = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
    if sheet is None:
        raise Refused("no_sheet")
    if place := with_formulas.get(sheet._worksheet_path.lstrip("/")):
        raise Refused("has_formulas", cell=place)
    sheet.reset_dimensions()  # what it declares of its size is often wrong, and may be a trap
    for number, row in enumerate(sheet.iter_rows(max_col=limits.COLUMNS + 1, values_only=True), start=1):
        yield number, [text_of(value) for value in row]


def text_of(value: object) -> str:
    """A cell's value as text. A number too long to be exact in a spreadsheet shows it, so that nobody trusts it.

    >>> text_of(datetime(1990, 1, 2)), text_of(13800000001.0), text_of(411723199001010018), text_of(None)
    ('1990-01-02', '13800000001', '4.11723199001010E+17', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case int() | float() if abs(value) >= _PRECISE:
            return f"{value:.14E}"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
    return re.sub(r"_x000[dD]_", "", str(value)).strip()
