"""# What may be attached to a record

A photograph of a paper, or the paper as a PDF; nothing else. Every file is judged by its bytes. Its name decides
nothing, but it must not say something else. What a camera wrote about the place is never kept.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from jiahe.basis.problem import Problem
from jiahe.journal.attachments import MOST_BYTES, as_attachment
from jiahe.journal.attachments.pdf import UNPACKED_BYTES
from tests.lib.attached import PLACE, chunk, comment, exif, jpeg, objects, pdf, png, stream, webp

pytestmark = pytest.mark.once("sqlcipher")  # bytes in, bytes out


def zipped(name: str, content: bytes = b"x") -> bytes:
    """An archive with one file; office files and programs for telephones are such archives."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
HTML, SVG = b"<!DOCTYPE html><script>alert(1)</script>", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
UNSAID, SHIFTED = b"/N 1 /First 4 /Filter /Fl#61teDecode", b"/Type /ObjStm /Filter /FlateDecode /DecodeParms 9 0 R"
RUNS = b"<< /S /JavaScript /JS (app.alert(1)) >>"

# what is sent, under which name                                    | what is kept
TAKEN = {
    "with more of a marker than needed": ("a.jpg", jpeg(told=b"\xff" * 9), "image/jpeg"),
    "a photograph": ("身份证.jpg", jpeg(), "image/jpeg"),
    "its name in capitals": ("IMG_0001.JPEG", jpeg(), "image/jpeg"),
    "a name without an ending": ("scan", png(), "image/png"),
    "a name with a dot in it": ("证明 2026.11.26", png(), "image/png"),
    "a PNG": ("a.png", png(), "image/png"),
    "a WebP": ("a.webp", webp(), "image/webp"),
    "a PDF": ("a.pdf", pdf(), "application/pdf"),
    "a PDF that begins on page one": ("a.pdf", pdf(b"<< /OpenAction [2 0 R /Fit] >>"), "application/pdf"),
    "a PDF with packed objects": ("a.pdf", pdf(objects(b"<< /Type /Page >>")), "application/pdf"),
    "a PDF that leads to a site": ("a.pdf", pdf(b"<< /S /URI /URI (https://example.org) >>"), "application/pdf"),
    "a PDF that writes of actions": ("a.pdf", pdf(stream(b"(Names as /JavaScript mean)")), "application/pdf"),
    "an A3 page, 600 dots an inch": ("a.jpg", jpeg(7016, 9921), "image/jpeg"),
}

# what is sent, under which name                                    | why it is refused
REFUSED = {
    "nothing": ("a.jpg", b"", "attachment_empty"),
    "one byte more than 10 MB": ("a.jpg", jpeg() + bytes(MOST_BYTES), "attachment_too_large"),
    # another kind of file, whatever its name
    "a workbook": ("a.xlsx", zipped("xl/workbook.xml"), "not_attachable"),
    "an old workbook": ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "not_attachable"),
    "a text with formulas": ("a.csv", b'=HYPERLINK("x"),1\n', "not_attachable"),
    "an archive": ("a.zip", zipped("a.jpg", jpeg()), "not_attachable"),
    "an archive called .jpg": ("a.jpg", zipped("a.exe"), "not_attachable"),
    "a page called .jpg": ("a.jpg", HTML, "not_attachable"),
    "a drawing with a program in it": ("a.png", SVG, "not_attachable"),
    "a program for Windows": ("a.jpg", b"MZ\x90\0" + bytes(64), "not_attachable"),
    "a program for Linux": ("a.pdf", b"\x7fELF" + bytes(64), "not_attachable"),
    "a sound": ("a.webp", b"RIFF\x04\0\0\0WAVE", "not_attachable"),
    "a PDF behind something else": ("a.pdf", b"GIF89a" + pdf(), "not_attachable"),
    "a telephone's HEIC": ("a.heic", HEIC, "attachment_of_phone"),
    # a name that says something else
    "a PDF called .jpg": ("a.jpg", pdf(), "attachment_misnamed"),
    "a photograph called .pdf": ("a.pdf", jpeg(), "attachment_misnamed"),
    "a photograph called .exe": ("a.jpg.exe", jpeg(), "attachment_misnamed"),
    "a photograph called .html": ("a.html", jpeg(), "attachment_misnamed"),
    # pictures
    "a bomb of pixels, JPEG": ("a.jpg", jpeg(65_535, 65_535), "picture_too_large"),
    "a bomb of pixels, PNG": ("a.png", png(100_000, 100_000), "picture_too_large"),
    "a bomb of pixels, WebP": ("a.webp", webp(width=1 << 24, height=1 << 24), "picture_too_large"),
    "a picture without height": ("a.jpg", jpeg(8, 0), "picture_unreadable"),
    "a JPEG cut off": ("a.jpg", jpeg()[:-2], "picture_unreadable"),
    "a JPEG that only begins": ("a.jpg", b"\xff\xd8\xff", "picture_unreadable"),
    "a JPEG with a page in its place": ("a.jpg", b"\xff\xd8\xff\xfe\0\x2a" + HTML + b"\xff\xd9", "picture_unreadable"),
    "a JPEG with two frames": ("a.jpg", jpeg(told=jpeg()[2:-3]), "picture_unreadable"),
    "a PNG cut off": ("a.png", png()[:-4], "picture_unreadable"),
    "a PNG with a flipped bit": ("a.png", png().replace(b"IDAT", b"IDAU"), "picture_unreadable"),
    "a PNG without rows": ("a.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "picture_unreadable"),
    "a PNG with a part that nobody knows": ("a.png", png(told=chunk(b"EVIL", b"")), "picture_unreadable"),
    "a WebP cut off": ("a.webp", webp()[:-2], "picture_unreadable"),
    "a PNG in a million parts": ("a.png", png(told=chunk(b"tEXt", b"") * 20_000), "picture_unreadable"),
    "a JPEG in a million parts": ("a.jpg", jpeg(told=comment(b"") * 20_000), "picture_unreadable"),
    "a WebP that moves": ("a.webp", webp(flags=0x02), "picture_unreadable"),
    # PDFs that do something
    "a program": ("a.pdf", pdf(RUNS), "pdf_active"),
    "a program in disguise": ("a.pdf", pdf(b"<< /S /J#61vaScrip#74 /JS (x) >>"), "pdf_active"),
    "a program in a packed object": ("a.pdf", pdf(objects(RUNS)), "pdf_active"),
    "in an object that does not say so": ("a.pdf", pdf(objects(RUNS, UNSAID)), "pdf_active"),
    "another program started": ("a.pdf", pdf(b"<</S/Launch/F(cmd.exe)>>"), "pdf_active"),
    "an action at opening": ("a.pdf", pdf(b"<< /OpenAction 3 0 R >>"), "pdf_active"),
    "a form that sends": ("a.pdf", pdf(b"<< /S /SubmitForm /F (https://example.org) >>"), "pdf_active"),
    "a form of the other kind": ("a.pdf", pdf(b"<< /AcroForm << /XFA 5 0 R >> >>"), "pdf_active"),
    "a file inside": ("a.pdf", pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> >>"), "pdf_active"),
    "a file inside, nothing else said": ("a.pdf", pdf(stream(b"MZ", b"/Type /EmbeddedFile")), "pdf_active"),
    "a password": ("a.pdf", pdf(tail=b"trailer << /Encrypt 9 0 R >>\n%%EOF"), "pdf_locked"),
    "a PDF cut off": ("a.pdf", pdf(tail=b""), "pdf_unreadable"),
    "objects packed otherwise": (
        "a.pdf", pdf(b"<< /Type /ObjStm /N 1 /First 4 /Filter /LZWDecode >>\nstream\nxx\nendstream"), "pdf_unreadable"
    ),
    "objects that were shifted": ("a.pdf", pdf(objects(b"", SHIFTED)), "pdf_unreadable"),
    "objects that unpack to 33 MB": ("a.pdf", pdf(objects(bytes(UNPACKED_BYTES))), "pdf_unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN)
def test_what_may_be_attached(case: str) -> None:
    name, content, media_type = TAKEN[case]
    kept = as_attachment(name, content)
    assert kept.media_type == media_type
    assert as_attachment(name, kept.content) == kept, "what is kept may be attached again, and stays as it is"


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_not_be_attached_and_why(case: str) -> None:
    name, content, code = REFUSED[case]
    with pytest.raises(Problem) as refused:
        as_attachment(name, content)
    assert refused.value.code == f"journal.{code}"


PLACES = {
    "Exif": lambda: jpeg(told=exif(1)),
    "a comment": lambda: jpeg(told=comment(PLACE)),
    "behind the end of a JPEG": lambda: jpeg(after=PLACE),
    "a PNG's text": lambda: png(told=chunk(b"tEXt", b"Comment\0" + PLACE)),
    "a PNG's Exif": lambda: png(told=chunk(b"eXIf", PLACE)),
    "behind the end of a PNG": lambda: png(after=PLACE),
    "a WebP's Exif": webp,
}


@pytest.mark.parametrize("where", PLACES)
def test_where_a_photograph_was_taken_is_not_kept(where: str) -> None:
    made: Callable[[], bytes] = PLACES[where]
    sent = made()
    assert PLACE in sent
    assert PLACE not in as_attachment("", sent).content


def test_a_picture_that_says_nothing_more_is_kept_as_it_is() -> None:
    for content in (jpeg(), png()):
        assert as_attachment("", content).content == content


@pytest.mark.parametrize("order", "<>")
def test_which_way_up_a_photograph_was_held_is_kept(order: str) -> None:
    kept = as_attachment("", jpeg(told=exif(6, order))).content
    assert kept == as_attachment("", jpeg(told=exif(6, ">"))).content
    assert len(kept) == len(jpeg()) + 36
    assert as_attachment("", kept).content == kept
