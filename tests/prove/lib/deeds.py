# SPDX-License-Identifier: AGPL-3.0-or-later
"""What hands can do and see at a node (`hands`). Import only once Django is set up.

What is seen is read from the journal's rows themselves, not from the sums that nodes compare with one another: whether
two nodes hold the same is told a second way here.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from jiahe.basis.areas import lies_in
from jiahe.basis.problem import Problem
from jiahe.indicators.definitions import FOLDER, load
from jiahe.indicators.definitions.above import as_told
from jiahe.indicators.models import Cell
from jiahe.journal import checkpoints, fsck, queries, receiving, recording, storage
from jiahe.journal.models import Entry, Origin
from jiahe.journal.values import Sealed
from jiahe.journal.wiring import current
from jiahe.network import admitting, quarantine, status
from jiahe.network.models import Link, Wanted, Witness
from jiahe.node import clock
from jiahe.node.commands import indicators
from jiahe.registry import actions
from jiahe.registry.facts import Field, PersonCorrected, PersonRegistered, Sex
from jiahe.registry.models import FieldValue, Person
from jiahe.staff.scope import founding
from tests.prove.lib.journal import registration

_FIRST = 0x4E00
_REGISTERED = ("registry.PersonRegistered@1", "registry.PersonRegistered@2")
_CORRECTED = ("registry.PersonCorrected@1",)


def _usual() -> dict[str, Any]:
    at = clock.now()
    return {"by": founding(settings.JIAHE.area, at), "at": at}


def name_of(phone: str) -> str:
    """A name that only the owner of this phone has."""
    number = int(phone[1:])
    digits = []
    for _ in range(4):
        number, digit = divmod(number, 2_000)
        digits.append(chr(_FIRST + digit))
    return "王" + "".join(digits)


def register(phone: str, area: str, careless: bool = False) -> dict[str, str]:
    """Somebody is registered who has this phone, and whom nobody else resembles; once, however often it is asked, if
    not `careless`."""
    known = None if careless else Person.objects.filter(full=name_of(phone)).values_list("entry", "id").first()
    if known:
        return {"entry": str(known[0]), "person": str(known[1])}
    born = date(1950, 1, 1) + timedelta(days=int(phone[1:]) % 20_000)
    made = actions.register_person(
        name=name_of(phone), surname="王", sex=Sex.FEMALE, birth_on=born, area=area, since=date(2010, 1, 1),
        phone=phone, sure={"registry.likely_double"}, **_usual(),
    )  # fmt: skip
    return {"entry": str(made.id), "person": str(made.about)}


def correct(person: str, phone: str) -> dict[str, str]:
    """The phone of a person is corrected; which one its author saw. Once, however often it is asked."""
    said = FieldValue.objects.filter(person=person, field=Field.PHONE, value=phone).first()
    if said is None:
        changes = {Field.PHONE: phone}
        actions.correct_person(person=UUID(person), changes=changes, seen="~", **_usual())
        said = FieldValue.objects.filter(person=person, field=Field.PHONE, value=phone).get()
    return {"entry": str(said.entry), "seen": said.seen}


def die(person: str) -> dict[str, str]:
    """A person died yesterday."""
    usual = _usual()
    made = actions.register_death(person=UUID(person), on=usual["at"].date() - timedelta(days=1), **usual)
    return {"entry": str(made.id)}


def head() -> dict[str, Any]:
    """Where the journal ends, and how many of its entries are this node's own."""
    own = Origin.objects.filter(name=current().origin).values_list("seq", flat=True).first() or 0
    return {"size": storage.end().size, "name": current().origin, "own": own, "skew_ms": queries.skew_ms(clock.now())}


def held(area: str, common: Sequence[str]) -> str:
    """How many entries of `area` and of the common rooms are here, and a digest of them. What a node recorded outside
    of its own area is left out: it stays there."""
    rows = Entry.objects.order_by("origin", "origin_seq").values_list("origin", "origin_seq", "area", "kind", "leaf")
    found, count = hashlib.sha256(), 0
    for origin, number, where, kind, leaf in rows.iterator():
        near = (area and lies_in(where, area)) or kind.startswith(tuple(common))
        if near and lies_in(where, origin.partition("-")[0]):
            found.update(f"{origin} {number} ".encode() + bytes(leaf))
            count += 1
    return f"{count} {found.hexdigest()}"


def times(phones: Sequence[str], kind: str) -> dict[str, int]:
    """Of these phones, how often each was registered ("registered") or written as a correction ("corrected"); those of
    whom it is once are left out."""
    wanted, counted = set(phones), Counter[str]()
    for portion in queries.standing(_REGISTERED if kind == "registered" else _CORRECTED):
        for entry in portion:
            if isinstance(entry.fact, PersonRegistered):
                counted[entry.fact.phone or ""] += 1
            elif isinstance(entry.fact, PersonCorrected):
                counted.update(change.new for change in entry.fact.changes if change.field is Field.PHONE)
    return {phone: counted[phone] for phone in wanted if counted[phone] != 1}


def missing(entries: Sequence[str]) -> list[str]:
    """Those of these entries that are not here."""
    here = {str(id_) for id_ in Entry.objects.values_list("entry_id", flat=True)}
    return sorted(set(entries) - here)


def conflicts() -> list[str]:
    """The people of whom two authors wrote a phone without seeing one another, as often as that awaits a decision."""
    found = FieldValue.objects.filter(unseen__isnull=False, field=Field.PHONE)
    return sorted(str(person) for person in found.values_list("person", flat=True))


def phone_of(person: str) -> str:
    """The phone that holds here; "" if the person is not known."""
    return Person.objects.filter(id=person).values_list("phone", flat=True).first() or ""


def sums() -> dict[str, int]:
    """What each measure comes to over the county, each span and stratum for itself, as a city is told it."""
    rows = Cell.objects.filter(area__startswith="411723").values_list("measure", "span", "start", "stratum")
    sums = {(*key, start.isoformat(), last): n for *key, start, last, n in rows.annotate(all=Sum("n"))}
    told = sums if settings.JIAHE.level == "city" else as_told(load(FOLDER), sums)
    return {" ".join(key): n for key, n in told.items() if n}


def residents() -> int:
    """How many residents the county has, by what this node counts."""
    found = Cell.objects.filter(measure="residents", span="ever", area__startswith="411723").aggregate(all=Sum("n"))
    return found["all"] or 0


def wrong() -> list[str]:
    """What fsck finds, and whether the cells are what the facts say."""
    from jiahe.indicators import projections

    expected = projections.recount(queries.standing(), indicators.residents())
    differing = len(projections.differing(expected, projections.stored()))
    return [*fsck.findings(), *([f"{differing} cell(s) are not what the facts say"] if differing else [])]


def waiting() -> dict[str, int]:
    """What is not in the journal yet, or not readable: quarantined, parked, asked for."""
    found = {"quarantined": quarantine.count(), "parked": queries.parked(), "wanted": Wanted.objects.count()}
    return {what: n for what, n in found.items() if n}


def quarantined() -> dict[str, int]:
    """What was not taken, by its reason."""
    return dict(Counter(quarantine.waiting().values_list("problem", flat=True)))


def shown() -> dict[str, Any]:
    """What `node status` shows."""
    here = dataclasses.asdict(status.here())
    return {"here": here, "neighbours": [dataclasses.asdict(each) for each in status.neighbours(at=clock.now())]}


def links() -> list[dict[str, Any]]:
    """What is known of the neighbours."""
    return list(Link.objects.values("peer", "received", "delivered", "heard_at_ms", "forged", "alarm", "skew_ms"))


def signed(node: str) -> str:
    """What this node signed last of that one's journal."""
    return Witness.objects.filter(node=node).latest("size").note


def contains(note: str) -> bool:
    """Whether this node's journal begins with what a checkpoint of its own says."""
    return not checkpoints.disagreement(note, current().public_key)


def witnessed(node: str) -> int:
    """The greatest size of that node's journal that was witnessed here."""
    return Witness.objects.filter(node=node).order_by("-size").values_list("size", flat=True).first() or 0


def clocks(phones: Sequence[str]) -> list[str]:
    """These phones in the order of the hybrid clock of their registrations."""
    wanted, found = set(phones), []
    for portion in queries.standing(_REGISTERED):
        found += [(entry.stamp, entry.fact.phone) for entry in portion if entry.fact.phone in wanted]
    return [phone for _, phone in sorted(found)]


def given_out(after: int) -> list[list[str | None]]:
    """This node's own entries behind its number `after`, as they are sealed, in hexadecimal."""
    return [[part if part is None else part.hex() for part in one] for one in receiving.give(current().origin, after)]


def handed(entries: Sequence[Sequence[str | None]]) -> dict[str, int]:
    """Somebody hands these entries to this node by whatever way; what became of each."""
    found = Counter[str]()
    for one in entries:
        try:
            receipt = receiving.receive([Sealed(*(part if part is None else bytes.fromhex(part) for part in one))])
        except Problem as problem:
            found[problem.code] += 1
        else:
            found["applied" if receipt.applied else "known"] += 1
    return dict(found)


def many(first: int, count: int, area: str) -> int:
    """So many people are registered, as a list that is brought would have them; how many are in the journal."""
    for start in range(first, first + count, 1_000):
        drafts = [
            registration(name_of(f"1{number:010d}")) for number in range(start, min(start + 1_000, first + count))
        ]
        recording.record_all([dataclasses.replace(draft, area=area, **_usual()) for draft in drafts])
    return queries.head().size


def reached(origin: str) -> int:
    """The greatest number of a node's entries that is here."""
    return Origin.objects.filter(name=origin).values_list("seq", flat=True).first() or 0


def end_certificate(node: str) -> None:
    """This node gives the one of that name a certificate that ended yesterday."""
    usual = _usual()
    admitting.renew(name=node, until=usual["at"].date() - timedelta(days=1), **usual)
