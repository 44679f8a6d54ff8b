"""The node's secrets: each a file only its owner may read, made when first asked for."""

import os
import secrets
from pathlib import Path


def secret(path: Path, size: int = 32) -> bytes:
    """The `size` random bytes kept in `path` as hexadecimal text; made, and flushed to disk, if there are none yet.

    Two processes starting together agree: whoever links his file first wins.
    """
    try:
        return bytes.fromhex(path.read_text("ascii"))
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(size))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return bytes.fromhex(path.read_text("ascii"))
