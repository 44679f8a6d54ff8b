"""The file as it was brought, with what is said of each row in a last column: to correct, and to bring again."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from jiahe.exchange import queries, words
from jiahe.exchange.columns import Column
from jiahe.exchange.queries import Judged
from jiahe.staff.scope import Scope

_PORTION = 500


def table(scope: Scope, brought: UUID) -> tuple[list[str], Iterator[list[str]]]:
    """The headings, and the rows a portion at a time; a verdict that the file brought along gives way to ours.

    Raises ImportUnknown, ContentsDeleted.
    """
    row = queries.opened(scope, brought)
    kept = [place for place, column in enumerate(queries.columns_of(row)) if column is not Column.VERDICT]
    headings = queries.headings_of(row)
    return [*(headings[place] for place in kept), words.heading(Column.VERDICT)], _rows(scope, brought, kept)


def _rows(scope: Scope, brought: UUID, kept: list[int]) -> Iterator[list[str]]:
    portion: list[Judged] = []
    for each in queries.report(scope, brought):
        portion.append(each)
        if len(portion) == _PORTION:
            yield from _said(scope, portion, kept)
            portion = []
    yield from _said(scope, portion, kept)


def _said(scope: Scope, portion: list[Judged], kept: list[int]) -> Iterator[list[str]]:
    known = words.names(scope, portion)
    for each in portion:
        cells = [each.cells[place] if place < len(each.cells) else "" for place in kept]
        yield [*cells, words.verdict(each, known)]
