"""The node above signs what the node below says of its journal, if that grew out of what it signed before.

So nobody below can put the past back or write it anew unseen. The signature is a cosignature of C2SP tlog-cosignature
(version 1), under a note of C2SP signed-note.
"""

import base64
import hashlib
from datetime import datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Max

from jiahe.basis.ids import milliseconds
from jiahe.journal import checkpoints, merkle, proofs, storage
from jiahe.journal.wiring import current
from jiahe.network.models import Acceptance, Witness
from jiahe.network.peers import Peer

_COSIGNATURE = b"\x04"
ROLLED_BACK = "rolled_back"
REWRITTEN = "rewritten"
UNPROVEN = "unproven"
UNSIGNED = "unsigned"


class Shown(NamedTuple):
    """What a node shows of its journal: a checkpoint, and the proof that it grew out of that of size `since`."""

    checkpoint: str
    since: int
    proof: tuple[bytes, ...]


def show(since: int) -> Shown:
    """Our journal as it is now, with the proof from what was witnessed last."""
    size = storage.end().size
    path = proofs.consistency(since, size).path if 0 < since <= size else []
    return Shown(checkpoints.sign_now(), since, tuple(path))


def judge(shown: Shown, peer: Peer, *, at: datetime) -> tuple[str, str]:
    """The checkpoint with our cosignature, and ""; or "" and why it is not signed. Who proves from another than was
    signed last gets that one, to prove from it.

    What is not signed changes nothing: the last one that was stays as it is, and can be laid beside that node's disk.
    """
    try:
        statement = checkpoints.read(shown.checkpoint, peer.public_key)
    except ValueError:
        return "", UNSIGNED
    last = Witness.objects.filter(node=peer.name, at_ms__gt=_accepted_at(peer.name)).order_by("-size").first()
    if last is not None:
        before = checkpoints.read(last.note, peer.public_key)
        if statement.size < before.size:
            return "", ROLLED_BACK
        if statement.size == before.size:
            return (last.note, "") if statement.root == before.root else ("", REWRITTEN)
        if before.size and shown.since != before.size:
            return last.note, UNPROVEN
        grew = (before.size, before.root, statement.size, statement.root)
        if before.size and not merkle.verify_consistency(*grew, shown.proof):
            return "", REWRITTEN
    note = shown.checkpoint + _cosignature(shown.checkpoint, at)
    Witness.objects.create(node=peer.name, size=statement.size, note=note, at_ms=milliseconds(at))
    thin(peer.name)
    return note, ""


def _accepted_at(name: str) -> int:
    """When this node last took the journal of that one for a new beginning; before all time if never."""
    ours = Acceptance.objects.filter(name=name, by=current().origin)
    return ours.aggregate(at=Max("at_ms"))["at"] or 0


def signed_above(note: str, peer: Peer) -> int:
    """The size of our own checkpoint that the node above has signed. Raises ValueError if it did not."""
    statement = checkpoints.read(note, current().public_key)
    if not is_cosigned(note, peer.name, peer.public_key):
        raise ValueError("the node above did not sign this")
    return statement.size


def keep(note: str, peer: Peer, *, at: datetime) -> int:
    """Keep our own checkpoint as the node above signed it; gives its size. Raises ValueError if it did not."""
    here, size = current().origin, signed_above(note, peer)
    Witness.objects.get_or_create(node=here, size=size, defaults={"note": note, "at_ms": milliseconds(at)})
    thin(here)
    return size


def findings() -> list[str]:
    """What was witnessed of our own journal and does not fit it any more, for fsck."""
    here = current()
    found = []
    for row in Witness.objects.filter(node=here.origin).order_by("size"):
        try:
            wrong = checkpoints.disagreement(row.note, here.public_key)
        except ValueError as error:
            wrong = str(error)
        if wrong:
            found.append(f"witnessed checkpoint {row.size}: {wrong}")
    return found


def is_cosigned(note: str, name: str, public_key: bytes) -> bool:
    """Whether the note bears the cosignature of the node of this name and key."""
    text, _, tail = note.partition("\n\n")
    for line in tail.splitlines():
        try:
            mark, who, encoded = line.split(" ")
            raw = base64.b64decode(encoded, validate=True)
        except ValueError:
            continue
        if mark != "—" or who != name or raw[:4] != _key_hash(name, public_key):
            continue
        seconds = int.from_bytes(raw[4:12], "big")
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(raw[12:], _to_sign(text + "\n", seconds))
        except InvalidSignature:
            continue
        return True
    return False


def thin(node: str) -> None:
    """Of a node keep the newest 100 and, of those before, each hundredth: enough to say when it was put back."""
    old = Witness.objects.filter(node=node).order_by("-size").values_list("pk", flat=True)[100:]
    Witness.objects.filter(pk__in=[key for key in old if key % 100]).delete()


def _cosignature(note: str, at: datetime) -> str:
    here, seconds = current(), milliseconds(at) // 1000
    text = note.partition("\n\n")[0] + "\n"
    signed = here.key.sign(_to_sign(text, seconds))
    raw = _key_hash(here.origin, here.public_key) + seconds.to_bytes(8, "big") + signed
    return f"— {here.origin} {base64.b64encode(raw).decode()}\n"


def _to_sign(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _key_hash(name: str, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _COSIGNATURE + public_key).digest()[:4]
