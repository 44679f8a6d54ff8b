"""What may be attached to a record: a photograph or a paper, judged by its bytes before it is kept.

Photographs leave behind what cameras write about the place, the hour and the machine: where somebody lives can be read
from it. Nothing is decoded here; what is taken is shown by browsers, which do that in a confined process of their own.
"""

import re
from dataclasses import dataclass

from jiahe.journal.attachments import pdf, pictures
from jiahe.journal.problems import (
    AttachmentEmpty,
    AttachmentMisnamed,
    AttachmentOfPhone,
    AttachmentTooLarge,
    NotAttachable,
)

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
"""Of one attachment."""

_READERS = (
    (b"\xff\xd8\xff", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), pictures.jpeg),
    (b"\x89PNG\r\n\x1a\n", "image/png", ("png",), pictures.png),
    (b"RIFF", "image/webp", ("webp",), pictures.webp),
    (b"%PDF-", "application/pdf", ("pdf",), pdf.harmless),
)
"""How each begins, what it is, how its name may end, and what makes of it what is kept."""
_ENDING = re.compile(r"\.([a-z][a-z0-9]{0,7})$")


@dataclass(frozen=True, slots=True)
class Attachment:
    """What may be kept: its media type, and its content as it is to be kept, which can be less than what was sent."""

    media_type: str
    content: bytes


def as_attachment(name: str, content: bytes) -> Attachment:
    """What is kept of a file that somebody attaches. `name` is what it is called where it came from, and must not
    contradict what it is; a name without an ending contradicts nothing.

    JPEG, PNG and WebP lose everything but the picture itself and, of a JPEG, which way up it is: place, hour, camera,
    comments, thumbnails, colour profiles, and whatever was hung on behind. A PDF is kept as it is, with the name of its
    author if it has one; it must hold no program, form that sends or file (see `pdf` for how far that is looked for).

    Raises AttachmentEmpty, AttachmentTooLarge, NotAttachable, AttachmentOfPhone, AttachmentMisnamed, PictureUnreadable,
    PictureTooLarge, PdfUnreadable, PdfLocked, PdfActive.
    """
    if not content:
        raise AttachmentEmpty()
    if len(content) > MOST_BYTES:
        raise AttachmentTooLarge(most=MOST_BYTES // MEGABYTE)
    for beginning, media_type, endings, kept_of in _READERS:
        if content.startswith(beginning) and not (beginning == b"RIFF" and content[8:12] != b"WEBP"):
            said = _ENDING.search(name.lower())
            if said and said[1] not in endings:
                raise AttachmentMisnamed(ending=said[1], type=endings[0].upper())
            return Attachment(media_type, kept_of(content))
    if content[4:8] == b"ftyp" and content[8:12] in pictures.OF_PHONES:
        raise AttachmentOfPhone()
    raise NotAttachable()
