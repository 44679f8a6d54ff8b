"""How an entry is sealed: header, salted content, leaf, signature.

    content    = canonical JSON [fact, why]
    commitment = SHA-256(salt || content)                    16 random bytes of salt
    leaf       = SHA-256(0x00 || header || commitment)       a leaf of RFC 6962 section 2.1
    signature  = Ed25519 over "jiahe entry 1" || leaf        by the origin node

Without salt and content the leaf still proves that something was there, and tells nothing of what it was.
`suite` in the header names these algorithms, so others may follow.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from jiahe.journal.facts import encode

SUITE = "sha256-ed25519"
SALT_BYTES = 16
_SIGNED = b"jiahe entry 1"
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_REMEMBERED = 32_000
_seen: set[tuple[bytes, bytes, bytes]] = set()


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What stays readable for ever: who, when, where, which kind; `about` is a random id, never a name."""

    about: UUID | None
    area: str
    at_ms: int
    clock: int
    id: UUID
    kind: str
    officer: str
    origin: str
    origin_seq: int
    post: str
    suite: str = SUITE
    voids: UUID | None


read_header = msgspec.json.Decoder(Header, strict=True).decode
_read_content = msgspec.json.Decoder(tuple[msgspec.Raw, str]).decode


def content_of(fact: object, why: str) -> bytes:
    """The canonical content of a fact and its reason. Raises ValueError for a text with U+0000 in it."""
    content = encode((fact, why))
    if holds_nul(content):
        raise ValueError("a text holds U+0000")
    return content


def holds_nul(raw: bytes) -> bool:
    """Whether a text in this canonical JSON holds U+0000: PostgreSQL keeps it in no text, so nobody may say it."""
    return b"\\u0000" in raw and _NUL.search(raw) is not None


def split(content: bytes) -> tuple[bytes, str]:
    """The fact's bytes and the reason in `content`."""
    body, why = _read_content(content)
    return bytes(body), why


def commit(salt: bytes, content: bytes) -> bytes:
    """The salted commitment to a content."""
    return hashlib.sha256(salt + content).digest()


def leaf_of(header: bytes, commitment: bytes) -> bytes:
    """The Merkle leaf hash of an entry."""
    return hashlib.sha256(b"\x00" + header + commitment).digest()


def sign(key: Ed25519PrivateKey, leaf: bytes) -> bytes:
    """The origin's signature of a leaf, 64 bytes."""
    return key.sign(_SIGNED + leaf)


def is_signed(public_key: bytes, leaf: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of the holder of `public_key` (32 bytes) over `leaf`."""
    if (public_key, leaf, signature) in _seen:
        _seen.discard((public_key, leaf, signature))  # asked once: then it is in the journal
        return True
    try:
        _holder(public_key).verify(_SIGNED + leaf, signature)
    except CryptoError:
        return False
    return True


def is_remembered(public_key: bytes, leaf: bytes, signature: bytes) -> bool:
    """Whether to check it takes no time."""
    return (public_key, leaf, signature) in _seen


def remember(public_key: bytes, pairs: Sequence[tuple[bytes, bytes]]) -> None:
    """These leaves and signatures were checked already, in another process of this node."""
    if len(_seen) + len(pairs) > _REMEMBERED:
        _seen.clear()
    _seen.update((public_key, leaf, signature) for leaf, signature in pairs)


@lru_cache(256)
def _holder(public_key: bytes) -> VerifyKey:
    return VerifyKey(public_key)
