"""The parts of a workbook before anybody opens them: how many, how large, where they lie, how they begin.

A workbook is a zip file, and a zip file can promise anything. First its end is read as plain bytes; then the directory,
which says what each part will unpack to (`zipfile` gives no more than that); then the beginnings of all XML parts.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from jiahe.exchange.reading import limits
from jiahe.exchange.reading.refusals import Refused

_END = struct.Struct("<4s4H2LH")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_NESTED = re.compile(r"\.(zip|xlsx|xlsm|xlsb|xls|docx|7z|rar|gz|jar)$", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject|xl/macrosheets|macroEnabled", re.IGNORECASE)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"")
_FAR_COLUMN = re.compile(rb"\sr=\"[A-Z]{3,}\d")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]+\d+)\"[^>]*>\s*<(?:\w+:)?f[\s>/]")
_CHUNK, _KEPT = 256 * 1024, 2048
_LONGEST_PROLOGUE = 64 * 1024
_LOCAL_HEADER = 30


def judged(content: bytes) -> io.BytesIO:
    """The file, if its end is that of a zip file with a directory of ordinary size. Raises Refused: workbook_damaged,
    too_many_parts."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or len(content) - at < _END.size:
        raise Refused("workbook_damaged")
    _, _, _, _, count, size, start, _ = _END.unpack_from(content, at)
    if count > limits.PARTS or size > limits.DIRECTORY_BYTES:
        raise Refused("too_many_parts", most=limits.PARTS)
    if start + size > len(content):
        raise Refused("workbook_damaged")
    return io.BytesIO(content)


def inspect(archive: zipfile.ZipFile) -> dict[str, str]:
    """For each sheet that holds a formula, the first cell that does.

    Raises Refused: file_encrypted, has_macros, files_inside, parts_overlap, unpacks_too_large, no_sheet, hostile_xml,
    too_many_rows, too_many_columns, workbook_damaged.
    """
    listed = archive.infolist()
    _refuse_directory(listed)
    if "xl/workbook.xml" not in {each.filename for each in listed}:
        raise Refused("no_sheet")
    found = {}
    for part in listed:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _refuse_beginning(archive, part)
    if _MACROS.search(archive.read("[Content_Types].xml").decode("utf-8", "replace")):
        raise Refused("has_macros")
    for part in listed:
        if _SHEET.fullmatch(part.filename) and (formula := _look_through(archive, part)):
            found[part.filename] = formula
        elif part.filename.endswith("sharedStrings.xml"):
            _refuse_texts(archive, part)
    return found


def _refuse_directory(listed: list[zipfile.ZipInfo]) -> None:
    if len(listed) > limits.PARTS:
        raise Refused("too_many_parts", most=limits.PARTS)
    unpacked = sum(part.file_size for part in listed)
    for part in listed:
        if part.flag_bits & 0x41:
            raise Refused("file_encrypted")
        if _MACROS.search(part.filename):
            raise Refused("has_macros")
        if _NESTED.search(part.filename):
            raise Refused("files_inside")
        large = part.file_size > limits.RATIO_FROM
        if large and part.file_size > limits.RATIO * max(part.compress_size, 1):
            raise Refused("unpacks_too_large", most=limits.UNPACKED_BYTES // limits.MEGABYTE)
        cells = _SHEET.fullmatch(part.filename) or part.filename.endswith("sharedStrings.xml")
        media = part.filename.startswith(("xl/media/", "docProps/thumbnail"))
        if part.file_size > limits.PART_BYTES and not cells and not media:
            raise Refused("unpacks_too_large", most=limits.PART_BYTES // limits.MEGABYTE)
    if unpacked > limits.UNPACKED_BYTES:
        raise Refused("unpacks_too_large", most=limits.UNPACKED_BYTES // limits.MEGABYTE)
    if len({part.filename for part in listed}) < len(listed):
        raise Refused("parts_overlap")
    end = 0
    for part in sorted(listed, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise Refused("parts_overlap")
        end = part.header_offset + _LOCAL_HEADER + part.compress_size


def _refuse_beginning(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of a workbook has a document type; where there is one, there are entities, and they are traps."""
    with archive.open(part) as source:
        head = source.read(_LONGEST_PROLOGUE)
    begun = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = re.match(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", begun)
    if not begun.startswith(b"<") or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise Refused("workbook_damaged")
    root: list[str] = []

    def hostile(*_: object) -> None:
        raise Refused("hostile_xml", part=part.filename)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = hostile
    parser.EntityDeclHandler = hostile
    parser.StartElementHandler = lambda name, _: root.append(name)
    try:
        parser.Parse(head, part.file_size <= _LONGEST_PROLOGUE)
    except expat.ExpatError as error:
        raise Refused("workbook_damaged") from error
    if not root:
        raise Refused("hostile_xml", part=part.filename)


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """The first cell with a formula; refuses what has too many rows, columns or cells, at the speed of unpacking."""
    formula, rows, cells = "", 0, 0
    for chunk in _chunks(archive, part):
        rows += chunk.count(b"<row") + chunk.count(b":row")
        cells += chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b"<c/>") + chunk.count(b":c ")
        if rows > limits.ROWS * 2 or cells > limits.ROWS * 40:
            raise Refused("too_many_rows", most=limits.ROWS)
        if any(int(row[1]) > limits.ROWS + 20 for row in _ROW.finditer(chunk)):
            raise Refused("too_many_rows", most=limits.ROWS)
        if _FAR_COLUMN.search(chunk):
            raise Refused("too_many_columns", most=limits.COLUMNS)
        if not formula and (found := _FORMULA.search(chunk)):
            formula = found[1].decode()
    return formula


def _refuse_texts(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if sum(chunk.count(b"<si>") + chunk.count(b":si>") // 2 for chunk in _chunks(archive, part)) > limits.TEXTS:
        raise Refused("too_much_text", most=limits.SAID_BYTES // limits.MEGABYTE)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part piece by piece; each begins with the end of the one before, in case tags were cut."""
    with archive.open(part) as source:
        kept = b""
        while piece := source.read(_CHUNK):
            yield kept + piece
            kept = piece[-_KEPT:]
