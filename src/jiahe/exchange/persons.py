"""From the cells of a row to somebody who can be registered, or the first Problem in the way. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec

from jiahe.exchange import cells, problems
from jiahe.exchange.cells import Residences
from jiahe.exchange.columns import Column
from jiahe.registry.facts import Certainty, IdentityKind, NameKind, Relation, Sex
from jiahe.registry.rules import identity
from jiahe.registry.rules.entry import clean_name

_OTHER_NAMES = {
    Column.FORMER_NAME: NameKind.FORMER,
    Column.ALIAS: NameKind.ALIAS,
    Column.OTHER_SCRIPT: NameKind.OTHER_SCRIPT,
}
_CHECKED = (IdentityKind.RESIDENT_ID, IdentityKind.RESIDENCE_PERMIT)
_PERMITS = ("810000", "820000", "830000")


@dataclass(frozen=True, slots=True)
class Household:
    """What a row says of the household: those with the same number, or without numbers the same address, are of one."""

    number: str = ""
    address: str = ""
    relation: Relation | None = None


class Somebody(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as a row tells of him. `mother` is her identity number; other names are (kind, name in full)."""

    name: str
    surname: str
    sex: Sex
    birth_on: date
    certainty: Certainty
    document: IdentityKind | None
    number: str
    area: str
    since: date
    phone: str
    mother: str
    other_names: tuple[tuple[NameKind, str], ...]
    household: Household

    @property
    def house(self) -> str:
        """What rows of one household share; empty where nothing is said of one."""
        said = self.household.number or self.household.address
        return f"{self.area} {said}" if said and self.household.relation is not None else ""

    @property
    def mark(self) -> str:
        """A hash that two rows share if they say the same of somebody; 32 hexadecimal places."""
        said = (self.name, self.sex, self.birth_on, self.number, self.area, self.mother, self.phone)
        return sha256(repr(tuple(map(str, said))).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds for rows that do not say it."""

    area: str = ""
    since: date | None = None


def somebody(row: Sequence[str], columns: Sequence[Column | None], usual: Usual, residences: Residences) -> Somebody:
    """Who the row tells of. Raises the problems of rows (`problems.rows`) and of names (`registry.rules.entry`)."""
    said = {column: cell for column, cell in zip(columns, row, strict=False) if column is not None and cell}
    name, surname = _name(said)
    kind, typed = _document(said)
    born, certainty = _birth(said, kind, typed)
    area, since = said.get(Column.AREA), said.get(Column.SINCE)
    if not area and not usual.area:
        raise problems.AreaMissing()
    if not since and not usual.since:
        raise problems.SinceMissing()
    mother = identity.compact(cells.number(said.get(Column.MOTHER, "")))
    return Somebody(
        name=name,
        surname=surname,
        sex=_sex(said, kind, typed),
        birth_on=born,
        certainty=certainty,
        document=kind,
        number=typed,
        area=residences.code(area) if area else usual.area,
        since=cells.day(since) if since else max(usual.since or born, born),
        phone=said.get(Column.PHONE, ""),
        mother=mother,
        other_names=tuple(
            (named, clean_name(said[column], kind=named).full)
            for column, named in _OTHER_NAMES.items()
            if column in said
        ),
        household=Household(
            said.get(Column.HOUSEHOLD_NUMBER, ""),
            said.get(Column.HOUSEHOLD_ADDRESS, ""),
            cells.relation(said[Column.RELATION]) if Column.RELATION in said else None,
        ),
    )


def to_json(who: Somebody) -> str:
    """As it is kept with the row."""
    return msgspec.json.encode(who).decode()


def from_json(text: str) -> Somebody:
    """What `to_json` wrote."""
    return msgspec.json.decode(text, type=Somebody)


def _name(said: Mapping[Column, str]) -> tuple[str, str]:
    surname, given = said.get(Column.SURNAME, ""), said.get(Column.GIVEN, "")
    full = said.get(Column.NAME, "")
    if not full and given:
        full = f"{given} {surname}".strip() if (given + surname).isascii() else surname + given
    name = clean_name(full, surname)
    return name.full, surname


def _document(said: Mapping[Column, str]) -> tuple[IdentityKind | None, str]:
    typed = identity.compact(cells.number(said.get(Column.NUMBER, "")))
    if not typed:
        return None, ""
    if Column.DOCUMENT in said:
        return cells.document(said[Column.DOCUMENT]), typed
    return (IdentityKind.RESIDENCE_PERMIT if typed.startswith(_PERMITS) else IdentityKind.RESIDENT_ID), typed


def _birth(said: Mapping[Column, str], kind: IdentityKind | None, typed: str) -> tuple[date, Certainty]:
    if Column.BIRTH_ON in said:
        return cells.birth(said[Column.BIRTH_ON])
    told = identity.birth_date(typed) if kind in _CHECKED and len(typed) == 18 else None
    if told is None:
        raise problems.BirthMissing()
    return told, Certainty.DAY


def _sex(said: Mapping[Column, str], kind: IdentityKind | None, typed: str) -> Sex:
    if Column.SEX in said:
        return cells.sex(said[Column.SEX])
    if kind in _CHECKED and len(typed) == 18 and typed[16].isdigit() and typed.isascii():
        return identity.sex_of(typed)
    raise problems.SexMissing()


def values_as_text(values: Mapping[str, Any]) -> dict[str, str]:
    """A problem's values as they are kept with the row, to be said in any language later."""
    return {name: str(value) for name, value in values.items()}
