"""Files as nobody should bring them, each made on the fly; and a workbook as it should be, for comparison."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADINGS = ["姓名", "性别", "出生日期"]
PERSON = ["王明", "男", "1990-01-02"]


def workbook(*rows: list[object]) -> bytes:
    """A workbook as a spreadsheet program writes it."""
    book = openpyxl.Workbook()
    for row in rows or (HEADINGS, PERSON):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(replaced: dict[str, bytes], *, stored: bool = False) -> bytes:
    """That workbook with some of its parts replaced or added."""
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet(inside: str, *, before: str = "") -> bytes:
    """A sheet with this between its rows' brackets."""
    said = f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'
    return said.encode()


def with_sheet(content: bytes) -> bytes:
    """A workbook whose one sheet is this."""
    return with_parts({"xl/worksheets/sheet1.xml": content})


def text_cell(place: str, text: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def zip_bomb() -> bytes:
    """150 MB of nothing, packed into 150 KB."""
    return with_sheet(sheet(" " * 150_000_000))


def gigabyte_declared() -> bytes:
    """A part whose directory entry says it unpacks to one gigabyte."""
    content = with_sheet(sheet("<row><c/></row>" * 1000))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    return content[: at + 24] + struct.pack("<L", 1_000_000_000) + content[at + 28 :]


def overlapping() -> bytes:
    """Many directory entries that lead to one packed kernel, as in quine-like bombs."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = sheet("<row/>" * 50_000)
    kernel = packed.compress(body) + packed.flush()
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(body), len(kernel), len(body), 1, 0)
    entries = b""
    names = ["xl/workbook.xml", *(f"xl/worksheets/s{n}.xml" for n in range(60))]
    for name in names:
        fields = (20, 20, 0, 8, 0, 0, zlib.crc32(body), len(kernel), len(body), len(name), 0, 0, 0, 0, 0, 0)
        entries += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *fields) + name.encode()
    start = len(local) + 1 + len(kernel)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(names), len(names), len(entries), start, 0)
    return local + b"a" + kernel + entries + end


def laughs() -> bytes:
    """Ten entities, each ten times the one before."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return with_sheet(
        sheet(f"<row>{text_cell('A1', '&e9;')}</row>", before=f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>')
    )


def reading_elsewhere() -> bytes:
    """An entity that stands for a file of the machine."""
    before = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return with_sheet(sheet(f"<row>{text_cell('A1', '&e;')}</row>", before=before))


def hidden_doctype() -> bytes:
    """The same, behind a comment so long that nobody would look so far."""
    before = f"<!--{' ' * 70_000}--><!DOCTYPE x [<!ENTITY e 'x'>]>"
    return with_sheet(sheet(f"<row>{text_cell('A1', '&e;')}</row>", before=before))


def in_another_encoding() -> bytes:
    """A sheet in UTF-16, in which no byte pattern would be found."""
    before = '<!DOCTYPE x [<!ENTITY e "x">]>'
    said = sheet("<row/>", before=before).decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    return with_sheet(said.encode("utf-16"))


def encrypted_zip() -> bytes:
    """A zip file whose parts have a password."""
    content = bytearray(workbook())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    return bytes(content)


def far_cell() -> bytes:
    """One cell in the last row and the last column there can be."""
    cell = text_cell("XFD1048576", "x")
    return with_sheet(sheet(f'<row r="1">{text_cell("A1", "姓名")}</row><row r="1048576">{cell}</row>'))


def many_rows() -> bytes:
    """300,000 rows of one cell."""
    return with_sheet(sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{n * n}</v></c></row>' for n in range(1, 300_001))))


def wide() -> bytes:
    """100,000 columns of a text file."""
    return ("a,b,c\n" + "," * 40_000 + "x\n").encode()


def wide_workbook() -> bytes:
    """A row of 16,000 cells."""
    from openpyxl.utils import get_column_letter

    cells = "".join(text_cell(f"{get_column_letter(n)}1", "x") for n in range(1, 16_001))
    return with_sheet(sheet(f'<row r="1">{cells}</row>'))


def picture() -> bytes:
    """A picture called .csv."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40


def password_workbook() -> bytes:
    """What a spreadsheet program writes when a password was set."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def text_document() -> bytes:
    """A document of a word processor."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return out.getvalue()


def macros() -> bytes:
    """A workbook with a program."""
    return with_parts({"xl/vbaProject.bin": b"\0" * 100})


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (zip_bomb, "unpacks_too_large"),
    "one gigabyte declared": (gigabyte_declared, "unpacks_too_large"),
    "styles of 9 MB": (lambda: with_parts({"xl/styles.xml": b"<s>" + b"ab" * 5_000_000}), "unpacks_too_large"),
    "a workbook in a workbook": (lambda: with_parts({"xl/embeddings/a.xlsx": workbook()}), "files_inside"),
    "parts over each other": (overlapping, "parts_overlap"),
    "600 parts": (lambda: with_parts({f"xl/media/{n}.png": b"x" for n in range(600)}), "too_many_parts"),
    "billion laughs": (laughs, "hostile_xml"),
    "external entity": (reading_elsewhere, "hostile_xml"),
    "document type far in": (hidden_doctype, "hostile_xml"),
    "xml in utf-16": (in_another_encoding, "workbook_damaged"),
    "xml that breaks off": (lambda: with_sheet(sheet("<row>")[:60]), "workbook_damaged"),
    "truncated": (lambda: workbook()[:-200], "workbook_damaged"),
    "not a zip": (lambda: b"PK\x03\x04" + b"nonsense " * 1000, "workbook_damaged"),
    "another document": (text_document, "no_sheet"),
    "zip with a password": (encrypted_zip, "file_encrypted"),
    "workbook with a password": (password_workbook, "file_encrypted"),
    "workbook of 1997": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2048, "old_workbook"),
    "macros": (macros, "has_macros"),
    "formula": (lambda: workbook(HEADINGS, ["王明", "男", "=TODAY()"]), "has_formulas"),
    "formula in a text": (lambda: "姓名,备注\n王明,\"=cmd|'/c calc'!A0\"\n".encode(), "has_formulas"),
    "last cell there can be": (far_cell, "too_many_rows"),
    "300,000 rows": (many_rows, "too_many_rows"),
    "16,000 columns": (wide_workbook, "too_many_columns"),
    "40,000 columns of text": (wide, "too_many_columns"),
    "400,000 lines": (lambda: b"a,b\n" * 400_000, "too_many_rows"),
    "endless line": (lambda: b"a" * 5_000_000, "endless_line"),
    "a book in a cell": (lambda: ("a,b\n" + "x" * 5000 + ",y\n").encode(), "cell_too_long"),
    "quotation mark never closed": (lambda: ('a,b\n"x,y\n' + "c,d\n" * 20_000).encode(), "quote_left_open"),
    "wrong encoding": (lambda: "姓名,性別\n王小明,男\n歐陽震華,男\n".encode("big5"), "wrong_encoding"),
    "no encoding at all": (lambda: bytes(range(128, 256)) * 20, "wrong_encoding"),
    "zero bytes": (lambda: b"name,sex\nA\0B,male\n", "nul_bytes"),
    "control characters": (lambda: b"name,sex\nA\x1b[2JB,male\n", "not_text"),
    "picture": (picture, "not_a_spreadsheet"),
    "program": (lambda: b"\x7fELF" + bytes(500), "not_a_spreadsheet"),
    "web page": (lambda: b"<html><table><tr><td>x", "not_a_spreadsheet"),
    "nothing": (lambda: b" \n \n", "file_empty"),
}
"""Name -> how it is made, and the code of the problem it must meet."""
