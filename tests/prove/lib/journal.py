# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small journal of every sort of entry: plain, cancelled, corrected, redacted. Import only once Django is set up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from jiahe.basis.ids import new_id
from jiahe.journal.recording import record, record_all
from jiahe.journal.redacting import redact
from jiahe.journal.values import Draft
from jiahe.registry.facts import (
    Born,
    Field,
    FieldChange,
    LifeEventCancelled,
    LifeEventKind,
    Name,
    NameKind,
    PersonCorrected,
    PersonRegistered,
    Sex,
)
from tests.lib.authors import START, Anyone

AREA = "411723101001"
BIRTH = date(1990, 5, 17)
ANYONE = Anyone()


def registration(full: str, person: UUID | None = None) -> Draft:
    """Somebody is registered."""
    person = person or new_id(START)
    name = Name(NameKind.CURRENT, full, full[:1], full[1:])
    fact = PersonRegistered(person, (name,), Sex.FEMALE, BIRTH, None, AREA, BIRTH, None, None)
    return Draft(fact, ANYONE, START, AREA, person)


def write(people: int) -> None:
    """Record `people` registrations, some with a birth or a correction; one birth cancelled, one entry redacted."""
    ids = [new_id(START) for _ in range(people)]
    entries = record_all([registration(f"王{number}", person) for number, person in enumerate(ids)])
    born = [Born(who, BIRTH, AREA, Sex.FEMALE, None, None) for who in ids[::2]]
    births = record_all([Draft(fact, ANYONE, START, AREA, fact.person) for fact in born])
    phone = (FieldChange(Field.PHONE, "", "13800000000"),)
    record_all([Draft(PersonCorrected(who, phone), ANYONE, START, AREA, who, "asked") for who in ids[1::4]])
    gone = LifeEventCancelled(ids[0], LifeEventKind.BORN, BIRTH)
    record(gone, by=ANYONE, at=START, area=AREA, about=ids[0], voids=births[0].id)
    redact([entries[-1].id], ground="test", by=ANYONE, at=START, area=AREA)
