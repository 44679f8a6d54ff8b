"""People, as those who may see them see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jiahe.basis.areas import within
from jiahe.basis.privacy import Privacy
from jiahe.places.queries import named
from jiahe.registry.facts import Certainty, ContactBy, Field, IdentityKind, LifeEventKind, Relation, Sex
from jiahe.registry.models import FieldValue, LifeEvent, Person, PersonName
from jiahe.registry.problems import PersonUnknown
from jiahe.registry.queries.lives import records_of
from jiahe.registry.rules.identity import mask_number, mask_phone
from jiahe.registry.rules.names import mask_name
from jiahe.staff.scope import Scope

HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the scope may see him: what it does not see is masked, a hidden date is None.

    `area` is where he lives (None: not in this register), `home` where his record is kept; `names` are his other
    names; `stamp` is the register's knowledge of him, to be handed back by who corrects.
    """

    id: UUID
    name: str
    surname: str
    names: tuple[str, ...]
    sex: Sex
    birth_on: date | None
    died_on: date | None
    identity_kind: IdentityKind | None
    identity_number: str
    phone: str
    mother: UUID | None
    father: UUID | None
    area: str | None
    home: str
    since: date
    certainty: Certainty
    registered_area: str
    language: str
    contact_by: ContactBy | None
    not_at_home: bool
    household: UUID | None
    relation: Relation | None

    @property
    def born(self) -> str:
        """The birth date as far as it is known; empty when hidden."""
        if self.birth_on is None:
            return ""
        match self.certainty:
            case Certainty.DAY:
                return self.birth_on.isoformat()
            case Certainty.MONTH:
                return f"{self.birth_on:%Y-%m}"
            case Certainty.YEAR:
                return f"{self.birth_on:%Y}"
        return f"≈ {self.birth_on:%Y}"

    @property
    def lives_here(self) -> bool:
        """Whether he is alive and resident in this register."""
        return self.area is not None


@dataclass(frozen=True, slots=True)
class EventRow:
    """A life event that stands. `place` is an area code or words."""

    entry: UUID
    person: UUID
    kind: LifeEventKind
    on: date
    area: str
    place: str
    other: UUID | None
    second: UUID | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people corrected one field without seeing each other: `unseen` was overwritten, `value` holds."""

    entry: UUID
    person: UUID
    field: Field
    seen: str
    unseen: str
    value: str


def people(scope: Scope, area: str = "") -> QuerySet[Person]:
    """Those whose record is kept in `area` (all of the scope if empty); nobody where the scope does not reach."""
    low, high = within(area)
    return _in_scope(scope).filter(home__gte=low, home__lt=high)


def people_where(scope: Scope, area: str, *, state: str, born: tuple[date, date] | None) -> QuerySet[Person]:
    """People of `area` by residence state ("here", "away", "died", "alone": in no household) and days of birth."""
    found = people(scope, area)
    match state:
        case "here":
            found = found.filter(area__isnull=False)
        case "away":
            found = found.filter(area=None, died_on=None)
        case "died":
            found = found.filter(died_on__isnull=False)
        case "alone":
            found = found.filter(area__isnull=False, household=None)
    return found.filter(birth_on__range=born) if born else found


def described(scope: Scope, rows: Iterable[Person]) -> list[PersonRow]:
    """Rows of `people`, masked as the scope demands; one query for their other names."""
    found = list(rows)
    others: dict[UUID, list[str]] = {row.id: [] for row in found}
    for who, full, surname in (
        PersonName.objects.filter(person__in=others).order_by("kind", "full").values_list("person", "full", "surname")
    ):
        name = _name(scope, full, surname)
        if name not in others[who]:
            others[who].append(name)
    return [_row(scope, row, tuple(others[row.id])) for row in found]


def person(scope: Scope, identifier: UUID) -> PersonRow:
    """One person. Raises PersonUnknown, also for somebody outside the scope."""
    return described(scope, [stored(scope, identifier)])[0]


def stored(scope: Scope, identifier: UUID) -> Person:
    """The unmasked row, for this room. Raises PersonUnknown."""
    row = _in_scope(scope).filter(id=identifier).first()
    if row is None:
        raise PersonUnknown()
    return row


def children(scope: Scope, parent: UUID) -> list[PersonRow]:
    """The children of a mother or father whose records the scope covers, the eldest first."""
    records = records_of(parent)
    either = Q(mother__in=records) | Q(father__in=records)
    return described(scope, _in_scope(scope).filter(either).order_by("birth_on", "id"))


def life_events(scope: Scope, identifier: UUID) -> list[EventRow]:
    """The events of a person that stand, the latest first. Raises PersonUnknown."""
    stored(scope, identifier)
    records = records_of(identifier)
    return event_rows(scope, LifeEvent.objects.filter(person__in=records).order_by("-on", "-stamp"), of=records)


def events(scope: Scope, area: str = "", kind: LifeEventKind | None = None) -> QuerySet[LifeEvent]:
    """The events that happened in `area` and in the scope."""
    low, high = within(area)
    lowest, highest = scope.range
    found = LifeEvent.objects.filter(area__gte=max(low, lowest), area__lt=min(high, highest))
    return found.filter(kind=kind) if kind else found


def event_rows(scope: Scope, rows: Iterable[LifeEvent], *, of: Collection[UUID] = ()) -> list[EventRow]:
    """Rows of `events` as values. Words that the scope does not see, or of somebody whose record is kept elsewhere, are
    hidden; an area's code is public. `of` are ids of whom it is known that the scope covers them."""
    found, told = list(rows), set(of)
    if not scope.sees(Privacy.PERSONAL):
        told = set()
    elif not told:
        low, high = scope.range
        here = Person.objects.filter(id__in={row.person for row in found}, home__gte=low, home__lt=high)
        told = set(here.values_list("id", flat=True))
    return [
        EventRow(
            row.entry,
            row.person,
            LifeEventKind(row.kind),
            row.on,
            row.area,
            row.place if not row.place or row.place.isdigit() or row.person in told else HIDDEN,
            row.other,
            row.second,
        )
        for row in found
    ]


def conflicts(scope: Scope, *, entry: UUID | None = None, limit: int = 100) -> list[Conflict]:
    """Corrections (of one entry, if given) that overwrote another unseen and await a decision, the newest first; values
    masked as ever."""
    mine = Exists(_in_scope(scope).filter(id=OuterRef("person")))  # few are open, and a county is large
    open_ones = FieldValue.objects.filter(mine, unseen__isnull=False).order_by("-stamp")
    if entry is not None:
        open_ones = open_ones.filter(entry=entry)
    return [
        Conflict(
            row.entry,
            row.person,
            field := Field(row.field),
            masked(scope, field, row.seen),
            masked(scope, field, row.unseen or ""),
            masked(scope, field, row.value),
        )
        for row in open_ones[:limit]
    ]


def open_conflicts() -> int:
    """How many corrections await a decision at this node."""
    return FieldValue.objects.filter(unseen__isnull=False).count()


def to_reassign(scope: Scope, *, on: date) -> QuerySet[Person]:
    """Those living in an area that is no more on that day and has not one successor: somebody must say where."""
    areas = _in_scope(scope).order_by("area").values_list("area", flat=True).distinct()
    gone = [row.code for row in named([area for area in areas if area], on=on).values() if not row.open_on(on)]
    return _in_scope(scope).filter(area__in=gone)


def masked(scope: Scope, field: Field, text: str) -> str:
    """A field's text (`facts.FieldChange`) as the scope may see it."""
    match field:
        case Field.IDENTITY if text and not scope.sees(Privacy.IDENTITY):
            kind, _, number = text.partition(":")
            return f"{kind}:{mask_number(number)}"
        case Field.PHONE if text and not scope.sees(Privacy.CONTACT):
            return mask_phone(text)
        case Field.CONTACT_BY | Field.NOT_AT_HOME if not scope.sees(Privacy.CONTACT):
            return HIDDEN
        case Field.NAME if not scope.sees(Privacy.PERSONAL):
            return mask_name(text, "")
        case Field.IDENTITY | Field.PHONE:
            return text
    return text if scope.sees(Privacy.PERSONAL) else HIDDEN


def masked_names(identifiers: Collection[UUID]) -> dict[UUID, str]:
    """The names of these records as a public notice shows them to everybody: masked."""
    rows = Person.objects.filter(id__in=identifiers).values_list("id", "full", "surname")
    return {identifier: mask_name(full, surname) for identifier, full, surname in rows}


def number_to_call(scope: Scope, identifier: UUID) -> str:
    """The telephone of a person in scope in full, whatever the post sees otherwise: for who has just said, and had
    recorded, why he calls this one person. Empty if there is none, or none in scope."""
    return _in_scope(scope).filter(id=identifier).values_list("phone", flat=True).first() or ""


def _in_scope(scope: Scope) -> QuerySet[Person]:
    low, high = scope.range
    return Person.objects.filter(home__gte=low, home__lt=high, merged_into=None)


def _name(scope: Scope, full: str, surname: str) -> str:
    return full if scope.sees(Privacy.PERSONAL) else mask_name(full, surname)


def _row(scope: Scope, row: Person, names: tuple[str, ...]) -> PersonRow:
    personal, contact = scope.sees(Privacy.PERSONAL), scope.sees(Privacy.CONTACT)
    number, phone = row.identity_number, row.phone
    return PersonRow(
        id=row.id,
        name=_name(scope, row.full, row.surname),
        surname=row.surname if personal else "",
        names=names,
        sex=Sex(row.sex) if personal else Sex.UNSTATED,
        birth_on=row.birth_on if personal else None,
        died_on=row.died_on if personal else None,
        identity_kind=IdentityKind(row.identity_kind) if row.identity_kind else None,
        identity_number=number if scope.sees(Privacy.IDENTITY) else mask_number(number),
        phone=phone if scope.sees(Privacy.CONTACT) else mask_phone(phone),
        mother=row.mother if personal else None,
        father=row.father if personal else None,
        area=row.area,
        home=row.home,
        since=row.start_on,
        certainty=Certainty(row.certainty),
        registered_area=row.registered_area if personal else "",
        language=row.language if personal else "",
        contact_by=ContactBy(row.contact_by) if row.contact_by and contact else None,
        not_at_home=row.not_at_home,
        household=row.household if personal else None,
        relation=Relation(row.relation) if row.relation and personal else None,
    )
