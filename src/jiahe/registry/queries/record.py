"""What stands in one person's record beside his own row: particulars, family, household, and all of it to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from jiahe.basis.privacy import Privacy
from jiahe.registry.facts import LifeEventKind
from jiahe.registry.models import Household, LifeEvent, Person, PersonDocument, PersonName, PersonPhone
from jiahe.registry.queries.history import opened_by, person_history
from jiahe.registry.queries.households import HouseholdRow, described_households
from jiahe.registry.queries.lives import records_of, spells_of
from jiahe.registry.queries.people import PersonRow, children, described, people, person, stored
from jiahe.registry.queries.standing import marriage_on
from jiahe.registry.rules.identity import mask_number, mask_phone
from jiahe.registry.rules.names import mask_name
from jiahe.staff.scope import Scope


@dataclass(frozen=True, slots=True)
class Particular:
    """A name, document or phone beside the main one; `entry` is None where it comes from the registration itself."""

    entry: UUID | None
    what: str
    kind: str
    text: str
    note: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Family:
    """Who is whose, as recorded and as far as the scope covers them; in words where somebody is not registered.

    Whose record is kept elsewhere is not told, but that there is somebody (`_away`) is, where this record says so. Of a
    child it says nothing: that stands in the child's own.
    """

    mother: PersonRow | None
    father: PersonRow | None
    spouse: PersonRow | None
    spouse_name: str
    married_on: date | None
    adoptive: tuple[PersonRow, ...]
    adoptive_away: bool
    guardian: PersonRow | None
    guardian_away: bool
    children: tuple[PersonRow, ...]


def particulars(scope: Scope, identifier: UUID) -> list[Particular]:
    """Names, documents and phones beside the main ones, masked as ever. Raises PersonUnknown."""
    stored(scope, identifier)
    records = records_of(identifier)
    personal, contact = scope.sees(Privacy.PERSONAL), scope.sees(Privacy.CONTACT)
    found = [
        Particular(
            row.entry if row.added else None,
            "name",
            row.kind,
            row.full if personal else mask_name(row.full, row.surname),
            "",
            row.since,
            row.until,
        )
        for row in PersonName.objects.filter(person__in=records).order_by("kind", "full")
    ]
    for row in PersonDocument.objects.filter(person__in=records).order_by("kind", "entry"):
        number = row.number if scope.sees(Privacy.IDENTITY) else mask_number(row.number)
        found.append(Particular(row.entry, "document", row.kind, number, "", row.since, row.until))
    for phone in PersonPhone.objects.filter(person__in=records).order_by("entry"):
        number = phone.number if contact else mask_phone(phone.number)
        found.append(Particular(phone.entry, "phone", "", number, phone.whose if contact else "", None, None))
    return found


def family(scope: Scope, identifier: UUID, *, on: date) -> Family:
    """Mother, father, spouse, adoptive parents, guardian and children. Raises PersonUnknown."""
    row = stored(scope, identifier)
    marriage = marriage_on(row, on)
    events = LifeEvent.objects.filter(
        person__in=records_of(identifier), kind__in=[LifeEventKind.ADOPTED, LifeEventKind.GUARDIAN_NAMED], on__lte=on
    ).order_by("on", "stamp")
    adopted = [event for event in events if event.kind == LifeEventKind.ADOPTED]
    guarded = [event for event in events if event.kind == LifeEventKind.GUARDIAN_NAMED]
    adoptive = [who for who in (adopted[-1].other, adopted[-1].second) if who] if adopted else []
    guardian = guarded[-1].other if guarded else None
    spouse = marriage.other if marriage is not None else None
    ids = [who for who in (row.mother, row.father, spouse, guardian, *adoptive) if who is not None]
    kept_as = {who: into or who for who, into in Person.objects.filter(id__in=ids).values_list("id", "merged_into")}
    known = {each.id: each for each in described(scope, people(scope).filter(id__in=kept_as.values()))}

    def told(who: UUID | None) -> PersonRow | None:
        return known.get(kept_as.get(who, who)) if who is not None else None

    shown = tuple(each for who in adoptive if (each := told(who)) is not None)
    return Family(
        mother=told(row.mother),
        father=told(row.father),
        spouse=told(spouse),
        spouse_name=marriage.place if marriage is not None and scope.sees(Privacy.PERSONAL) else "",
        married_on=marriage.on if marriage is not None and scope.sees(Privacy.PERSONAL) else None,
        adoptive=shown,
        adoptive_away=len(shown) < len(adoptive),
        guardian=told(guardian),
        guardian_away=guardian is not None and told(guardian) is None,
        children=tuple(children(scope, identifier)),
    )


def household_of(scope: Scope, identifier: UUID) -> HouseholdRow | None:
    """The household a person belongs to now, if any. Raises PersonUnknown."""
    row = stored(scope, identifier)
    house = Household.objects.filter(id=row.household).first() if row.household else None
    return described_households(scope, [house])[0] if house is not None and scope.covers(house.home) else None


def everything(scope: Scope, identifier: UUID) -> dict[str, Any]:
    """All that is held on a person, as plain values for a file: for the person himself, masked as the scope demands.

    Raises PersonUnknown.
    """
    row = person(scope, identifier)
    spells = spells_of(stored(scope, identifier))
    said: dict[str, Any] = {
        "person": row,
        "particulars": particulars(scope, identifier),
        "household": household_of(scope, identifier),
        "households": [(spell.household, spell.relation, spell.from_on, spell.to_on) for spell in spells],
        "facts": [
            {
                "id": entry.id,
                "kind": entry.kind,
                "recorded_at": entry.at,
                "area": entry.area,
                "why": entry.why,
                "cancels": entry.voids,
                "fact": entry.fact if _shown(scope) else None,
            }
            for entry in person_history(scope, identifier)
        ],
        "opened": opened_by(scope, identifier, limit=100_000),
    }
    return msgspec.to_builtins(said)  # type: ignore[no-any-return]


def _shown(scope: Scope) -> bool:
    """Facts hold everything in full, so they are told only to who may see everything they hold."""
    return all(scope.sees(each) for each in (Privacy.PERSONAL, Privacy.CONTACT, Privacy.IDENTITY))
