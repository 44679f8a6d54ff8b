"""A public library's kinds of facts: the journal is tried on something foreign, so that no county leaks into it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from jiahe.journal.facts import fact, upcaster


class Shelf(StrEnum):
    NOVELS = "novels"
    MAPS = "maps"


@dataclass(frozen=True)
class Title:
    words: str
    shelf: Shelf


@fact("library.BookLent@1", voidable=True)
class BookLent:
    reader: UUID
    title: Title
    on: date
    deposit: Decimal
    others: tuple[Title, ...]
    note: str | None


@fact("library.ReaderMoved@1")
class ReaderMovedOnce:
    reader: UUID
    to: str


@fact("library.ReaderMoved@2")
class ReaderMoved:
    reader: UUID
    street: str
    town: str


@upcaster(ReaderMovedOnce, ReaderMoved)
def _from_1(old: ReaderMovedOnce) -> ReaderMoved:
    street, _, town = old.to.partition(", ")
    return ReaderMoved(old.reader, street, town)


READER = UUID(int=7)


def lending(n: int = 1) -> BookLent:
    """A lending; `n` makes it differ from others."""
    title = Title("水經注", Shelf.MAPS)
    return BookLent(READER, title, date(2026, 1, n % 28 + 1), Decimal("2.50"), (title,), None)
