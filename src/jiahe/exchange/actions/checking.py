"""The dry run: each row is read, then the register is asked. Nothing is recorded."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language

from jiahe.basis.problem import Problem
from jiahe.exchange import problems
from jiahe.exchange.cells import Residences
from jiahe.exchange.models import Import, ImportRow, Step, Verdict
from jiahe.exchange.mothers import Mothers
from jiahe.exchange.persons import Somebody, Usual, from_json, somebody, to_json
from jiahe.exchange.queries import columns_of, opened, taken_before
from jiahe.exchange.said import alike_as_text, problem_as_text
from jiahe.exchange.taking_over import newcomer
from jiahe.journal.tables import upsert
from jiahe.places.queries import areas
from jiahe.registry.queries import judge_people, people
from jiahe.registry.rules.keys import asked_name
from jiahe.staff.scope import Acting, Scope

_READ, _JUDGED = 2_000, 500
"""Rows in a portion."""
_SAID = ("somebody", "mark", "identity", "birth_on", "verdict", "reasons", "person")


def check(*, brought: UUID, by: Acting, at: datetime) -> bool:
    """Check a portion of rows; whether any are left. Raises ImportUnknown, NotThatStep, ContentsDeleted."""
    row = opened(by.scope, brought, Step.CHECKING)
    rows = ImportRow.objects.filter(brought=row).order_by("birth_on", "number")  # as the index has them
    if portion := list(rows.filter(verdict=Verdict.UNREAD)[:_READ]):
        _read(row, portion, at)
    elif portion := list(rows.filter(verdict=Verdict.READ)[:_JUDGED]):
        _judge(by.scope, row, portion, at)
    with transaction.atomic():
        upsert(ImportRow, portion, key=("brought", "number"), update=_SAID)
        left = rows.filter(verdict__in=(Verdict.UNREAD, Verdict.READ)).exists()
        if not left:
            Import.objects.filter(id=row.id, step=Step.CHECKING).update(step=Step.CHECKED)
    return left


def _read(brought: Import, portion: Sequence[ImportRow], at: datetime) -> None:
    """Whom the cells of each row tell of; the same one twice in a file counts once."""
    columns = columns_of(brought)
    usual = Usual(brought.usual_area, brought.usual_since)
    residences = Residences.of(areas(within=brought.area, on=localdate(at)), get_language() or "en")
    for row in portion:
        try:
            who = somebody(json.loads(row.cells), columns, usual, residences)
        except Problem as problem:
            row.verdict, row.reasons = Verdict.REFUSED, problem_as_text(problem)
            continue
        row.somebody, row.mark, row.identity, row.birth_on = to_json(who), who.mark, who.number, who.birth_on
        row.verdict = Verdict.READ
    numbers, marks = _first_rows(brought, portion)
    for row in portion:
        first = min(numbers.get(row.identity, row.number), marks.get(row.mark, row.number))
        if row.verdict == Verdict.READ and first < row.number:
            row.verdict, row.reasons = Verdict.REFUSED, problem_as_text(problems.TwiceInFile(row=first))


def _first_rows(brought: Import, portion: Sequence[ImportRow]) -> tuple[dict[str, int], dict[str, int]]:
    """The first row of the file in which each number, and each mark, of this portion stands."""
    numbers, marks = dict[str, int](), dict[str, int]()
    earlier = ImportRow.objects.filter(brought=brought, number__lt=portion[0].number)
    for found, column in ((numbers, "identity"), (marks, "mark")):
        wanted = {getattr(row, column) for row in portion} - {""}
        known = [*earlier.filter(**{f"{column}__in": wanted}).order_by("number").values_list(column, "number")]
        for value, number in [*known, *((getattr(row, column), row.number) for row in portion)]:
            if value:
                found.setdefault(value, number)
    return numbers, marks


def _judge(scope: Scope, brought: Import, portion: Sequence[ImportRow], at: datetime) -> None:
    """What the register says of those whom the rows tell of."""
    said = [from_json(row.somebody) for row in portion]
    mothers = Mothers.of(scope, brought.id, said)
    known = _known(scope, portion, said)
    asked = [
        (row, who) for row, who in zip(portion, said, strict=True) if row.number not in known and mothers.knows(who)
    ]
    answers = judge_people(scope, [newcomer(who, mothers.person(who)) for _, who in asked], at=at)
    answered = {row.number: answer for (row, _), answer in zip(asked, answers, strict=True)}
    for row in portion:
        if row.number in known:
            row.verdict, row.person = Verdict.KNOWN, known[row.number]
            continue
        answer = answered.get(row.number, problems.MotherNotFound() if row.number not in answered else None)
        match answer:
            case None:
                row.verdict = Verdict.ACCEPTED
            case Problem():
                row.verdict, row.reasons = Verdict.REFUSED, problem_as_text(answer)
            case doubles:
                row.verdict, row.reasons = Verdict.DOUBLE, alike_as_text(doubles)


def _known(scope: Scope, portion: Sequence[ImportRow], said: Sequence[Somebody]) -> dict[int, UUID]:
    """Rows of people who are registered already: with the same number and name, or by the same row of another file."""
    by_mark = taken_before(scope, [row.mark for row in portion])
    tails = {who.number[::-1] for who in said if who.number}
    holders = people(scope).filter(identity_tail__in=tails).values_list("identity_tail", "name_key", "id")
    by_number = {(tail, name): person for tail, name, person in holders}
    found = {}
    for row, who in zip(portion, said, strict=True):
        person = by_number.get((who.number[::-1], asked_name(who.name))) if who.number else None
        person = person or by_mark.get(row.mark)
        if person is not None:
            found[row.number] = person
    return found
