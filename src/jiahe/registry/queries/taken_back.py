"""Registrations that were taken back: who is in no list any more, while the journal still says what was said of him."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jiahe.basis.ids import from_milliseconds
from jiahe.basis.privacy import Privacy
from jiahe.journal import queries as journal
from jiahe.journal.values import Recorded
from jiahe.registry.definitions import Rule
from jiahe.registry.facts import PersonRegistered
from jiahe.registry.models import Person, TakenBack
from jiahe.registry.problems import PersonUnknown
from jiahe.registry.queries.keeping import Kept, kept_of_taken_back
from jiahe.registry.queries.lives import portions
from jiahe.registry.queries.people import HIDDEN
from jiahe.registry.rules.names import mask_name
from jiahe.staff.scope import Scope


@dataclass(frozen=True, slots=True)
class TakenBackRow:
    """A registration that was taken back, as the scope may see it: whose, when, by whom and why. `home` is where the
    record was kept; `name` is empty where what the registration said is erased or not here."""

    person: UUID
    name: str
    birth_on: date | None
    home: str
    at: datetime
    officer: str
    post: str
    why: str


def taken_back(scope: Scope) -> QuerySet[TakenBack]:
    """Registrations that were taken back and not erased, of records that were kept in the scope."""
    low, high = scope.range
    return _gone().filter(home__gte=low, home__lt=high)


def described_taken_back(scope: Scope, rows: Iterable[TakenBack]) -> list[TakenBackRow]:
    """Rows of `taken_back`, masked as the scope demands; two statements for what the journal says of them."""
    found = list(rows)
    cancelled = journal.entries({row.entry for row in found})
    registered = journal.entries({each.voids for each in cancelled.values() if each.voids})
    of = {entry: registered.get(each.voids) for entry, each in cancelled.items() if each.voids}
    return [_row(scope, row, cancelled[row.entry], of.get(row.entry)) for row in found]


def taken_back_one(scope: Scope, person: UUID) -> TakenBackRow:
    """One of them. Raises PersonUnknown, also for one outside the scope."""
    return described_taken_back(scope, [_stored(scope, person)])[0]


def taken_back_with(scope: Scope, person: UUID) -> list[UUID]:
    """The others in the scope whose registrations were taken back by the same act. Raises PersonUnknown."""
    row = _stored(scope, person)
    act = taken_back(scope).filter(at_ms=row.at_ms, officer=row.officer, post=row.post)
    return list(act.exclude(person=person).order_by("person").values_list("person", flat=True).distinct())


def held_on_taken_back(scope: Scope, person: UUID, rules: Sequence[Rule], *, on: date) -> list[Kept]:
    """All that is held on one of them, the newest first. Raises PersonUnknown."""
    return kept_of_taken_back([_stored(scope, person).person], rules, on=on)


def rows_taken_back(people: Collection[UUID]) -> list[TakenBack]:
    """Those of these people whose registrations were taken back, for this room's own actions."""
    return [row for some in portions(people) for row in _gone().filter(person__in=some).order_by("home", "entry")]


def _gone() -> QuerySet[TakenBack]:
    """Without those of whom another registration stands."""
    return TakenBack.objects.exclude(Exists(Person.objects.filter(id=OuterRef("person"))))


def _stored(scope: Scope, person: UUID) -> TakenBack:
    row = taken_back(scope).filter(person=person).order_by("-at_ms", "entry").first()
    if row is None:
        raise PersonUnknown()
    return row


def _row(scope: Scope, row: TakenBack, cancelled: Recorded, registered: Recorded | None) -> TakenBackRow:
    personal = scope.sees(Privacy.PERSONAL)
    fact, why = registered.fact if registered else None, cancelled.why
    name, birth_on = "", None
    if isinstance(fact, PersonRegistered):
        name = fact.name.full if personal else mask_name(fact.name.full, fact.name.surname)
        birth_on = fact.birth_on if personal else None
    return TakenBackRow(
        person=row.person,
        name=name,
        birth_on=birth_on,
        home=row.home,
        at=from_milliseconds(row.at_ms),
        officer=row.officer,
        post=row.post,
        why=why if personal or not why else HIDDEN,
    )
