"""The one way in: facts are permitted, sealed, appended, projected and counted in one transaction."""

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jiahe.basis.areas import lies_in
from jiahe.basis.ids import milliseconds, new_id
from jiahe.journal import applying, facts, seal, storage
from jiahe.journal.facts import NodePutBack
from jiahe.journal.problems import NotOfThisNode, NotPermitted, NotVoidable, PutBack
from jiahe.journal.values import Author, Draft, Recorded
from jiahe.journal.wiring import Wiring, current

_CLOCK_BITS = 16
_queue = threading.Lock()


@contextmanager
def turn() -> Iterator[storage.End]:
    """A transaction in which nobody else writes: what is read in it stays true until it commits.

    SQLite gives this by BEGIN IMMEDIATE; on PostgreSQL the journal's head row is locked. Whoever finds SQLite locked
    looks again ever more seldom while others pass, so the threads of one process queue before they ask.
    """
    first_come = _queue if connection.vendor == "sqlite" and not connection.in_atomic_block else nullcontext()
    with first_come, transaction.atomic():
        yield storage.end(lock=connection.vendor == "postgresql")


def record(
    fact: Any,
    *,
    by: Author,
    at: datetime,
    area: str,
    about: UUID | None = None,
    why: str = "",
    voids: UUID | None = None,
) -> Recorded:
    """Record one fact that happened in `area`; see `record_all`."""
    return record_all([Draft(fact, by, at, area, about, why, voids)])[0]


def record_all(drafts: Sequence[Draft]) -> list[Recorded]:
    """Record facts in the order given: all of them, or none.

    Raises NotPermitted if an author may not, NotOfThisNode for an area that this node does not serve, NotVoidable if
    `voids` names an entry that cannot be cancelled, PutBack as long as other nodes hold entries of ours that are not
    here.
    """
    if not drafts:
        return []
    wiring = current()
    for draft in drafts:
        _require_permitted(draft, wiring)
    with turn() as end:
        _refuse_unvoidable([draft.voids for draft in drafts if draft.voids])
        mine = storage.own_origin(wiring)
        if mine.ahead > mine.seq:
            raise PutBack(number=mine.ahead - mine.seq)
        return _append(drafts, wiring, end, mine, mine.seq)


def go_on(*, by: Author, at: datetime, why: str) -> Recorded:
    """Record that this node was put back to an earlier state, behind all numbers that it can have given since, so that
    it may record again. What others hold of its entries is taken as it comes from then on; the rest is lost. Raises
    NotPermitted."""
    wiring = current()
    with turn() as end:
        mine = storage.own_origin(wiring)
        # the clock runs ahead of numbers given one by one: behind it lie those given before any other restore, too
        upto = max(mine.seq, mine.ahead, milliseconds(at) << _CLOCK_BITS, end.clock)
        draft = Draft(NodePutBack(mine.seq, upto), by, at, wiring.area, why=why)
        _require_permitted(draft, wiring)
        return _append([draft], wiring, end, mine, upto)[0]


def _require_permitted(draft: Draft, wiring: Wiring) -> None:
    verb = facts.kind_of(draft.fact).verb
    if not draft.by.may(verb, draft.area):
        raise NotPermitted(verb=verb, area=draft.area)
    if wiring.bound and not lies_in(draft.area, wiring.area):
        raise NotOfThisNode(area=draft.area)


def _append(
    drafts: Sequence[Draft], wiring: Wiring, end: storage.End, mine: storage.OriginEnd, after: int
) -> list[Recorded]:
    """Seal, write and apply; the first gets the number that follows `after`."""
    sealed, batch = _seal(drafts, wiring, end, after)
    storage.append(end, sealed, batch, {wiring.origin: mine})
    applying.apply(batch, wiring)
    return batch


def _seal(
    drafts: Sequence[Draft], wiring: Wiring, end: storage.End, own_seq: int
) -> tuple[list[storage.Seals], list[Recorded]]:
    clock = end.clock
    sealed, batch = [], []
    for number, draft in enumerate(drafts, start=1):
        kind = facts.kind_of(draft.fact)
        at_ms = milliseconds(draft.at)
        clock = max(at_ms << _CLOCK_BITS, clock + 1)
        header = seal.Header(
            about=draft.about,
            area=draft.area,
            at_ms=at_ms,
            clock=clock,
            id=new_id(draft.at),
            kind=kind.name,
            officer=draft.by.officer,
            origin=wiring.origin,
            origin_seq=own_seq + number,
            post=draft.by.post,
            voids=draft.voids,
        )
        salt = secrets.token_bytes(seal.SALT_BYTES)
        content = seal.content_of(draft.fact, draft.why)
        commitment = seal.commit(salt, content)
        leaf = seal.leaf_of(facts.encode(header), commitment)
        sealed.append(storage.Seals(salt, content, commitment, leaf, seal.sign(wiring.key, leaf)))
        batch.append(storage.recorded(end.size + number, header, facts.as_today(draft.fact), draft.why))
    return sealed, batch


def _refuse_unvoidable(targets: Sequence[UUID]) -> None:
    if not targets:
        return
    voidable = [name for name, kind in facts.KINDS.items() if kind.voidable]
    standing = storage.count_standing(targets, voidable)
    if standing != len(targets):
        raise NotVoidable()
