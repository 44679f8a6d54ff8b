"""Signed statements of the journal's size and root, in the note format of C2SP (signed-note, tlog-checkpoint).

Whoever keeps one can prove later that the journal was not rewritten since: `verify` it, then ask for a consistency
proof from its size to today's.
"""

import base64
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jiahe.journal import merkle, storage, tree
from jiahe.journal.models import Checkpoint
from jiahe.journal.recording import turn
from jiahe.journal.tables import insert
from jiahe.journal.wiring import current

_ED25519 = b"\x01"


class Statement(NamedTuple):
    """What a checkpoint says."""

    origin: str
    size: int
    root: bytes


def write(statement: Statement, key: Ed25519PrivateKey) -> str:
    """The signed note of a statement."""
    text = f"{statement.origin}\n{statement.size}\n{base64.b64encode(statement.root).decode()}\n"
    name_hash = _key_hash(statement.origin, key.public_key().public_bytes_raw())
    signature = base64.b64encode(name_hash + key.sign(text.encode())).decode()
    return f"{text}\n— {statement.origin} {signature}\n"


def read(note: str, public_key: bytes) -> Statement:
    """The statement of a note signed with `public_key`. Raises ValueError if it is malformed or not so signed."""
    text, separator, tail = note.partition("\n\n")
    text += "\n"
    try:
        origin, size, root = text.splitlines()
        mark, name, encoded = tail.splitlines()[0].split(" ")
        signature = base64.b64decode(encoded, validate=True)
        statement = Statement(origin, int(size), base64.b64decode(root, validate=True))
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature[4:], text.encode())
    except (ValueError, IndexError, InvalidSignature) as error:
        raise ValueError("this is no checkpoint signed by that node") from error
    if not separator or mark != "—" or name != origin or signature[:4] != _key_hash(name, public_key):
        raise ValueError("this is no checkpoint signed by that node")
    return statement


def sign_now() -> str:
    """A checkpoint of the journal as it is now."""
    end = storage.end()
    return write(Statement(current().origin, end.size, merkle.root(end.frontier)), current().key)


def give_out() -> str:
    """A checkpoint that is also kept here, so that the journal cannot forget having given it."""
    with turn() as end:
        note = sign_now()
        insert(Checkpoint, [Checkpoint(size=end.size, note=note)])
    return note


def disagreement(note: str, public_key: bytes) -> str | None:
    """Why a checkpoint kept elsewhere does not fit this journal: it was cut back, or rewritten; None if it fits.

    Raises ValueError for a note that this node never signed.
    """
    statement = read(note, public_key)
    end = storage.end()
    if statement.size > end.size:
        return f"the journal has {end.size} entries; at the checkpoint it had {statement.size}"
    root = tree.subtree(0, statement.size) if statement.size else merkle.EMPTY_ROOT
    if root != statement.root:
        return f"the first {statement.size} entries are not those of the checkpoint"
    return None


def _key_hash(name: str, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]
