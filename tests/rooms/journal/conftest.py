"""The journal's tests: a node whose facts are a library's."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiahe.journal.values import Recorded
from jiahe.journal.wiring import Store, Wiring, connect, current


@pytest.fixture
def seen() -> dict[str, list[Recorded]]:
    """What the projections were given: "lent", "undone"; and the sum of "counts"."""
    return {"lent": [], "undone": [], "counts": []}


@pytest.fixture
def library(db: None, seen: dict[str, list], tmp_path: Path) -> Iterator[Wiring]:
    """A wiring in which lending a book is projected to a list and counted; its note may be the name of a blob."""
    from jiahe.journal.values import Change, Consequence, projects
    from tests.lib.library import BookLent

    @projects()
    def lent(batch):
        seen["lent"].extend(batch)

    @projects()
    def undone(batch):
        seen["undone"].extend(batch)

    def contributions(batch):
        return [Change("lendings", entry.area, entry.fact.on, "", 1) for entry in batch if type(entry.fact) is BookLent]

    wiring = dataclasses.replace(
        current(),
        consequences=(Consequence(BookLent, (lent,), (undone,), lambda book: [book.note] if book.note else []),),
        store=Store(tmp_path / "blobs", bytes(range(32))),
        contributions=contributions,
        add=lambda changes: seen["counts"].extend(change.n for change in changes),
        counts=(),
    )
    before = connect(wiring)
    yield wiring
    connect(before)
