"""What a file is, by its first bytes; its name is not asked."""

from jiahe.exchange.reading.refusals import Refused

_ZIP, _OLE = b"PK", bytes.fromhex("d0cf11e0a1b11ae1")
_OTHERS = {
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"RIFF": "picture",
    b"II*\0": "picture",
    b"MM\0*": "picture",
    b"%PDF": "pdf",
    b"{\\rtf": "document",
    b"\x7fELF": "program",
    b"MZ": "program",
    b"\x1f\x8b": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"BZh": "archive",
    b"\xfd7zXZ": "archive",
    b"SQLite format": "database",
}
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<table")


def is_workbook(content: bytes) -> bool:
    """Whether it is a zip file, as workbooks are; False for what may be a text. Raises Refused for what is neither."""
    if not content.strip():
        raise Refused("file_empty")
    if content.startswith(_ZIP) and content[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return True
    if content.startswith(_OLE):
        # a workbook with a password is a container of this old kind, and names its content so
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused("file_encrypted" if locked else "old_workbook")
    for beginning, what in _OTHERS.items():
        if content.startswith(beginning) and not _reads_as_text(content, beginning):
            raise Refused("not_a_spreadsheet", what=what)
    head = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_MARKUP):
        raise Refused("not_a_spreadsheet", what="markup")
    return False


def _reads_as_text(content: bytes, beginning: bytes) -> bool:
    """A heading may begin with BM or MZ; a picture or a program soon has bytes that no text has."""
    return len(beginning) == 2 and not any(byte < 9 for byte in content[:256])
