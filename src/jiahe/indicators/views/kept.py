"""Boards that were just drawn, kept in this process: when fifty people look at one board, it is computed once.

Only figures of whole areas are kept, by area and period and language, never anything about a person or a reader.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from jiahe.indicators import queries
from jiahe.journal.queries import Head

LIMIT = 256


@dataclass(frozen=True, slots=True)
class Body:
    """The figures as HTML, which journal they are of, and the instant at which they were true."""

    html: str
    head: Head
    at: datetime


_bodies: OrderedDict[Hashable, Body] = OrderedDict()
_turns: dict[Hashable, Lock] = {}
_guard = Lock()


def body(key: Hashable, at: datetime, *, seen: int | None, make: Callable[[], Body]) -> Body:
    """The body for `key`, made anew unless one is kept that is true now, or, for a page told of entry `seen`, one with
    that entry in it. Others who ask for the same meanwhile wait for the one that is being made."""
    with _guard:
        turn = _turns.setdefault(key, Lock())
    with turn:
        now = queries.journal_end()
        known = _bodies.get(key)
        if known is not None and known.head.root == now.root:
            return replace(known, at=at)
        if known is not None and seen is not None and seen <= known.head.size <= now.size:
            return known
        fresh = make()
        with _guard:
            _bodies[key] = fresh
            _bodies.move_to_end(key)
            while len(_bodies) > LIMIT:
                oldest, _ = _bodies.popitem(last=False)
                _turns.pop(oldest, None)
        return fresh
