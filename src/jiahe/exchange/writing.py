"""Rows as spreadsheets that cannot do anything (S-08): every cell is text, and no text begins as a formula does.

In XLSX the type of each cell says that it is text, so it stays as it is. CSV has no types: what begins like a formula
gets an apostrophe before it, as spreadsheet programs write text, and `reading.texts` takes it off again.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TEXT_FORMAT = "@"
_WIDTH = 18


def xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet, the headings fixed above."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for place in range(len(headings)):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].width = _WIDTH
    bold = Font(bold=True)

    def cell(text: str, *, heading: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet)
        made.value = _UNWRITABLE.sub("", text)
        made.data_type = "s"  # whatever the text looks like
        made.number_format = _TEXT_FORMAT
        if heading:
            made.font = bold
        return made

    sheet.append([cell(heading, heading=True) for heading in headings])
    for row in rows:
        sheet.append([cell(text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A text file with commas, in UTF-8 with its mark, which spreadsheet programs look for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (headings, *rows):
        writer.writerow([harmless(text) for text in row])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula.

    >>> harmless("=1+1"), harmless("-5"), harmless("王明"), harmless("\\t=1")
    ("'=1+1", "'-5", '王明', "'\\t=1")
    """
    return f"'{text}" if text.startswith(_STARTS) else text
