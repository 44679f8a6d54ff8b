"""Files that somebody attaches, each made by code: as they should be, and as nobody should send them."""

from __future__ import annotations

import struct
import zlib

PLACE = b"32.96N 114.63E"
"""Where a photograph was taken, in whatever form its kind of file can say it."""


def jpeg(width: int = 8, height: int = 8, *, told: bytes = b"", after: bytes = b"") -> bytes:
    """A grey JPEG of one block; `told` stands between its beginning and its tables, `after` behind its end."""
    tables = _segment(0xDB, b"\0" + b"\1" * 64)
    for table in (0x00, 0x10):
        tables += _segment(0xC4, bytes([table, 1, *[0] * 15, 0]))
    frame = _segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    scan = _segment(0xDA, b"\1\1\0\0\x3f\0")
    return b"\xff\xd8" + told + tables + frame + scan + b"\x3f" + b"\xff\xd9" + after


def exif(turned: int, order: str = ">") -> bytes:
    """What a camera writes into a JPEG: which way up it was held, and where."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    orientation = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)
    place = struct.pack(f"{order}HHII", 0x010E, 2, len(PLACE), 8 + 2 + 24 + 4)
    return _segment(0xE1, b"Exif\0\0" + head + struct.pack(f"{order}H", 2) + place + orientation + bytes(4) + PLACE)


def comment(text: bytes) -> bytes:
    """A comment in a JPEG."""
    return _segment(0xFE, text)


def png(width: int = 2, height: int = 2, *, told: bytes = b"", after: bytes = b"") -> bytes:
    """A white PNG of one row's worth of bytes, however large it says it is."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"\0\xff\xff" * 2)
    return b"\x89PNG\r\n\x1a\n" + head + told + chunk(b"IDAT", rows) + chunk(b"IEND", b"") + after


def chunk(kind: bytes, said: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))


def webp(*, width: int = 1, height: int = 1, flags: int = 0x08, told: bytes = PLACE) -> bytes:
    """A lossless WebP of one pixel in its extended form, with what `told` says of the place."""
    canvas = bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    pixel = bytes.fromhex("2f00000010071011118888fe0700")
    parts = _part(b"VP8X", canvas) + _part(b"VP8L", pixel[:13]) + _part(b"EXIF", told)
    return b"RIFF" + struct.pack("<I", 4 + len(parts)) + b"WEBP" + parts


def pdf(*said: bytes, tail: bytes = b"trailer << /Root 1 0 R >>\n%%EOF\n") -> bytes:
    """A PDF with a catalogue, a page, and one object for each of what is said."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", *said]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % numbered for numbered in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + tail


def stream(text: bytes, said: bytes = b"/Filter /FlateDecode") -> bytes:
    """A packed stream of a PDF."""
    packed = zlib.compress(text, 1)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (said, len(packed), packed)


def objects(text: bytes, said: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") -> bytes:
    """An object stream: other objects, packed."""
    return stream(b"9 0 " + text, said)


def _segment(marker: int, said: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(said) + 2) + said


def _part(kind: bytes, said: bytes) -> bytes:
    return kind + struct.pack("<I", len(said)) + said + b"\0" * (len(said) % 2)
