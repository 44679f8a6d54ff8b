"""A small register's facts, written by hand, and recording them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from jiahe.journal.recording import record_all
from jiahe.journal.values import Draft, Recorded
from jiahe.registry.facts import (
    Born,
    Died,
    Field,
    FieldChange,
    MovedIn,
    MovedOut,
    Name,
    NameKind,
    PersonCorrected,
    PersonRegistered,
    Sex,
)
from jiahe.staff.scope import Acting, Scope, founding

SPACE = UUID(int=7)
COUNTY, YANGBU, MIAOWAN = "411723", "411723101", "411723103"
HEBEI, JINZHUANG, LONGWANG = "411723101200", "411723101201", "411723103201"
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = date(2026, 11, 20)


def author(area: str = "") -> Acting:
    """Somebody who may record and read everything in the area."""
    return founding(area, AT)


def scope(area: str = "") -> Scope:
    """What he may read."""
    return author(area).scope


def someone(name: str) -> UUID:
    """The same person for the same name."""
    return uuid5(SPACE, name)


def registered(
    name: str, *, area: str = HEBEI, since: date = DAY, sex: Sex = Sex.FEMALE, birth: date | None = None
) -> PersonRegistered:
    """Somebody enters the register; born on the day since when he lives here, unless said otherwise."""
    names = (Name(NameKind.CURRENT, name, "", name),)
    return PersonRegistered(someone(name), names, sex, birth or since, None, area, since, None, None)


def corrected(name: str, field: Field, new: str, *, old: str = "2020-01-01") -> PersonCorrected:
    """Something about somebody was wrong."""
    return PersonCorrected(someone(name), (FieldChange(field, old, new),))


def born(name: str, *, on: date = DAY, area: str = HEBEI, sex: Sex = Sex.FEMALE) -> Born:
    """A birth."""
    return Born(someone(name), on, area, sex, None, None)


def living(area: str, *names: str, sex: Sex = Sex.FEMALE) -> list[PersonRegistered]:
    """These people have lived in the area since long ago."""
    return [registered(name, area=area, since=date(2020, 1, 1), sex=sex) for name in names]


def known(*names: str) -> list[object]:
    """These people are registered, but lived here only for a while, long ago."""
    return [*living(HEBEI, *names), *(moved_out(name, on=date(2020, 2, 1)) for name in names)]


def died(name: str, *, on: date = DAY, area: str = HEBEI, sex: Sex = Sex.FEMALE) -> Died:
    """A death."""
    return Died(someone(name), on, area, sex)


def moved_in(name: str, *, on: date = DAY, area: str = HEBEI, sex: Sex = Sex.FEMALE, origin: str = "") -> MovedIn:
    """A move to the area."""
    return MovedIn(someone(name), on, area, sex, origin)


def moved_out(name: str, *, on: date = DAY, area: str = HEBEI, sex: Sex = Sex.FEMALE, to: str = "") -> MovedOut:
    """A move from the area."""
    return MovedOut(someone(name), on, area, sex, to)


def draft(fact: object, *, voids: UUID | None = None, area: str = COUNTY) -> Draft:
    """The fact, about to be recorded."""
    return Draft(fact, author(), AT, getattr(fact, "area", area), about=getattr(fact, "person", None), voids=voids)


def tell(*facts: object) -> list[Recorded]:
    """Record the facts, in one transaction."""
    return record_all([draft(fact) for fact in facts])


def recorded(fact: object, kind: str, seq: int = 1) -> Recorded:
    """An entry that was never written."""
    return Recorded(seq, someone(f"{seq}"), "here", seq, seq, seq, kind, "41", "", "", None, "", None, fact)
