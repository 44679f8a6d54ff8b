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
    """The figures as HTML, which journal they are of, the instant at which they were true, and how often nodes below
    had told theirs before."""

    html: str
    head: Head
    at: datetime
    told: int = 0


_bodies: OrderedDict[Hashable, Body] = OrderedDict()
_turns: dict[Hashable, Lock] = {}
_guard = Lock()


def body(key: Hashable, at: datetime, *, make: Callable[[], Body]) -> Body:
    """The body for `key`: the one that is kept, if the journal has not grown since, or made anew. Others who ask for
    the same meanwhile wait for the one that is being made."""
    with _guard:
        turn = _turns.setdefault(key, Lock())
    with turn:
        known, told = _bodies.get(key), queries.told()
        if known is not None and known.told == told and known.head.root == queries.journal_end().root:
            return replace(known, at=at)
        fresh = replace(make(), told=told)
        with _guard:
            _bodies[key] = fresh
            _bodies.move_to_end(key)
            while len(_bodies) > LIMIT:
                oldest, _ = _bodies.popitem(last=False)
                _turns.pop(oldest, None)
        return fresh
