"""A file comes, is understood, and is forgotten again."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import F

from jiahe.basis.ids import new_id
from jiahe.exchange import problems
from jiahe.exchange.columns import Column, find_headings, guess, refuse_columns, refuse_headings
from jiahe.exchange.models import NOTHING_SAID, Import, ImportRow, Step, Verdict
from jiahe.exchange.queries import headings_of, one, opened, reads_rows
from jiahe.exchange.reading import limits
from jiahe.exchange.reading.child import Row, read
from jiahe.journal.problems import NotPermitted
from jiahe.journal.tables import insert
from jiahe.staff.scope import Acting

KEPT = timedelta(days=30)
"""How long the contents of rows are kept at most."""
_LONGEST_NAME = 200
_REGISTERING = "registry.PersonRegistered"


def bring(*, name: str, content: bytes, area: str = "", by: Acting, at: datetime) -> Import:
    """Read a file, for `area` or the area of the post. The same file brought again is the same import, unless that was
    undone or emptied, or is of a post whose rows the author may not read.

    Raises NotPermitted, and the problems of files (`problems.files`).
    """
    area = area or by.area
    if not by.may(_REGISTERING, area):
        raise NotPermitted(verb=_REGISTERING, area=area)
    digest = sha256(content).hexdigest()
    same = Import.objects.filter(area=area, digest=digest, emptied_at=None).exclude(step=Step.UNDONE)
    if (before := next((row for row in same.order_by("at") if reads_rows(by.scope, row)), None)) is not None:
        return before
    headings, body = _understood(read(content))
    made = Import(
        id=new_id(at),
        officer=by.officer,
        post=by.post,
        area=area,
        name=name[-_LONGEST_NAME:],
        digest=digest,
        at=at,
        headings=json.dumps(headings, ensure_ascii=False),
        columns=json.dumps([column or "" for column in guess(headings)]),
        size=len(body),
        step=Step.COLUMNS,
    )
    with transaction.atomic():
        insert(Import, [made], ignore_conflicts=False)
        insert(ImportRow, [_row(made.id, row) for row in body], ignore_conflicts=False)
    return made


def choose_columns(
    *, brought: UUID, columns: Sequence[Column | None], area: str, since: date | None, by: Acting, at: datetime
) -> Import:
    """Say what each column holds, and what holds for rows that do not say where and since when. Checking begins anew.

    Raises ImportUnknown, NotThatStep, and the problems of `columns.refuse_columns`.
    """
    with transaction.atomic():
        row = opened(by.scope, brought, Step.COLUMNS, Step.CHECKING, Step.CHECKED)
        refuse_columns(columns, headings_of(row))
        row.columns = json.dumps([column or "" for column in columns])
        row.usual_area, row.usual_since, row.step = area, since, Step.CHECKING
        row.save(update_fields=["columns", "usual_area", "usual_since", "step"])
        anew = {**NOTHING_SAID, "cells": F("cells"), "verdict": Verdict.UNREAD, "meant": False, "person": None}
        ImportRow.objects.filter(brought=row).update(**anew)
    return row


def empty(*, brought: UUID, by: Acting, at: datetime) -> None:
    """Delete what the rows said. Which registrations came of them stays, so that they can still be undone."""
    _empty([one(by.scope, brought).id], at)


def empty_old(*, at: datetime) -> int:
    """Delete what rows said that were brought 30 days ago; how many imports."""
    old = list(Import.objects.filter(emptied_at=None, at__lt=at - KEPT).values_list("id", flat=True))
    _empty(old, at)
    return len(old)


def _empty(imports: list[UUID], at: datetime) -> None:
    if not imports:
        return
    with transaction.atomic():
        ImportRow.objects.filter(brought__in=imports).update(**NOTHING_SAID)
        Import.objects.filter(id__in=imports).update(name="", headings="[]", emptied_at=at)


def _understood(rows: list[Row]) -> tuple[list[str], list[Row]]:
    at = find_headings([row.cells for row in rows])
    headings, body = rows[at].cells, rows[at + 1 :]
    refuse_headings(headings)
    if not body:
        raise problems.NothingBelow()
    if len(body) > limits.ROWS:
        raise problems.TooManyRows(most=limits.ROWS)
    for row in body:
        for place, cell in enumerate(row.cells):
            if cell and (place >= len(headings) or not headings[place]):
                raise problems.HeadingMissing(column=place + 1, row=row.number)
    return headings, body


def _row(brought: UUID, row: Row) -> ImportRow:
    cells = json.dumps(row.cells, ensure_ascii=False)
    return ImportRow(brought_id=brought, number=row.number, cells=cells, verdict=Verdict.UNREAD)
