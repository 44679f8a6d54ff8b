"""Long work on the whole register takes more memory, until it ends, to wait less."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jiahe.node.sqlcipher.base import CACHE_KIB

WIDE_CACHE_KIB = 256 * 1024
"""SQLCipher's page cache. A million people's names, numbers and phones come in no order, so each of them is a place of
its own in every index: what is not in memory is read, decrypted, changed and written once more."""
OBJECTS = 50_000
"""New objects between two looks for cycles. By Python's own 700 a fifth of a replay went into looking."""


@contextmanager
def bulk() -> Iterator[None]:
    """Wide memory for what is done within, by this thread's connection."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, 20, 100)
    cache(WIDE_CACHE_KIB, connection)
    try:
        yield
    finally:
        cache(CACHE_KIB, connection)
        gc.set_threshold(*before)


def cache(kib: int, at: BaseDatabaseWrapper) -> None:
    """How many pages a connection keeps in memory; PostgreSQL has one cache for all, and knows better."""
    if at.vendor == "sqlite":
        with at.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{kib}")
