"""Who much like somebody is registered already; asked before a registration is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Field, UUIDField
from django.utils.timezone import localdate

from jiahe.basis.problem import Problem
from jiahe.registry.facts import NameKind, PersonRegistered
from jiahe.registry.models import Person, PersonName
from jiahe.registry.queries.lives import portions
from jiahe.registry.queries.people import PersonRow, described, people
from jiahe.registry.queries.standing import registrations
from jiahe.registry.rules.keys import name_keys
from jiahe.registry.rules.linkage import Features, Reason, likeness, swapped, twins
from jiahe.registry.rules.newcomers import Newcomer
from jiahe.staff.scope import Scope

LIKELY = 0.5
"""From this probability on two records are shown as likely doubles."""
_PORTION = 1_000
_DAY, _ID = DateField(), UUIDField()
_ASKED: tuple[tuple[str, Callable[[Features], Any]], ...] = (
    ("birth", lambda each: _prepared(_DAY, each.birth_on)),
    ("swapped", lambda each: _prepared(_DAY, swapped(each.birth_on))),
    ("name_key", lambda each: each.name_key or None),
    ("pinyin", lambda each: each.pinyin or None),
    ("home", lambda each: each.area),
    ("identity", lambda each: each.identity[::-1] or None),
    ("phone", lambda each: each.phone[::-1] or None),
    ("mother", lambda each: _prepared(_ID, UUID(each.mother) if each.mother else None)),
)
"""What is asked of one, by the name of its column in the statement."""
_ALIKE = "p.name_key = a.name_key OR p.pinyin = a.pinyin"
_MEETINGS = (
    ("identity", "p.identity_tail = a.identity"),
    ("phone", "p.phone_tail = a.phone"),
    ("mother", "p.mother = a.mother"),
    ("birth", f"p.birth_on = a.birth AND ({_ALIKE})"),
    ("swapped", f"p.birth_on = a.swapped AND ({_ALIKE})"),
    ("home", "p.home = a.home AND p.name_key = a.name_key"),
    ("home", "p.home = a.home AND p.pinyin = a.pinyin"),
)
"""What somebody registered (p) must have in common with one asked about (a), and what must be known of that one."""


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
        met = _met(asked)
        near = _features(set().union(*met.values()))
        for place, features in enumerate(asked):
            alike = []
            for who in met[place] & near.keys():
                other = near[who]
                like = likeness(features, other)
                if like.probability >= LIKELY and not twins(features, other):
                    alike.append(Double(who, like.probability, like.reasons))
            found.append(sorted(alike, key=lambda each: (-each.probability, each.person))[:limit])
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


def _met(asked: Sequence[Features]) -> dict[int, set[UUID]]:
    """Whom each of these is compared with, by its place: who can be a likely double at all.

    Somebody with the same number, phone or mother; whose name is written or sounds alike and who was born on the same
    day, or that with day and month swapped, or lives in the same village; who has the name as another name. Of one name
    a county has hundreds, and hardly anybody who shares no more with them reaches LIKELY. Plain SQL that only reads
    indexes, for it is asked at every registration, and nearly always nobody is met.
    """
    rows = [(place, *(make(features) for _, make in _ASKED)) for place, features in enumerate(asked)]
    columns = ("place", *(name for name, _ in _ASKED))
    known = {name for place, name in enumerate(columns) if any(row[place] is not None for row in rows)}
    row = f"({', '.join(['%s'] * len(columns))})"
    table, names = Person._meta.db_table, PersonName._meta.db_table
    parts = [
        *(
            f"SELECT a.place, p.id FROM asked a CROSS JOIN {table} p WHERE {same}"  # noqa: S608
            for needed, same in _MEETINGS
            if needed in known
        ),
        f"SELECT a.place, n.person FROM asked a CROSS JOIN {names} n WHERE n.name_key = a.name_key",  # noqa: S608
    ]
    statement = f"WITH asked ({', '.join(columns)}) AS (VALUES {', '.join([row] * len(rows))}) {' UNION '.join(parts)}"
    found: dict[int, set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for each in rows for value in each])
        for place, who in cursor.fetchall():
            found[place].add(who if isinstance(who, UUID) else UUID(who))
    return found


def _prepared(field: Field[Any, Any], value: object) -> Any:
    """As the database has it in such a column."""
    return field.get_db_prep_value(value, connection)


def _features(ids: Collection[UUID]) -> Mapping[UUID, Features]:
    """What is compared of those of them whose record was not merged away."""
    rows = [row for some in portions(ids) for row in Person.objects.filter(id__in=some, merged_into=None)]
    return features_of(rows) if rows else {}
