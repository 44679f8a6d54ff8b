"""Pictures piece by piece: what shows the picture is kept, all else is left out, and nothing is decoded.

Each function gives the picture without what tells of place, hour and camera. It raises PictureUnreadable for one that
is cut off, damaged or built otherwise than cameras and scanners build them, PictureTooLarge for one with too many
pixels, however few bytes they take.
"""

import re
import struct
import zlib

from jiahe.journal.problems import PictureTooLarge, PictureUnreadable

MOST_PIXELS = 80_000_000
"""A page of A3 scanned at 600 dots an inch has 70 million; four bytes each in the memory of whoever looks at it."""
MOST_PARTS = 20_000
"""Of a file; programs write hundreds."""
MOST_SCANS = 64
"""Of a progressive JPEG; programs write about ten. Each costs the browser a pass over the whole picture."""

OF_PHONES = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
"""Brands of HEIF: most browsers cannot show them."""

_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended, progressive: what browsers show."""
_NEEDED = {0xC4, 0xDB, 0xDD, 0xEE}
"""Segments without which it cannot be shown: its tables, how often it begins anew, how its colours are mixed."""
_FILL = re.compile(rb"\xff+")
"""A marker may have more of these before it than the one it begins with."""
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SHOWN_PNG = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"}
_SHOWN_WEBP = {b"VP8 ", b"VP8L", b"ALPH"}
_ALPHA, _MOVES = 0x10, 0x02


def jpeg(content: bytes) -> bytes:
    """A JPEG without its metadata; which way up it was held is said anew."""
    kept, frames, scans, turned, place = [b"\xff\xd8"], 0, 0, 1, 2
    for _ in range(MOST_PARTS):
        marker, said, after = _segment(content, place)
        if marker == 0xD9:
            break
        if marker in _FRAMES:
            frames += 1
            _refuse_large(*_frame_size(said))
        elif marker == 0xDA:
            scans += 1
            found = _NEXT_MARKER.search(content, after)
            if not frames or found is None:
                raise PictureUnreadable()
            after = found.start()
        elif marker == 0xE1 and said.startswith(b"Exif\0\0"):
            turned = _turned(said[6:])
        if marker in _FRAMES | _NEEDED | {0xDA}:
            kept.append(content[place:after])
        elif not 0xE0 <= marker <= 0xEF and marker != 0xFE:
            raise PictureUnreadable()
        place = after
    else:
        raise PictureUnreadable()
    if frames != 1 or not 1 <= scans <= MOST_SCANS:
        raise PictureUnreadable()
    if turned != 1:
        kept.insert(1, _turning(turned))
    return b"".join([*kept, b"\xff\xd9"])


def png(content: bytes) -> bytes:
    """A PNG without its metadata, and still if it moved."""
    kept, place = [content[:8]], 8
    seen: set[bytes] = set()
    for _ in range(MOST_PARTS):
        if place + 12 > len(content):
            raise PictureUnreadable()
        (length,) = struct.unpack_from(">I", content, place)
        kind, end = content[place + 4 : place + 8], place + 12 + length
        if end > len(content) or zlib.crc32(content[place + 4 : end - 4]) != int.from_bytes(
            content[end - 4 : end], "big"
        ):
            raise PictureUnreadable()
        if (kind == b"IHDR") != (not seen) or (kind == b"IHDR" and length != 13):
            raise PictureUnreadable()
        if kind == b"IHDR":
            _refuse_large(*struct.unpack_from(">II", content, place + 8))
        if kind in _SHOWN_PNG:
            kept.append(content[place:end])
        elif kind[:1].isupper():  # whoever does not know it cannot show the picture
            raise PictureUnreadable()
        seen.add(kind)
        place = end
        if kind == b"IEND":
            break
    if not {b"IDAT", b"IEND"} <= seen:
        raise PictureUnreadable()
    return b"".join(kept)


def webp(content: bytes) -> bytes:
    """A WebP without its metadata. One that moves is refused."""
    kept, place, pictures = [], 12, 0
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise PictureUnreadable()
    for _ in range(MOST_PARTS):
        if place >= end:
            break
        kind, length = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        said, after = content[place + 8 : place + 8 + length], place + 8 + length + length % 2
        if after > end:
            raise PictureUnreadable()
        if kind == b"VP8X":
            if length != 10 or place != 12 or said[0] & _MOVES:
                raise PictureUnreadable()
            _refuse_large(1 + int.from_bytes(said[4:7], "little"), 1 + int.from_bytes(said[7:10], "little"))
            kept.append(kind + content[place + 4 : place + 8] + bytes([said[0] & _ALPHA]) + said[1:])
        elif kind in _SHOWN_WEBP:
            if kind != b"ALPH":
                pictures += 1
                _refuse_large(*_webp_size(kind, said))
            kept.append(content[place:after])
        place = after
    if pictures != 1 or place < end:
        raise PictureUnreadable()
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _segment(content: bytes, place: int) -> tuple[int, bytes, int]:
    """The marker at this place of a JPEG, what its segment says, and where the next one begins."""
    filled = _FILL.match(content, place)
    if filled is None or filled.end() == len(content):
        raise PictureUnreadable()
    place, marker = filled.end() - 1, content[filled.end()]
    if marker == 0xD9:
        return marker, b"", place + 2
    length = int.from_bytes(content[place + 2 : place + 4], "big")
    after = place + 2 + length
    if length < 2 or after > len(content):
        raise PictureUnreadable()
    return marker, content[place + 4 : after], after


def _frame_size(said: bytes) -> tuple[int, int]:
    if len(said) < 6 or said[0] != 8 or len(said) != 6 + 3 * said[5]:
        raise PictureUnreadable()
    height, width = struct.unpack_from(">HH", said, 1)
    return width, height


def _webp_size(kind: bytes, said: bytes) -> tuple[int, int]:
    if kind == b"VP8 " and len(said) >= 10 and said[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", said, 6)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and len(said) >= 5 and said[0] == 0x2F:
        sizes = int.from_bytes(said[1:5], "little")
        return (sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1
    raise PictureUnreadable()


def _refuse_large(width: int, height: int) -> None:
    if not width or not height:
        raise PictureUnreadable()
    if width * height > MOST_PIXELS:
        raise PictureTooLarge(width=width, height=height, most=MOST_PIXELS // 1_000_000)


def _turned(exif: bytes) -> int:
    """Which way up the camera was held, 1 to 8, as Exif says; 1 (upright) if it says nothing that can be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * number)
            if (tag, kind) == (0x0112, 3):
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turning(turned: int) -> bytes:
    """An Exif segment that says this and nothing else."""
    said = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said
