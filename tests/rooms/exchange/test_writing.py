"""S-08: whatever stands in a cell, no exported file computes anything; and our own files come back as they were."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.exchange.reading.child import read
from jiahe.exchange.writing import comma_separated, xlsx

pytestmark = pytest.mark.once("sqlcipher")  # writes files

DANGEROUS = [
    "=1+1", "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(A1)", "＝1+1",
    "411723199001010018", "0138", "1990-01-02", "TRUE", "#REF!", "<f>1</f>", "王明",
]  # fmt: skip


def test_every_cell_of_a_workbook_is_text() -> None:
    content = xlsx(["=heading"], [[text] for text in DANGEROUS])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [cell for (cell,) in sheet.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert [cell.value for cell in cells][1:] == [text.replace("\r", "\n") for text in DANGEROUS]
    written = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in written.replace(b"&lt;f&gt;", b"")
    assert not zipfile.ZipFile(io.BytesIO(content)).testzip()


@given(st.text(max_size=30))
def test_no_cell_of_a_text_file_begins_as_a_formula_does(text: str) -> None:
    content = comma_separated(["n"], [[text]]).decode("utf-8-sig")
    (_, *rows) = csv.reader(io.StringIO(content, newline=""))
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert comma_separated(["n"], []).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("write", [xlsx, comma_separated])
def test_what_we_wrote_we_read_again(write: object) -> None:
    rows = [["姓名", "电话"], ["王明", "+85221234567"], ["=1+1", "-5"], ["@x", "01380000"]]
    content = write(rows[0], rows[1:])  # type: ignore[operator]
    assert [row.cells for row in read(content)] == rows
