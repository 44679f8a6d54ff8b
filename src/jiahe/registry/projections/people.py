"""Registrations and corrections: a person's row is his registration with the values that hold of corrected fields."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from jiahe.journal import storage
from jiahe.journal.tables import asked, id_of, in_any, insert, make, upsert
from jiahe.journal.values import Change, Recorded, projects
from jiahe.places.queries import followed
from jiahe.registry.facts import Field, FieldChange, Name, NameKind, PersonRegistered
from jiahe.registry.models import FieldValue, LifeEvent, Membership, Merge, Person, PersonName
from jiahe.registry.projections.residents import difference, settle, settle_all
from jiahe.registry.queries.lives import Around, Life, around, portions
from jiahe.registry.rules.keys import name_keys
from jiahe.registry.rules.names import split
from jiahe.registry.rules.values import Said, corrected, overwritten_unseen, text_of

NOTHING: Mapping[Field, str] = {}
Values = Mapping[UUID, Mapping[Field, list[FieldValue]]]
"""For each person and corrected field what was said of it, in the order of stamps."""

# plain SQL: it is asked at every registration, and to compile the query costs more than to run it
_SPOKEN_OF = in_any(
    (Person, "id"),
    (LifeEvent, "person"),
    (FieldValue, "person"),
    (Membership, "person"),
    (Merge, "kept"),
    (Merge, "gone"),
)
_COLUMNS = tuple(field.name for field in Person._meta.concrete_fields if field.name != "id")


@projects(Person, PersonName, FieldValue)
def person_registered(batch: Sequence[Recorded]) -> list[Change]:
    """A row for each person; of two registrations of one person (the fault of an origin) the later stamp holds."""
    latest = {entry.fact.person: entry for entry in sorted(batch, key=lambda entry: entry.stamp)}
    known = _spoken_of(latest)
    fresh = {who: _row(entry, entry.fact) for who, entry in latest.items() if who not in known}
    after = Around(fresh, (), (), ()).lives(followed())
    for who, row in fresh.items():
        settle(row, after[who])
    insert(Person, list(fresh.values()))
    insert(PersonName, [name for who in fresh for name in _other_names(latest[who])])
    late = _registered_late({who: latest[who] for who in known}) if known else []
    return difference({}, after) + late


@projects(Person, PersonName, FieldValue)
def person_unregistered(batch: Sequence[Recorded]) -> list[Change]:
    """The registration was cancelled or erased: there is no such person. What else was said of him stays as it was."""
    gone = {entry.id for entry in batch}
    found, map_ = around({entry.fact.person for entry in batch}), followed()
    before = found.lives(map_)
    left = {who: person for who, person in found.people.items() if person.entry not in gone}
    nobody = found.people.keys() - left.keys()
    for some in portions(nobody):
        Person.objects.filter(id__in=some).delete()
        PersonName.objects.filter(person__in=some, added=False).delete()
    _mark_unseen({}, _values_of(nobody))
    after = found.lives(map_, left)
    settle_all(left.values(), after)
    return difference(before, after)


@projects(Person, PersonName, FieldValue)
def person_corrected(batch: Sequence[Recorded]) -> list[Change]:
    """Each field takes the value with the greatest stamp; a name that no longer holds is kept as a former one."""
    insert(FieldValue, [row for entry in batch for row in value_rows(entry, entry.fact.changes)])
    return retold({entry.fact.person for entry in batch})


@projects(Person, PersonName, FieldValue)
def person_uncorrected(batch: Sequence[Recorded]) -> list[Change]:
    """A correction was erased: what was said before it holds again, and a name it had made a former one is none."""
    gone = [entry.id for entry in batch]
    FieldValue.objects.filter(entry__in=gone).delete()
    return retold({entry.fact.person for entry in batch})


def retold(ids: Collection[UUID], *, was: Around | None = None) -> list[Change]:
    """The rows of these people anew, from their registrations in the journal and the values that hold.

    `was` is what decided about them before, if that was more than their own row.
    """
    found, map_ = around(ids), followed()
    before = (was or found).lives(map_)
    decoded = [
        storage.decode(entry)
        for some in portions([person.entry for who, person in found.people.items() if who in ids])
        for entry in storage.by_id(some)
    ]
    registrations = {entry.fact.person: entry for entry in decoded if isinstance(entry.fact, PersonRegistered)}
    _mark_unseen({}, _values_of(set(ids) - registrations.keys()))
    return _written(registrations, found, before)


def value_rows(entry: Recorded, changes: Sequence[FieldChange]) -> Iterator[FieldValue]:
    """A row for each field that an entry says something of."""
    for change in changes:
        yield FieldValue(
            entry=entry.id,
            field=change.field,
            person=entry.fact.person,
            stamp=entry.stamp,
            seen=change.old,
            value=change.new,
        )


def _registered_late(latest: Mapping[UUID, Recorded]) -> list[Change]:
    """Registrations of people of whom something is known already."""
    known = {who: row.stamp for who, row in around(latest).people.items()}
    newest = {who: entry for who, entry in latest.items() if known.get(who, "") < entry.stamp}
    found = around(newest)
    return _written(newest, found, found.lives(followed()))


def _written(registrations: Mapping[UUID, Recorded], found: Around, before: Mapping[UUID, Life]) -> list[Change]:
    """Rows from registrations and the values that hold; and what of them changes for records merged with theirs.

    `found` is what decides about all whose life was told in `before`.
    """
    values, rows = _values_of(registrations), []
    for who, entry in registrations.items():
        holding = {field: said[-1].value for field, said in values.get(who, {}).items()}
        rows.append(_row(entry, corrected(entry.fact, holding), holding))
    people = {**found.people, **{row.id: row for row in rows}}
    after = found.lives(followed(), people)
    for row in rows:
        settle(row, after[row.id])
    upsert(Person, rows, key=("id",), update=_COLUMNS)
    settle_all((row for who, row in people.items() if who not in registrations), after)
    for some in portions(registrations):
        PersonName.objects.filter(person__in=some, added=False).delete()
    insert(PersonName, [name for entry in registrations.values() for name in _other_names(entry)])
    insert(PersonName, [name for person in rows for name in _former_names(person, registrations, values)])
    _mark_unseen(registrations, values)
    return difference(before, after)


def _spoken_of(ids: Collection[UUID]) -> set[UUID]:
    """Those of these people of whom the tables know anything yet; nobody, when new people are registered."""
    return {id_of(who) for some in portions(ids) for (who,) in asked(_SPOKEN_OF, some)}


def _values_of(ids: Collection[UUID]) -> Values:
    found: dict[UUID, dict[Field, list[FieldValue]]] = defaultdict(lambda: defaultdict(list))
    for some in portions(ids):
        for row in FieldValue.objects.filter(person__in=some).order_by("stamp"):
            found[row.person][Field(row.field)].append(row)
    return found


def _mark_unseen(registrations: Mapping[UUID, Recorded], values: Values) -> None:
    rows = []
    for who, fields in values.items():
        for field, said in fields.items():
            first = text_of(registrations[who].fact, field) if who in registrations else None
            for row, unseen in zip(
                said, overwritten_unseen(first, [Said(row.seen, row.value) for row in said]), strict=True
            ):
                if row.unseen != unseen:
                    row.unseen = unseen
                    rows.append(row)
    upsert(FieldValue, rows, key=("entry", "field"), update=("unseen",))


def _row(entry: Recorded, fact: PersonRegistered, holding: Mapping[Field, str] = NOTHING) -> Person:
    name = fact.name
    keys = name_keys(name.full, name.surname, name.given)
    number = fact.identity.number if fact.identity else ""
    phone = fact.phone or ""
    return make(
        Person,
        id=fact.person,
        entry=entry.id,
        stamp=entry.stamp,
        full=name.full,
        surname=name.surname,
        name_key=keys.name,
        given_key=keys.given,
        pinyin=keys.pinyin,
        initials=keys.initials,
        sex=fact.sex.value,
        birth_on=fact.birth_on,
        certainty=fact.certainty.value,
        identity_kind=fact.identity.kind.value if fact.identity else "",
        identity_number=number,
        identity_tail=number[::-1] or None,
        phone=phone,
        phone_tail=phone[::-1] or None,
        mother=fact.mother,
        father=fact.father,
        registered_area=fact.registered_area,
        language=holding.get(Field.LANGUAGE, ""),
        contact_by=holding.get(Field.CONTACT_BY, ""),
        not_at_home=bool(holding.get(Field.NOT_AT_HOME)),
        start_area=fact.area,
        start_on=fact.since,
    )


def _other_names(entry: Recorded) -> Iterator[PersonName]:
    for name in entry.fact.names:
        if name.kind is not NameKind.CURRENT:
            yield name_row(entry.id, entry.fact.person, name)


def _former_names(person: Person, registrations: Mapping[UUID, Recorded], values: Values) -> Iterator[PersonName]:
    """Each name that held before, once, under the entry that said it last."""
    first = registrations[person.id]
    said = values.get(person.id, {}).get(Field.NAME, [])
    by_name = {first.fact.name.full: first.id} | {row.value: row.entry for row in said}
    for full, entry in by_name.items():
        if full != person.full:
            surname, given = split(full)
            yield name_row(entry, person.id, Name(NameKind.FORMER, full, surname, given))


def name_row(
    entry: UUID, person: UUID, name: Name, *, added: bool = False, since: date | None = None, until: date | None = None
) -> PersonName:
    """A name beside the current one, with its keys."""
    keys = name_keys(name.full, name.surname, name.given)
    return PersonName(
        entry=entry,
        person=person,
        kind=name.kind,
        added=added,
        since=since,
        until=until,
        full=name.full,
        surname=name.surname,
        name_key=keys.name,
        given_key=keys.given,
        pinyin=keys.pinyin,
        initials=keys.initials,
    )
