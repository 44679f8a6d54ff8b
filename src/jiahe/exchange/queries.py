"""What others, and the pages, may read of imports: those of the areas that a scope covers."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from jiahe.basis.privacy import Privacy
from jiahe.basis.problem import Problem
from jiahe.exchange import problems
from jiahe.exchange.columns import Column
from jiahe.exchange.models import Import, ImportRow, Step, Verdict
from jiahe.exchange.said import Alike, alike_from, problem_from
from jiahe.registry.queries import people
from jiahe.staff.scope import Scope

PORTION = 2_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows there are of each verdict."""

    size: int
    unread: int = 0
    read: int = 0
    accepted: int = 0
    double: int = 0
    known: int = 0
    refused: int = 0
    taken: int = 0
    undone: int = 0
    meant: int = 0
    """Of the likely doubles, those said to be somebody else."""

    @property
    def checked(self) -> int:
        """Rows of which something is said; reading a row is half of it."""
        return self.size - self.unread - (self.read + 1) // 2

    @property
    def to_take(self) -> int:
        """Rows that the next step takes over."""
        return self.accepted + self.meant


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what is said of it."""

    number: int
    cells: list[str]
    verdict: Verdict
    problem: Problem | None
    doubles: list[Alike]
    meant: bool
    person: UUID | None


def imports(scope: Scope) -> QuerySet[Import]:
    """The imports of areas in scope."""
    low, high = scope.range
    return Import.objects.filter(area__gte=low, area__lt=high)


def one(scope: Scope, brought: UUID) -> Import:
    """One import. Raises ImportUnknown, also for one outside the scope."""
    row = imports(scope).filter(id=brought).first()
    if row is None:
        raise problems.ImportUnknown()
    return row


def opened(scope: Scope, brought: UUID, *steps: Step) -> Import:
    """One import of which the rows may be read. Raises ImportUnknown, also for who may not read them; ContentsDeleted;
    and NotThatStep if it is at none of `steps` (any, if none is named)."""
    row = one(scope, brought)
    if not reads_rows(scope, row):
        raise problems.ImportUnknown()
    if row.emptied_at is not None:
        raise problems.ContentsDeleted()
    if steps and row.step not in steps:
        raise problems.NotThatStep()
    return row


def reads_rows(scope: Scope, row: Import) -> bool:
    """Whether the scope may read what the rows say: those of one's own post, or all if one sees identity numbers."""
    return row.post == scope.post or scope.sees(Privacy.IDENTITY)


def taken_before(scope: Scope, marks: Collection[str]) -> dict[str, UUID]:
    """By its mark, who was registered from such a row, of whichever file, and stands."""
    rows = ImportRow.objects.filter(mark__in=set(marks), verdict=Verdict.TAKEN, person__isnull=False)
    by_mark = {mark: person for mark, person in rows.values_list("mark", "person") if person}
    standing = set(people(scope).filter(id__in=by_mark.values()).values_list("id", flat=True))
    return {mark: person for mark, person in by_mark.items() if person in standing}


def progress(scope: Scope, brought: UUID) -> Progress:
    """How far an import is. Raises ImportUnknown."""
    row = one(scope, brought)
    found = ImportRow.objects.filter(brought=row)
    counts = dict(found.values_list("verdict").annotate(Count("number")))
    meant = found.filter(verdict=Verdict.DOUBLE, meant=True).count()
    return Progress(row.size, **{str(verdict): count for verdict, count in counts.items()}, meant=meant)


def judged(scope: Scope, brought: UUID, *verdicts: Verdict) -> QuerySet[ImportRow]:
    """The rows of an import that have one of these verdicts (any, if none is named). Raises as `opened`."""
    rows = ImportRow.objects.filter(brought=opened(scope, brought))
    return rows.filter(verdict__in=verdicts) if verdicts else rows


def described(rows: list[ImportRow]) -> list[Judged]:
    """Rows of `judged` as values."""
    return [
        Judged(
            row.number,
            json.loads(row.cells),
            Verdict(row.verdict),
            problem_from(row.reasons) if row.verdict == Verdict.REFUSED else None,
            alike_from(row.reasons) if row.verdict == Verdict.DOUBLE else [],
            row.meant,
            row.person,
        )
        for row in rows
    ]


def report(scope: Scope, brought: UUID) -> Iterator[Judged]:
    """All rows in the order of the file, a portion at a time. Raises as `opened`."""
    rows, last = judged(scope, brought).order_by("number"), -1
    while portion := list(rows.filter(number__gt=last)[:PORTION]):
        yield from described(portion)
        last = portion[-1].number


def headings_of(row: Import) -> list[str]:
    """What its columns are called."""
    return list(json.loads(row.headings))


def columns_of(row: Import) -> list[Column | None]:
    """What its columns hold."""
    return [Column(name) if name else None for name in json.loads(row.columns)]


def samples(scope: Scope, brought: UUID, *, most: int = 3) -> list[list[str]]:
    """The first rows' cells, to be shown beside the columns. Raises as `opened`."""
    rows = judged(scope, brought).order_by("number").values_list("cells", flat=True)
    return [json.loads(cells) for cells in rows[:most]]
