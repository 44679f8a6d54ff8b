"""What the verbs of this room look up before they record: who may, what is free, what can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from jiahe.basis.ids import new_id
from jiahe.basis.problem import Problem
from jiahe.journal.values import Author
from jiahe.places.facts import Level
from jiahe.places.queries import named, require_open
from jiahe.registry import problems
from jiahe.registry.facts import Certainty, Identity, LifeEventKind, PersonRegistered, Sex
from jiahe.registry.models import LifeEvent, Person, PersonDocument
from jiahe.registry.queries.lives import portions, records_of, stays_of
from jiahe.registry.rules.entry import clean_identity, refuse_event
from jiahe.registry.rules.newcomers import Document, Newcomer, registration
from jiahe.registry.rules.residence import age_on, lived_on

_RESIDENCES = (Level.TOWNSHIP, Level.VILLAGE)
_MOTHERS, _FATHERS = range(10, 61), range(12, 91)
_GENERATIONS = 40


def row_for(by: Author, verb: str, person: UUID) -> Person:
    """The person, if the author may record such facts ("Died") where the record is kept. Raises PersonUnknown."""
    row = Person.objects.filter(id=person, merged_into=None).first()
    if row is None or not by.may(f"registry.{verb}", row.home):
        raise problems.PersonUnknown()
    return row


def refuse_residence(area: str, on: date) -> None:
    """Raises AreaTooWide, and the problems of places for an area that is not there on that day."""
    place = require_open(area, on=on)
    if place.level not in _RESIDENCES:
        raise problems.AreaTooWide(name=place.name)


def plausible(kind: LifeEventKind, on: date, row: Person, today: date) -> str | None:
    """Where the person lived on that day, once it is clear that the event can have been.

    Raises the problems of `rules.entry.refuse_event`.
    """
    lived_in = lived_on(on, stays_of(row))
    refuse_event(kind, on, birth_on=row.birth_on, died_on=row.died_on, resident=lived_in is not None, today=today)
    return lived_in


def refuse_parents(
    *, mother: UUID | None, father: UUID | None, birth_on: date, sure: Collection[str], child: UUID | None = None
) -> None:
    """Raises ParentImpossible, CircularParents; ParentUnlikely unless the author is sure."""
    for parent, ages, wrong in ((mother, _MOTHERS, Sex.MALE), (father, _FATHERS, Sex.FEMALE)):
        if parent is None:
            continue
        row = Person.objects.filter(id=parent).first()
        if row is None:
            raise problems.PersonUnknown()
        age = age_on(row.birth_on, birth_on)
        gone = row.died_on is not None and (birth_on - row.died_on).days > (300 if wrong is Sex.FEMALE else 0)
        if row.sex == wrong or gone or age < 0 or parent == child:
            raise problems.ParentImpossible(birth_on=birth_on)
        if child is not None and descends(row, child):
            raise problems.CircularParents()
        if age not in ages and problems.ParentUnlikely.code not in sure:
            raise problems.ParentUnlikely(age=age, birth_on=birth_on)


def refuse_children(*, parent: UUID, birth_on: date, sure: Collection[str]) -> None:
    """The same from the other side, of a parent said to be born on that day, with children wherever they live.

    Raises ChildImpossible; ChildUnlikely unless the author is sure.
    """
    records = records_of(parent)
    unlikely = False
    for column, ages in (("mother", _MOTHERS), ("father", _FATHERS)):
        theirs = Person.objects.filter(merged_into=None, **{f"{column}__in": records})
        for born_on in theirs.values_list("birth_on", flat=True):
            age = age_on(birth_on, born_on)
            if age < 0:
                raise problems.ChildImpossible()
            unlikely |= age not in ages
    if unlikely and problems.ChildUnlikely.code not in sure:
        raise problems.ChildUnlikely()


def descends(row: Person, ancestor: UUID) -> bool:
    """Whether `ancestor` is among the forebears of this person, by the parents that are recorded."""
    reach = {parent for parent in (row.mother, row.father) if parent is not None}
    passed: set[UUID] = set()
    for _ in range(_GENERATIONS):
        if ancestor in reach:
            return True
        passed |= reach
        rows = Person.objects.filter(id__in=reach).values_list("mother", "father") if reach else ()
        reach = {parent for pair in rows for parent in pair if parent is not None} - passed
        if not reach:
            return False
    return False


def free_identity(
    document: Document | None,
    *,
    birth_on: date,
    certainty: Certainty = Certainty.DAY,
    sex: Sex,
    today: date,
    owner: UUID | None = None,
) -> Identity | None:
    """The number, if it can be and belongs to nobody else. Raises the problems of numbers, and IdentityTaken."""
    if document is None:
        return None
    known = birth_on if certainty is Certainty.DAY else None
    found = clean_identity(document.kind, document.number, birth_on=known, sex=sex, today=today)
    if found is not None and taken([found], owner=owner):
        raise problems.IdentityTaken()
    return found


def taken(wanted: Iterable[Identity], *, owner: UUID | None = None) -> set[Identity]:
    """Those of these numbers that belong to somebody else than `owner` already."""
    tails = {identity.number[::-1]: identity for identity in wanted}
    own = set(records_of(owner)) if owner else set()
    held = [
        *Person.objects.filter(identity_tail__in=tails).values_list("id", "identity_tail", "identity_kind"),
        *PersonDocument.objects.filter(tail__in=tails).values_list("person", "tail", "kind"),
    ]
    return {tails[tail] for who, tail, kind in held if tail and who not in own and tails[tail].kind == kind}


def marriage_on(row: Person, on: date) -> LifeEvent | None:
    """The marriage that stands on that day: neither ended by divorce nor by the spouse's death before it."""
    events = LifeEvent.objects.filter(
        person__in=records_of(row.id), kind__in=[LifeEventKind.MARRIED, LifeEventKind.DIVORCED], on__lte=on
    ).order_by("on", "stamp")
    last = None
    for event in events:
        last = event if event.kind == LifeEventKind.MARRIED else None
    if last is not None and last.other is not None:
        spouse = Person.objects.filter(id=last.other).first()
        if spouse is not None and spouse.died_on is not None and spouse.died_on <= on:
            return None
    return last


def registrations(people: Sequence[Newcomer], at: datetime, today: date) -> Iterator[PersonRegistered | Problem]:
    """Registrations, or what stands in their way; a constant number of statements for each portion."""
    known = named({given.area for given in people}, on=today)
    places: dict[str, Problem | None] = {}
    cleaned: list[PersonRegistered | Problem] = []
    for given in people:
        if given.area not in places:
            row = known.get(given.area)
            fine = row is not None and row.open_on(today) and row.level in _RESIDENCES
            places[given.area] = None if fine else _area_problem(given.area, today)
        try:
            cleaned.append(places[given.area] or registration(given, new_id(at), today))
        except Problem as problem:
            cleaned.append(problem)
    numbers = [fact.identity for fact in cleaned if isinstance(fact, PersonRegistered) and fact.identity]
    often = Counter(numbers)
    held = {number for some in portions(often) for number in taken(some)}  # type: ignore[arg-type]
    for fact in cleaned:
        number = fact.identity if isinstance(fact, PersonRegistered) else None
        yield problems.IdentityTaken() if number is not None and (number in held or often[number] > 1) else fact


def _area_problem(area: str, today: date) -> Problem | None:
    try:
        refuse_residence(area, today)
    except Problem as problem:
        return problem
    return None
