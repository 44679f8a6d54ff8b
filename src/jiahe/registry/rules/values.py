"""Corrections: a field as text and back, which value holds, and which was overwritten unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from jiahe.registry.facts import Certainty, Field, Name, NameKind, PersonRegistered, Sex
from jiahe.registry.rules import identity
from jiahe.registry.rules.names import given_of, split


@dataclass(frozen=True, slots=True)
class Said:
    """One value said of a field: what its author saw before (`seen`), and what he wrote."""

    seen: str
    value: str


def overwritten_unseen(first: str | None, said: Sequence[Said]) -> tuple[str | None, ...]:
    """For each of these, in the order of stamps: the value it replaced without its author having seen it, else None.

    `first` is what the registration said, None while that is not known. A conflict is open until somebody writes who
    saw what holds, be it the same again; two authors who wrote the same do not differ.

    >>> overwritten_unseen("138", [Said("138", "139"), Said("138", "137")])
    (None, '139')
    >>> overwritten_unseen("138", [Said("138", "139"), Said("138", "137"), Said("137", "139")])
    (None, None, None)
    """
    found: list[str | None] = []
    holds = first
    for each in said:
        if each.seen == holds:
            found = [None] * (len(found) + 1)
        elif holds is None or each.value == holds:
            found.append(None)
        else:
            found.append(holds)
        holds = each.value
    return tuple(found)


def text_of(fact: PersonRegistered, field: Field) -> str:
    """A field's value as a correction writes it (`facts.FieldChange`)."""
    match field:
        case Field.NAME:
            return fact.name.full
        case Field.SURNAME:
            return fact.name.surname
        case Field.SEX:
            return fact.sex
        case Field.BIRTH_ON:
            return fact.birth_on.isoformat()
        case Field.IDENTITY:
            return identity.as_text(fact.identity)
        case Field.PHONE:
            return fact.phone or ""
        case Field.MOTHER:
            return str(fact.mother or "")
        case Field.FATHER:
            return str(fact.father or "")
        case Field.CERTAINTY:
            return fact.certainty
        case Field.REGISTERED_AREA:
            return fact.registered_area
        case Field.LANGUAGE | Field.CONTACT_BY | Field.NOT_AT_HOME:
            return ""
        case Field.AREA:
            return fact.area
        case Field.SINCE:
            return fact.since.isoformat()
        case _:
            assert_never(field)


def corrected(fact: PersonRegistered, holding: Mapping[Field, str]) -> PersonRegistered:
    """The registration as it reads with the values that hold; a surname not in the new name gives way to its own.

    >>> born = date(1990, 1, 1)
    >>> wang = PersonRegistered(UUID(int=1), (Name(NameKind.CURRENT, "王明", "王", "明"),), Sex.MALE, born, None,
    ...                         "411723101001", born, None, None)
    >>> corrected(wang, {Field.NAME: "歐陽明", Field.PHONE: "13800000001"}).name.surname
    '歐陽'
    """
    if not holding:
        return fact
    full = holding.get(Field.NAME, fact.name.full)
    surname = holding.get(Field.SURNAME, fact.name.surname)
    if not (full.startswith(surname) or full.endswith(surname)):
        surname = split(full)[0]
    names = fact.names
    if (full, surname) != (fact.name.full, fact.name.surname):
        others = tuple(name for name in fact.names if name is not fact.name)
        names = (Name(NameKind.CURRENT, full, surname, given_of(full, surname)), *others)
    mother = holding.get(Field.MOTHER, str(fact.mother or ""))
    father = holding.get(Field.FATHER, str(fact.father or ""))
    return replace(
        fact,
        names=names,
        sex=Sex(holding.get(Field.SEX, fact.sex)),
        birth_on=date.fromisoformat(holding.get(Field.BIRTH_ON, fact.birth_on.isoformat())),
        identity=identity.from_text(holding[Field.IDENTITY]) if Field.IDENTITY in holding else fact.identity,
        phone=holding.get(Field.PHONE, fact.phone or "") or None,
        mother=UUID(mother) if mother else None,
        father=UUID(father) if father else None,
        certainty=Certainty(holding.get(Field.CERTAINTY, fact.certainty)),
        registered_area=holding.get(Field.REGISTERED_AREA, fact.registered_area),
        area=holding.get(Field.AREA, fact.area),
        since=date.fromisoformat(holding.get(Field.SINCE, fact.since.isoformat())),
    )
