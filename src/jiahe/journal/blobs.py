"""Attachments at rest: encrypted files in the node's home, each named by the SHA-256 of what it says.

A fact names them, and the table `Attached` knows which entry names which. What nobody names is deleted: by the
redaction that erased the last entry that did, or, if that was killed, by `sweep` when the node starts.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from jiahe.basis.problem import Problem
from jiahe.journal import storage
from jiahe.journal.problems import BlobDamaged, BlobMissing
from jiahe.journal.wiring import current, is_name
from jiahe.ui.problems import StorageRefuses

SUITE = b"A256GCM\n"
"""How a file begins: AES-256 in Galois/counter mode, then 12 random bytes, then what was encrypted and its tag."""
_NONCE = 12


def keep(content: bytes) -> str:
    """Keep the content; gives its name. Once this returned, it is on the disk, whatever happens to the machine.

    To be called within the turn that records the fact which names it: meanwhile nothing is deleted, so what was found
    to be here is still here when the fact is. If the turn comes to nothing, `sweep` finds what was left. Raises
    StorageRefuses if the disk is full or failing, RuntimeError outside of any transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a blob is kept in the turn that records the fact which names it")
    _stop_others()
    name = hashlib.sha256(content).hexdigest()
    path = _path(name)
    try:
        if not _is_whole(name):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(path, _encrypted(name, content))
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            _flush(folder)
    except OSError as error:
        raise StorageRefuses() from error
    return name


def content(name: str) -> bytes:
    """What was kept under this name. Raises BlobMissing if it is not here, BlobDamaged if it cannot be read, or is not
    what its name says."""
    try:
        stored = _path(name).read_bytes()
    except FileNotFoundError as error:
        raise BlobMissing() from error
    except OSError as error:
        raise BlobDamaged() from error
    if not stored.startswith(SUITE):
        raise BlobDamaged()
    sealed = stored[len(SUITE) :]
    try:
        said = AESGCM(current().store.key).decrypt(sealed[:_NONCE], sealed[_NONCE:], SUITE + name.encode())
    except (InvalidTag, ValueError) as error:
        raise BlobDamaged() from error
    if hashlib.sha256(said).hexdigest() != name:
        raise BlobDamaged()
    return said


def known(name: str) -> bool:
    """Whether there is a file of this name; not whether it is whole."""
    return _path(name).is_file()


def forget(names: Iterable[str]) -> None:
    """Delete those of the blobs that no entry names, for good. Raises OSError if the disk does not let them go."""
    with transaction.atomic():
        _stop_others()
        wanted = set(names)
        _delete(_path(name) for name in wanted - storage.named(wanted))


def sweep() -> int:
    """Delete every file that no entry names: of a turn that came to nothing, or of a redaction that was killed before
    it could; how many those were. Does nothing while entries wait whose kind, and so whose blobs, nobody here knows."""
    with transaction.atomic():
        _stop_others()
        left = [] if storage.unread() else _unnamed()
        _delete(left)
    return len(left)


def findings(told: set[tuple[UUID, str]]) -> Iterator[str]:
    """What is wrong with the blobs, for fsck; `told` is which entry names which, as the contents themselves say.

    Each blob that is named must be here and be what its name says; none may be here that nobody names.
    """
    noted = storage.attached()
    for entry, name in sorted(told ^ noted):
        says, other = (
            ("the content names", "the table") if (entry, name) in told else ("the table names", "the content")
        )
        yield f"entry {entry}: {says} blob {name}, {other} does not"
    for name in sorted({name for _, name in told}):
        try:
            content(name)
        except Problem as problem:
            if storage.named([name]):  # it may have been erased since
                yield f"blob {name} {'is missing' if isinstance(problem, BlobMissing) else 'is not what was kept'}"
    with transaction.atomic():
        _stop_others()
        left = [] if storage.unread() else _unnamed()
    for path in left:
        if path.exists():  # its redaction may only just have come to it
            yield f"blob {path.name} is named by no entry: ./jiahe up deletes it"


def _stop_others() -> None:
    """Nobody keeps, names or forgets a blob until this transaction ends (SQLite's begin with the writer's lock)."""
    storage.end(lock=connection.vendor == "postgresql")


def _path(name: str) -> Path:
    """Where a blob lies. Raises BlobMissing for what is no name: there is no such blob, and no such path is touched."""
    if not is_name(name):
        raise BlobMissing()
    return current().store.folder / name[:2] / name


def _is_whole(name: str) -> bool:
    """A damaged file is written anew when somebody brings its content again."""
    try:
        content(name)
    except Problem:
        return False
    return True


def _encrypted(name: str, content: bytes) -> bytes:
    """The nonce is random: a node may write 2**32 blobs before two may be the same."""
    nonce = secrets.token_bytes(_NONCE)
    return SUITE + nonce + AESGCM(current().store.key).encrypt(nonce, content, SUITE + name.encode())


def _write(path: Path, stored: bytes) -> None:
    """All of it under its name, or nothing."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(stored)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """The names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unnamed() -> list[Path]:
    """Files in the store whose name no entry names; half-written ones have no such name."""
    named = {name for _, name in storage.attached()}
    return [path for path in sorted(current().store.folder.glob("*/*")) if path.name not in named]


def _delete(paths: Iterable[Path]) -> None:
    folders = set()
    for path in paths:
        path.unlink(missing_ok=True)
        folders.add(path.parent)
    for folder in folders:
        if folder.is_dir():
            _flush(folder)
