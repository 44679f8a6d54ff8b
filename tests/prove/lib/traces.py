# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looks for texts wherever a node keeps bytes: rows, statistics, pages of the database file, files. Import only once
Django is set up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _RESERVED, _SALT, _FRAME, _WAL_HEAD = 4096, 80, 16, 24, 32
"""SQLCipher 4: a page ends with its IV (16) and HMAC (64); the file begins with a salt in the clear; SQLite's log has a
head, and before each page one of its own."""


@cache
def forms(text: str) -> frozenset[bytes]:
    """How a text may stand somewhere: as it is, backwards, in JSON, in an address."""
    both = {text, text[::-1], text.lower()}
    found = {each.encode() for each in both}
    found |= {json.dumps(each)[1:-1].encode() for each in both} | {quote_plus(each).encode() for each in both}
    return frozenset(found)


def found_in(blob: bytes, needles: Mapping[str, str]) -> set[str]:
    """Which of the texts stand in the bytes."""
    return {what for what, text in needles.items() if any(form in blob for form in forms(text))}


def tables() -> Iterator[tuple[str, bytes]]:
    """Every table of the database, whoever made it, with all its columns as bytes; SQLite's statistics too."""
    from django.db import connection

    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor, include_views=True)):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name the database gave
            yield name, _joined(cursor.fetchall())
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name the database gave
                yield name, _joined(cursor.fetchall())


def _joined(rows: Iterable[Iterable[Any]]) -> bytes:
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "replace")
        for row in rows
        for value in row
        if value is not None
    )


def pages() -> Iterator[tuple[str, bytes]]:
    """The bytes in which the database keeps its pages, freed room included: SQLCipher's file and log, decrypted; the
    files of PostgreSQL's tables and indexes, if this role may read them, and its statistics."""
    from django.db import connection

    if connection.vendor == "postgresql":
        yield from _relations()
        return
    path, key = Path(connection.settings_dict["NAME"]), connection.settings_dict["OPTIONS"]["key"]
    raw = path.read_bytes()
    yield "file", b"".join(_plain(raw[at : at + _PAGE], key, at == 0) for at in range(0, len(raw), _PAGE))
    log = path.with_name(path.name + "-wal")
    if log.exists():
        raw = log.read_bytes()
        step = _FRAME + _PAGE
        starts = range(_WAL_HEAD, len(raw) - step + 1, step)
        plain = [_plain(raw[at + _FRAME : at + step], key, raw[at : at + 4] == b"\0\0\0\1") for at in starts]
        yield "log", b"".join(plain)


def _plain(page: bytes, key: str, first: bool) -> bytes:
    if len(page) < _PAGE or not any(page):
        return b""
    body = page[_SALT if first else 0 : _PAGE - _RESERVED]
    iv = page[_PAGE - _RESERVED : _PAGE - _RESERVED + 16]
    decryptor = Cipher(algorithms.AES(bytes.fromhex(key)), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def _relations() -> Iterator[tuple[str, bytes]]:
    from django.db import connection, transaction
    from django.db.utils import DatabaseError

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pg_stats WHERE schemaname = current_schema()")
        yield "pg_stats", _joined(cursor.fetchall())
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't')"
            " AND relnamespace NOT IN ('information_schema'::regnamespace) AND pg_relation_filepath(oid) LIKE 'base/%'"
        )
        for name, path in cursor.fetchall():
            try:
                with transaction.atomic():
                    cursor.execute("SELECT pg_read_binary_file(%s)", [path])
                    (content,) = cursor.fetchone()
            except DatabaseError:
                continue
            yield name, bytes(content or b"")


def files(folder: Path, *, since: float = 0) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder that was written since that instant."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_mtime >= since:
            yield str(path.relative_to(folder)), path.read_bytes()
