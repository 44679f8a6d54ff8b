"""The register of `neighbours`, entered by the register's own verbs, while the oracle is told what that means. Imports
of the house wait until Django is ready."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from jiahe.basis.privacy import Privacy
from tests.generative.neighbours import ENDED, FORMED, MOVED, SINCE, VILLAGES, House, Known, Life, Told


def enter(people: list[Life], merges: Iterable[Any], alike: Iterable[Any], carried: int) -> Told:
    """All of it by the register's own verbs; what the oracle knows is kept beside."""
    from jiahe.basis.languages import Text
    from jiahe.places import actions as places
    from jiahe.places.definitions import AreaList
    from jiahe.places.facts import NamedArea
    from tests.lib.county import AREAS
    from tests.rooms.registry.small_county import AT, CLERK

    areas = tuple(NamedArea(code, name, Text(name, name, name)) for code, name in AREAS.items())
    places.load_areas(areas=AreaList("test", date(2014, 6, 30), "test", areas), by=CLERK, at=AT)
    told, ids = Told(), list[UUID]()
    for number, life in enumerate(people):
        ids.append(_register(told, ids, number, life))
    single = _housed(told, people, ids, carried)
    for number, life in enumerate(people):
        _happen(told, ids[number], number, life)
    _merge(told, people, ids, single, merges)
    _pair(told, ids, alike)
    return told


def at() -> Any:
    """The instant at which all is recorded and asked."""
    from tests.rooms.registry.small_county import AT

    return AT


def _usual() -> dict[str, Any]:
    from tests.rooms.registry.small_county import AT, CLERK

    return {"by": CLERK, "at": AT}


def _register(told: Told, ids: list[UUID], number: int, life: Life) -> UUID:
    from jiahe.registry import actions
    from jiahe.registry.actions import Document
    from jiahe.registry.facts import IdentityKind, NameKind, Sex

    name, alias = (
        f"王{chr(0x5100 + 7 * number)}{chr(0x6100 + 11 * number)}",
        f"{chr(0x7100 + 5 * number)}{chr(0x7700 + number)}丙",
    )
    phone, other, passport = f"1391234{number:04d}", f"1365678{number:04d}", f"E7654321{number}"
    words = f"registered-{number}-elsewhere"
    mother = ids[life.mother] if life.mother < len(ids) else None
    made = actions.register_person(
        name=name, surname="王", sex=Sex.FEMALE, birth_on=date(1960 + 4 * number, 1, 1), phone=phone,
        document=Document(IdentityKind.PASSPORT, passport), area=VILLAGES[life.village],
        since=SINCE + timedelta(number), mother=mother,
        registered_area=words, sure={"registry.likely_double", "registry.parent_unlikely"}, **_usual(),
    )  # fmt: skip
    who = made.about
    assert who is not None
    actions.add_name(person=who, name=alias, kind=NameKind.ALIAS, **_usual())
    actions.add_phone(person=who, number=other, whose=f"whose-{number}", **_usual())
    values = {
        Privacy.PERSONAL: [name, alias, words],
        Privacy.CONTACT: [phone, other, f"whose-{number}"],
        Privacy.IDENTITY: [passport],
    }
    told.people[who] = Known(VILLAGES[life.village], True, values, mother=mother)
    return who


def _housed(told: Told, people: list[Life], ids: list[UUID], carried: int) -> list[int]:
    """Every other one of a village in a household there, one of which moves with all its members; who is in none."""
    from jiahe.registry import actions
    from jiahe.registry.facts import Member, Relation

    moved = False
    housed: set[int] = set()
    for place, village in enumerate(VILLAGES):
        members = [number for number, life in enumerate(people) if life.village == place][::2]
        if not members:
            continue
        housed |= set(members)
        who = [ids[number] for number in members]
        said = tuple(Member(one, Relation.HEAD if one == who[0] else Relation.OTHER) for one in who)
        address = f"{chr(0x8100 + place)}丁{place}号"
        made = actions.form_household(on=FORMED, area=village, address=address, members=said, **_usual())
        house = House(village, who, list(who), who[0], address)
        told.houses[made.fact.household] = house
        if not moved and carried != place and all(people[number].fate == "stays" for number in members):
            moved, to = True, VILLAGES[carried]
            actions.move_household(household=made.fact.household, on=MOVED, area=to, address=address, **_usual())
            house.home = to
            for one in who:
                told.people[one].home = to
                told.events.append((one, to))
    return [number for number in range(len(people)) if number not in housed]


def _happen(told: Told, who: UUID, number: int, life: Life) -> None:
    from jiahe.journal.recording import record
    from jiahe.registry import actions
    from jiahe.registry.facts import Field, FieldChange, PersonCorrected, Purpose

    known = told.people[who]
    if life.wed:
        spouse, on = f"spouse-{number}-words", date(2016, 5, 1) + timedelta(number)
        actions.register_marriage(
            person=who, on=on, spouse_name=spouse, sure={"registry.too_young_to_marry"}, **_usual()
        )  # fmt: skip
        known.values[Privacy.PERSONAL].append(spouse)
        told.events.append((who, VILLAGES[life.village]))
    if life.opened:
        reason = f"opened-{number}-for"
        actions.open_record(person=who, purpose=Purpose.OTHER, reason=reason, outside=True, **_usual())
        known.values[Privacy.PERSONAL].append(reason)
        told.openings.append((who, known.home))
    if life.conflict:
        numbers = [f"1340000{number:04d}", f"1350000{number:04d}"]
        for text in numbers:
            unseen = PersonCorrected(who, (FieldChange(Field.PHONE, "", text),))
            record(unseen, area=known.home, about=who, **_usual())
        known.values[Privacy.CONTACT] += numbers
        told.conflicts.append(who)
    to = VILLAGES[life.to]
    match life.fate:
        case "moves" if to != known.home:
            actions.register_move_in(person=who, on=MOVED + timedelta(number), area=to, **_usual())
            known.home = to
            _out(told, who)
        case "leaves":
            actions.register_move_out(person=who, on=ENDED, destination=f"gone-{number}-to", **_usual())
            known.values[Privacy.PERSONAL].append(f"gone-{number}-to")
            known.here = False
            _out(told, who)
        case "dies":
            actions.register_death(person=who, on=ENDED, **_usual())
            known.here = False
            _out(told, who)
        case _:
            return
    told.events.append((who, known.home))


def _out(told: Told, who: UUID) -> None:
    for house in told.houses.values():
        house.now = [one for one in house.now if one != who]


def _merge(told: Told, people: list[Life], ids: list[UUID], single: list[int], merges: Iterable[Any]) -> None:
    """Of those in no household whose lives go on, some are merged; the latest residence of either is that of both."""
    from jiahe.registry import actions

    free = [number for number in single if people[number].fate in ("stays", "moves")]
    for one, other in merges:
        if len(free) < 2 or one % len(free) == other % len(free):
            continue
        kept, gone = sorted((free[one % len(free)], free[other % len(free)]))
        stays, goes = told.people[ids[kept]], told.people[ids[gone]]
        if stays.merged or goes.merged or ids[kept] == goes.mother:
            continue
        sure = {"registry.different_numbers", "registry.maybe_twins"}
        actions.merge_persons(kept=ids[kept], gone=ids[gone], sure=sure, **_usual())
        latest = max(kept, gone, key=lambda number: _settled(people[number], number))
        stays.home, goes.merged, goes.here = told.people[ids[latest]].home, ids[kept], False
        return


def _settled(life: Life, number: int) -> date:
    moved = life.fate == "moves" and life.to != life.village
    return (MOVED if moved else SINCE) + timedelta(number)


def _pair(told: Told, ids: list[UUID], alike: Iterable[Any]) -> None:
    from jiahe.registry.projections.pairs import replace_pairs
    from jiahe.registry.rules.linkage import Reason
    from jiahe.registry.rules.linkage.register import Pair

    alive = [who for who in ids if not told.people[who].merged]
    found = {
        tuple(sorted((alive[one % len(alive)], alive[other % len(alive)])))
        for one, other in alike
        if one % len(alive) != other % len(alive)
    }
    told.pairs = list(found)  # type: ignore[arg-type]
    replace_pairs(
        [Pair(*pair, 0.9, tuple(Reason)[:1]) for pair in found], {who: told.people[who].home for who in alive}
    )
