"""Attachments on their way: asked for by whoever has an entry that names them, part by part, kept only when whole."""

import hashlib

from jiahe.basis.problem import Problem
from jiahe.journal import blobs, storage
from jiahe.journal.models import Attached
from jiahe.journal.recording import turn
from jiahe.network.messages import AskBlob, Blob
from jiahe.network.peers import Peer
from jiahe.network.routing import concerning

PART = 256 * 1024
MOST = 64 * 1024 * 1024
"""No attachment that was ever taken is larger; who offers more is not listened to."""


class Search:
    """Looks for attachments that an entry here names and that are not here: once through all of them, then through what
    is new. What the neighbour has not got either is looked for again when the node starts anew."""

    def __init__(self) -> None:
        self._after = 0

    def next(self) -> str | None:
        """The next one that is missing."""
        while rows := list(Attached.objects.filter(pk__gt=self._after).order_by("pk").values_list("pk", "name")[:500]):
            for key, name in rows:
                self._after = key
                if not blobs.known(name):
                    return name
        return None


def part(asked: AskBlob, peer: Peer) -> Blob:
    """A part of an attachment, if an entry that concerns the neighbour names it."""
    nothing = Blob(asked.name, asked.start, -1, b"")
    if not _may_have(asked.name, peer):
        return nothing
    try:
        said = blobs.content(asked.name)
    except Problem:
        return nothing
    return Blob(asked.name, asked.start, len(said), said[asked.start : asked.start + PART])


def keep(name: str, content: bytes) -> bool:
    """Keep what came, if it is what its name says and somebody here still names it."""
    if hashlib.sha256(content).hexdigest() != name:
        return False
    with turn():
        if storage.named([name]):
            blobs.keep(content)
    return True


def _may_have(name: str, peer: Peer) -> bool:
    named = Attached.objects.filter(name=name).values_list("entry_id", flat=True)
    return bool(concerning(storage.rows_named(named), peer))
