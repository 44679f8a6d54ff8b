"""What nodes say to each other, and how it travels: packed, compressed, signed by the sender for one receiver."""

import zlib
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jiahe.journal.facts import UNREADABLE
from jiahe.journal.values import Sealed

MOST_BYTES = 8 * 1024 * 1024
"""A message that unpacks to more is refused before it is unpacked further."""
_SIGNED = b"jiahe message 1\n"
Number = Annotated[int, msgspec.Meta(ge=-(1 << 62), lt=1 << 62)]
"""What every table can hold."""
Word = Annotated[str, msgspec.Meta(max_length=200, pattern=r"\A[^\x00]*\Z")]
"""A name, a code, a version."""
Term = Annotated[str, msgspec.Meta(max_length=200)]
"""The same where there are hundreds: to look for a sign that no text may hold takes longer than to read it all."""
Note = Annotated[str, msgspec.Meta(max_length=20_000, pattern=r"\A[^\x00]*\Z")]
"""A signed note of a few lines."""


class Message(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """Anything said."""


class Hello(Message, frozen=True, tag="hello", array_like=True):
    """How things stand with the sender: its version and wall clock, where its journal ends, how far it has applied the
    receiver's (`received`), how many of the receiver's own entries it holds, and what waits there.

    A node below adds the digest of the entries of its area, its checkpoint, and the proof that it grew out of the one
    that was witnessed last, of size `since`; the node above says whether its own digest `agrees`: 1, 0, or -1 as long
    as something is on the way. `ask`: the sender wants a Hello in answer. `gap`: where the last gap in the sender's
    numbers ends. Whoever says another than before was put back since: how far his journal came says nothing any more.
    """

    version: Word
    at_ms: Number
    head: Number
    received: Number
    holds: Number
    parked: Number
    quarantined: Number
    conflicts: Number
    agrees: Number = -1
    digest: bytes = b""
    checkpoint: Note = ""
    since: Number = 0
    proof: tuple[bytes, ...] = ()
    ask: bool = False
    gap: Number = 0


class Batch(Message, frozen=True, tag="batch", array_like=True):
    """Entries of the sender's journal from its position `after` (exclusive) to `upto` which concern the receiver, and
    where that journal ends. Of the `records` the receiver has not everything that happened elsewhere: he may ask.
    `gap`: where the last gap in the sender's numbers ends; behind another one the positions are of another journal."""

    after: Number
    upto: Number
    head: Number
    entries: tuple[Sealed, ...]
    records: tuple[UUID, ...] = ()
    gap: Number = 0


class Receipt(Message, frozen=True, tag="receipt", array_like=True):
    """The receiver has applied the sender's journal up to the position `received`. `lost`: what came began later."""

    received: Number
    lost: bool = False


class Witnessed(Message, frozen=True, tag="witnessed", array_like=True):
    """Your checkpoint with our signature under it; or why we do not sign it."""

    note: Note
    alarm: Word = ""


class AskOrigin(Message, frozen=True, tag="ask-origin", array_like=True):
    """Which entries of this origin do you hold that follow its number `after`? `gap`: where the last gap in the numbers
    of the origin ends, as far as the asker knows; the answer tells it again."""

    origin: Word
    after: Number
    gap: Number = 0


class AskBuckets(Message, frozen=True, tag="ask-buckets", array_like=True):
    """Our digests differ. What are your buckets?"""


class Buckets(Message, frozen=True, tag="buckets", array_like=True):
    """(area, month, count, sum) of every bucket of the lower node's area."""

    rows: tuple[tuple[Word, Word, Number, bytes], ...]


class AskLeaves(Message, frozen=True, tag="ask-leaves", array_like=True):
    """Which entries are in these buckets?"""

    places: tuple[tuple[Word, Word], ...]


class Leaves(Message, frozen=True, tag="leaves", array_like=True):
    """(origin, number, leaf) of every entry in the buckets that were asked for."""

    rows: tuple[tuple[Word, Number, bytes], ...]


class AskEntries(Message, frozen=True, tag="ask-entries", array_like=True):
    """Send these entries, by origin and number."""

    wanted: tuple[tuple[Word, Number], ...]


class AskRecords(Message, frozen=True, tag="ask-records", array_like=True):
    """Send all that happened to these records."""

    records: tuple[UUID, ...]


class Entries(Message, frozen=True, tag="entries", array_like=True):
    """Entries that were asked for, and the records that are whole with them; or those of `origin` that follow its
    number `after`, with the `gap` of the question. `waiting`: the sender is asking others, and may have more soon."""

    entries: tuple[Sealed, ...]
    records: tuple[UUID, ...] = ()
    origin: Word = ""
    after: Number = 0
    gap: Number = 0
    waiting: bool = False


class AskBlob(Message, frozen=True, tag="ask-blob", array_like=True):
    """Send this attachment from its byte `start` on."""

    name: Word
    start: Number


class Blob(Message, frozen=True, tag="blob", array_like=True):
    """A part of an attachment, `size` bytes in all; size -1: it is not here."""

    name: Word
    start: Number
    size: Number
    part: bytes


class Totals(Message, frozen=True, tag="totals", array_like=True):
    """What the cells of the sender's whole area come to: (measure, span, start, stratum, n) with the mark of each, and
    where its journal ended."""

    head: Number
    rows: tuple[tuple[Term, Term, date, Term, Number, Number], ...]


class Counted(Message, frozen=True, tag="counted", array_like=True):
    """These totals are taken: (measure, span, start, stratum, mark)."""

    rows: tuple[tuple[Term, Term, date, Term, Number], ...]


class AskSums(Message, frozen=True, tag="ask-sums", array_like=True):
    """We were put back. Of which of our sums do you have a number?"""


class Sums(Message, frozen=True, tag="sums", array_like=True):
    """Of these sums of yours there is a number here: (measure, span, start, stratum)."""

    rows: tuple[tuple[Term, Term, date, Term], ...]


ANY = (
    Hello | Batch | Receipt | Witnessed | AskOrigin | AskBuckets | Buckets | AskLeaves | Leaves | AskEntries
    | AskRecords | Entries | AskBlob | Blob | Totals | Counted | AskSums | Sums
)  # fmt: skip


class _Envelope(msgspec.Struct, frozen=True, array_like=True):
    sender: str
    to: str
    packed: bytes
    signature: bytes


encoded = msgspec.msgpack.Encoder().encode
decoded = msgspec.msgpack.Decoder(ANY).decode
_open = msgspec.msgpack.Decoder(_Envelope).decode


class Unreadable(Exception):
    """What came is no message, or not one the sender signed for us."""


class Unknown(Exception):
    """The sender signed it, and it is a message of a kind that this version does not know."""


def write(message: Message, *, sender: str, to: str, key: Ed25519PrivateKey) -> bytes:
    """The message as it travels."""
    packed = zlib.compress(encoded(message), 1)
    return encoded(_Envelope(sender, to, packed, key.sign(to_sign(sender, to, packed))))


def read(raw: bytes, *, sender: str, to: str, public_key: bytes) -> Any:
    """The message in `raw`. Raises Unreadable unless `sender` wrote it for `to`, Unknown for one of a later version."""
    try:
        envelope = _open(raw)
        if (envelope.sender, envelope.to) != (sender, to):
            raise Unreadable
        signed = to_sign(sender, to, envelope.packed)
        Ed25519PublicKey.from_public_bytes(public_key).verify(envelope.signature, signed)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(envelope.packed, MOST_BYTES)
        if unpacking.unconsumed_tail:
            raise Unreadable
    except (*UNREADABLE, InvalidSignature, zlib.error, ValueError) as error:
        raise Unreadable from error
    try:
        return decoded(content)
    except UNREADABLE as error:
        raise Unknown from error


def to_sign(sender: str, to: str, packed: bytes) -> bytes:
    """What the sender signs: whose words these are, for whom, and the words."""
    return _SIGNED + sender.encode() + b"\n" + to.encode() + b"\n" + packed
