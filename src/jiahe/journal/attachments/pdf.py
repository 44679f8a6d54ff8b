"""Whether a PDF only shows something. It is looked through for what can act, as text; it is not opened.

A PDF is a tree of dictionaries whose keys are names, some of them packed into object streams. The names that start a
program, send what was filled in, or bring other files along are looked for wherever they may stand, however their
letters are written. That finds what programs write, and plain hiding. It does not find what somebody hides who builds a
file against this very search; so a PDF is given out as a download, never opened within a page.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

from jiahe.journal.problems import PdfActive, PdfLocked, PdfUnreadable

UNPACKED_BYTES = 32 * 1024 * 1024
"""All object streams of a file together; of a book they are some millions."""
_TAIL = 2048
"""A PDF says that it ends within so many bytes of its end."""


def _name(*words: str) -> bytes:
    """A pattern for any of these names, each of whose letters may also be written as # and two digits."""
    spelled = ("".join(f"(?:{letter}|(?i:#{ord(letter):02x}))" for letter in word) for word in words)
    return f"/(?:{'|'.join(spelled)})".encode() + rb"(?![^\x00\t\n\f\r ()<>\[\]{}/%])"


_ACTS = re.compile(
    _name("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToE", "RichMedia", "XFA")
    + rb"|"
    + _name("EmbeddedFile", "EmbeddedFiles")
    + rb"|"
    + _name("OpenAction")
    + rb"[\x00\s]*+(?!\[)"  # in brackets it only says on which page to begin, as office programs do
)
_LOCKED = re.compile(_name("Encrypt"))
_DECLARED, _FIRST, _COUNT = (re.compile(_name(word)) for word in ("ObjStm", "First", "N"))
_PACKED, _PREPARED = (re.compile(_name(word)) for word in ("Filter", "DecodeParms"))
_STREAM = re.compile(rb"stream\r?\n?")


def harmless(content: bytes) -> bytes:
    """The same PDF. Raises PdfActive for one that can do more than be looked at, PdfLocked for one with a password,
    PdfUnreadable for one that is cut off, or packed in a way that cannot be looked through."""
    if b"%%EOF" not in content[-_TAIL:]:
        raise PdfUnreadable()
    if _LOCKED.search(content):
        raise PdfLocked()
    if _ACTS.search(content) or any(_ACTS.search(text) for text in _objects(content)):
        raise PdfActive()
    return content


def _objects(content: bytes) -> Iterator[bytes]:
    """What the object streams of a PDF say. Pieces between the word "stream" are, by turns, what says of a stream what
    it is and what is in it; where a file is not built so, too much is unpacked, not too little."""
    left = UNPACKED_BYTES
    for before, within in pairwise(_STREAM.split(content)):
        declared = _DECLARED.search(before) is not None
        if not declared and not (_FIRST.search(before) and _COUNT.search(before)):
            continue
        if not _PACKED.search(before):
            continue  # it was read with the rest
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(within, left + 1)
        except zlib.error as error:
            if declared:
                raise PdfUnreadable() from error
            continue
        left -= len(text)
        if left < 0 or (declared and (not unpacking.eof or _PREPARED.search(before))):
            raise PdfUnreadable()
        yield text
