"""Who much like somebody is registered already; asked before a registration is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from jiahe.basis.problem import Problem
from jiahe.registry.facts import NameKind, PersonRegistered
from jiahe.registry.models import Person, PersonName
from jiahe.registry.queries.lives import portions
from jiahe.registry.queries.people import PersonRow, described, people
from jiahe.registry.queries.standing import registrations
from jiahe.registry.rules.keys import name_keys
from jiahe.registry.rules.linkage import Features, Reason, likeness, twins
from jiahe.registry.rules.newcomers import Newcomer
from jiahe.staff.scope import Scope

LIKELY = 0.5
"""From this probability on two records are shown as likely doubles."""
_PORTION = 1_000
_ID = Person._meta.pk
Index = Mapping[tuple[str, str], Sequence[UUID]]
"""Who has this value of a key."""
_KEYS = ("identity", "name_key", "pinyin", "phone", "mother")


@dataclass(frozen=True, slots=True)
class Double:
    """A record much like the one asked about: how likely it is of the same person, and what speaks for it."""

    person: UUID
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A likely double that the scope covers."""

    person: PersonRow
    probability: float
    reasons: tuple[Reason, ...]


def doubles_of(wanted: Sequence[PersonRegistered], *, limit: int = 10) -> list[list[Double]]:
    """For each of these registrations the records much like it, the likeliest first; of all areas, for this room.

    A constant number of statements for each thousand.
    """
    found: list[list[Double]] = []
    for start in range(0, len(wanted), _PORTION):
        asked = [_asked(fact) for fact in wanted[start : start + _PORTION]]
        near = _near(asked)
        index = _indexed(near)
        for features in asked:
            alike = []
            for who, other in _meeting(features, near, index).items():
                like = likeness(features, other)
                if like.probability >= LIKELY and not twins(features, other):
                    alike.append(Double(who, like.probability, like.reasons))
            found.append(sorted(alike, key=lambda each: -each.probability)[:limit])
    return found


def judge_people(scope: Scope, newcomers: Sequence[Newcomer], *, at: datetime) -> list[Problem | list[Shown] | None]:
    """What would become of each if it were entered now: the Problem that stands in the way, the likely doubles in the
    scope, or None for nothing."""
    facts = list(registrations(newcomers, at, localdate(at)))
    alike = iter(doubles_of([fact for fact in facts if isinstance(fact, PersonRegistered)]))
    return [fact if isinstance(fact, Problem) else shown(scope, next(alike)) or None for fact in facts]


def shown(scope: Scope, doubles: Sequence[Double]) -> list[Shown]:
    """Those of these doubles that the scope covers, as it may see them."""
    if not doubles:
        return []
    rows = {row.id: row for row in described(scope, people(scope).filter(id__in=[each.person for each in doubles]))}
    return [Shown(rows[each.person], each.probability, each.reasons) for each in doubles if each.person in rows]


def features_of(rows: Iterable[Person]) -> dict[UUID, Features]:
    """What is compared of these rows; one query for their other names."""
    found = list(rows)
    others: dict[UUID, list[str]] = defaultdict(list)
    for who, key in PersonName.objects.filter(person__in=[row.id for row in found]).values_list("person", "name_key"):
        others[who].append(key)
    return {
        row.id: Features(
            name_key=row.name_key,
            given_key=row.given_key,
            pinyin=row.pinyin,
            surname=row.surname,
            sex=row.sex,
            birth_on=row.birth_on,
            area=row.home,
            identity=row.identity_number,
            phone=row.phone,
            mother=str(row.mother or ""),
            other_names=tuple(others[row.id]),
        )
        for row in found
    }


def _asked(fact: PersonRegistered) -> Features:
    keys = name_keys(fact.name.full, fact.name.surname, fact.name.given)
    others = [name for name in fact.names if name.kind is not NameKind.CURRENT]
    return Features(
        name_key=keys.name,
        given_key=keys.given,
        pinyin=keys.pinyin,
        surname=fact.name.surname,
        sex=fact.sex,
        birth_on=fact.birth_on,
        area=fact.area,
        identity=fact.identity.number if fact.identity else "",
        phone=fact.phone or "",
        mother=str(fact.mother or ""),
        other_names=tuple(name_keys(name.full, name.surname, name.given).name for name in others),
    )


def _near(asked: Sequence[Features]) -> Mapping[UUID, Features]:
    """The rows that share a key with one of these: a number, the name in any script, its sound, a phone, the mother.

    Plain SQL, for it is asked at every registration, and nearly always nobody is near.
    """
    keys = {name: {value for each in asked if (value := getattr(each, name))} for name in _KEYS}
    wanted = (
        (Person, "id", "identity_tail", [number[::-1] for number in keys["identity"]]),
        (Person, "id", "name_key", list(keys["name_key"])),
        (Person, "id", "pinyin", list(keys["pinyin"])),
        (Person, "id", "phone_tail", [number[::-1] for number in keys["phone"]]),
        (Person, "id", "mother", [_ID.get_db_prep_value(UUID(who), connection) for who in keys["mother"]]),
        (PersonName, "person", "name_key", list(keys["name_key"])),
    )
    parts = [
        f"SELECT {who} FROM {table._meta.db_table} WHERE {column} IN ({', '.join(['%s'] * len(values))})"  # noqa: S608
        for table, who, column, values in wanted
        if values
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), [value for *_, values in wanted for value in values])
        ids = [who if isinstance(who, UUID) else UUID(who) for (who,) in cursor.fetchall()]
    rows = [row for some in portions(ids) for row in Person.objects.filter(id__in=some, merged_into=None)]
    return features_of(rows) if rows else {}


def _meeting(asked: Features, near: Mapping[UUID, Features], index: Index) -> dict[UUID, Features]:
    """Those of the rows that share a key with this very one."""
    keys = [(name, getattr(asked, name)) for name in _KEYS]
    return {who: near[who] for key in keys if key[1] for who in index.get(key, ())}


def _indexed(near: Mapping[UUID, Features]) -> Index:
    found: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for who, other in near.items():
        for name in _KEYS:
            found[name, getattr(other, name)].append(who)
        for alias in other.other_names:
            found["name_key", alias].append(who)
    return found
