"""Taking over what was accepted, a portion at a time; and undoing all of it as one act."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from jiahe.basis.problem import Problem
from jiahe.exchange import problems
from jiahe.exchange.models import Import, ImportRow, Step, Verdict
from jiahe.exchange.mothers import Mothers
from jiahe.exchange.persons import Somebody, from_json
from jiahe.exchange.queries import one, opened, taken_before
from jiahe.exchange.said import problem_as_text
from jiahe.exchange.taking_over import newcomer
from jiahe.journal.recording import turn
from jiahe.journal.tables import upsert
from jiahe.registry.actions import NewHousehold, cancel_registrations, form_households, register_people
from jiahe.registry.facts import Member, Relation
from jiahe.staff.scope import Acting

_TAKEN = 500
"""Rows in a portion: others who write wait so long."""
_SAID = ("verdict", "reasons", "person", "entry", "house")
_HOUSES = 200
"""Households in a portion."""


def mean(*, brought: UUID, rows: Sequence[int], among: Sequence[int], by: Acting, at: datetime) -> None:
    """Say which of the likely doubles `among` those shown are somebody else and are taken over too: `rows`.

    Raises ImportUnknown, NotThatStep, ContentsDeleted.
    """
    found = opened(by.scope, brought, Step.CHECKED)
    shown = ImportRow.objects.filter(brought=found, verdict=Verdict.DOUBLE, number__in=among)
    shown.exclude(number__in=rows).update(meant=False)
    shown.filter(number__in=rows).update(meant=True)


def take(*, brought: UUID, by: Acting, at: datetime, most: int = _TAKEN) -> bool:
    """Register those of a portion of rows, mothers before their children; whether any are left.

    What is registered and that it came of this row commit together: after a crash the rest goes on, and nothing is
    taken twice. Raises ImportUnknown, NotThatStep, ContentsDeleted, NothingToTake.
    """
    with turn():
        found = opened(by.scope, brought, Step.CHECKED, Step.TAKING)
        portion = _waiting(found, most)
        if not portion and found.step == Step.CHECKED:
            raise problems.NothingToTake()
        known = taken_before(by.scope, [row.mark for row in portion])  # by another file, since this one was checked
        for row in portion:
            if row.mark in known:
                row.verdict, row.reasons, row.person = Verdict.KNOWN, "", known[row.mark]
        _register(found, [row for row in portion if row.mark not in known], by, at)
        if not portion:
            _form_households(found, by, at)
        upsert(ImportRow, portion, key=("brought", "number"), update=_SAID)
        left = bool(_waiting(found, 1)) or _lodging(found).exists()
        Import.objects.filter(id=found.id).update(step=Step.TAKING if left else Step.TAKEN)
    return left


def undo(*, brought: UUID, reason: str, by: Acting, at: datetime) -> int:
    """Cancel every registration that came of this import: all of them or none. How many.

    Raises ImportUnknown, NothingToUndo, ReasonMissing; PeopleHaveHistory, naming those of whom more was recorded since.
    """
    with turn():
        found = one(by.scope, brought)
        rows = ImportRow.objects.filter(brought=found, entry__isnull=False)
        entries = [entry for entry in rows.order_by("number").values_list("entry", flat=True) if entry]
        if not entries:
            raise problems.NothingToUndo()
        cancel_registrations(entries=entries, reason=reason, by=by, at=at)
        rows.update(verdict=Verdict.UNDONE, entry=None, person=None)
        Import.objects.filter(id=found.id).update(step=Step.UNDONE)
    return len(entries)


def _lodging(brought: Import) -> QuerySet[ImportRow]:
    """Rows that were taken over and whose household is still to be formed."""
    return ImportRow.objects.filter(brought=brought, verdict=Verdict.TAKEN, house__gt="")


def _form_households(brought: Import, by: Acting, at: datetime) -> None:
    """A portion of households, each of those rows that name it; where one cannot be, its rows say why."""
    houses = list(_lodging(brought).order_by("house").values_list("house", flat=True).distinct()[:_HOUSES])
    rows = list(_lodging(brought).filter(house__in=houses).order_by("number"))
    together: dict[str, list[ImportRow]] = {house: [] for house in houses}
    for row in rows:
        together[row.house].append(row)
    new = [_household([(row.person, from_json(row.somebody)) for row in each]) for each in together.values()]
    for each, answer in zip(together.values(), form_households(households=new, by=by, at=at), strict=True):
        for row in each:
            row.house = ""
            row.reasons = problem_as_text(answer) if isinstance(answer, Problem) else ""
    upsert(ImportRow, rows, key=("brought", "number"), update=("house", "reasons"))


def _household(said: Sequence[tuple[UUID | None, Somebody]]) -> NewHousehold:
    members = [Member(who, told.household.relation or Relation.OTHER) for who, told in said if who is not None]
    address = next((told.household.address for _, told in said if told.household.address), "")
    return NewHousehold(max(told.since for _, told in said), said[0][1].area, address, tuple(members))


def _waiting(brought: Import, most: int) -> list[ImportRow]:
    """The next rows to take over, the eldest first. Two questions, for each has an index that gives this order."""
    rows = ImportRow.objects.filter(brought=brought).order_by("birth_on", "number")
    accepted = rows.filter(verdict=Verdict.ACCEPTED)[:most]
    meant = rows.filter(verdict=Verdict.DOUBLE, meant=True)[:most]
    return sorted([*accepted, *meant], key=lambda row: (row.birth_on or date.min, row.number))[:most]


def _register(brought: Import, portion: Sequence[ImportRow], by: Acting, at: datetime) -> None:
    """A mother may stand in the portion of her child: those whose mother is still coming wait for the next round."""
    left = list(portion)
    while left:
        said = {row.number: from_json(row.somebody) for row in left}
        here = {row.identity for row in left} - {""}
        ready = [row for row in left if said[row.number].mother not in here]
        if not ready:
            for row in left:
                row.verdict, row.reasons = Verdict.REFUSED, problem_as_text(problems.MotherNotFound())
            return
        mothers = Mothers.of(by.scope, brought.id, [said[row.number] for row in ready])
        found = []
        for row in ready:
            if said[row.number].mother and mothers.person(said[row.number]) is None:
                row.verdict, row.reasons = Verdict.REFUSED, problem_as_text(problems.MotherNotFound())
            else:
                found.append(row)
        people = [newcomer(said[row.number], mothers.person(said[row.number])) for row in found]
        for row, answer in zip(found, register_people(people=people, by=by, at=at), strict=True):
            if isinstance(answer, Problem):
                row.verdict, row.reasons = Verdict.REFUSED, problem_as_text(answer)
            else:
                row.verdict, row.reasons, row.entry, row.person = Verdict.TAKEN, "", answer.id, answer.about
                row.house = said[row.number].house
        done = {row.number for row in ready}
        left = [row for row in left if row.number not in done]
