"""Whatever the order in which facts arrive, the register is the same, and the counts equal a count one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiahe.basis.languages import Text
from jiahe.indicators.projections import stored
from jiahe.journal.recording import record_all
from jiahe.journal.values import Draft, Recorded
from jiahe.journal.wiring import current
from jiahe.places.facts import AreasRedrawn, NamedArea, Redrawing
from jiahe.places.models import Succession
from jiahe.registry.facts import (
    Born,
    Died,
    Field,
    FieldChange,
    HouseholdChangeCancelled,
    HouseholdFormed,
    HouseholdKind,
    HouseholdMoved,
    Identity,
    IdentityKind,
    LifeEventCancelled,
    LifeEventKind,
    Married,
    Member,
    MembersLeft,
    MembersSettled,
    MergeUndone,
    MovedIn,
    MovedOut,
    Name,
    NameKind,
    PersonCorrected,
    PersonRegistered,
    PersonsMerged,
    RegistrationCancelled,
    Relation,
    Sex,
)
from jiahe.registry.models import (
    FieldValue,
    Household,
    HouseholdPlace,
    LifeEvent,
    Membership,
    Merge,
    Person,
    PersonName,
    TakenBack,
)
from jiahe.registry.queries import residents_by_area, residents_by_birth
from tests.lib import accounts
from tests.lib.examples import examples
from tests.rooms.registry.small_county import AT, CLERK, DALU, HEBEI, JINZHUANG, LONGWANG

TABLES = (
    *(Person, PersonName, LifeEvent, FieldValue, Succession),
    *(Household, HouseholdPlace, Membership, Merge, TakenBack),
)
MERGED = "411723103299"
DAYS = [date(2026, 1, 1) + timedelta(days=9 * step) for step in range(6)]
AREAS = [HEBEI, JINZHUANG, LONGWANG, DALU]
PEOPLE = [UUID(int=number) for number in (1, 2, 3)]
HOUSES = [UUID(int=number) for number in (11, 12)]

days = st.sampled_from(DAYS)
areas = st.sampled_from(AREAS)
people = st.sampled_from(PEOPLE)
changes = st.one_of(
    st.tuples(st.just(Field.PHONE), st.sampled_from(["", "138", "139"]), st.sampled_from(["137", "138", "139"])),
    st.tuples(st.just(Field.SEX), st.just("male"), st.sampled_from(["male", "female"])),
    st.tuples(st.just(Field.AREA), st.just(HEBEI), areas),
    st.tuples(st.just(Field.SINCE), st.just("2026-01-01"), days.map(date.isoformat)),
    st.tuples(st.just(Field.NAME), st.just("王明"), st.sampled_from(["歐陽明", "王小明", "王明"])),
    st.tuples(st.just(Field.SURNAME), st.just("王"), st.sampled_from(["王", "歐", ""])),
).map(lambda said: FieldChange(*said))
moves = st.one_of(
    st.builds(MovedIn, people, days, st.sampled_from([*AREAS, MERGED]), st.just(Sex.MALE), st.just("")),
    st.builds(MovedOut, people, days, areas, st.just(Sex.MALE), st.just("")),
    st.builds(Died, people, days, areas, st.just(Sex.MALE)),
    st.builds(Born, people, days, areas, st.just(Sex.MALE), st.none(), st.none()),
)
weddings = st.builds(Married, people, days, areas, st.just(Sex.MALE), people, st.just(""))
houses = st.sampled_from(HOUSES)
members = st.lists(st.builds(Member, people, st.sampled_from(Relation)), min_size=1, max_size=2).map(
    lambda found: tuple({member.person: member for member in found}.values())
)
family = HouseholdKind.FAMILY
households = st.one_of(
    st.builds(HouseholdFormed, houses, st.just(family), days, areas, st.just("1 号"), members, st.none()),
    st.builds(MembersSettled, houses, days, members, st.none()),
    st.builds(MembersLeft, houses, days, people.map(lambda person: (person,))),
    st.builds(HouseholdMoved, houses, days, areas, st.sampled_from(["2 号", "3 号"])),
)
merges = st.builds(
    lambda pair, taken: PersonsMerged(*pair, taken),
    st.permutations(PEOPLE).map(lambda order: (order[0], order[1])),
    st.sampled_from([(), (FieldChange(Field.PHONE, "138", "136"),)]),
)
corrections = st.builds(
    PersonCorrected, people, st.lists(changes, min_size=1, max_size=2, unique_by=lambda c: c.field).map(tuple)
)
redrawings = st.builds(
    lambda before, on: AreasRedrawn(
        Redrawing.MERGED, (before,), (), (NamedArea(MERGED, "新村", Text("New", "新村", "新村")),), on, "order"
    ),
    areas,
    days,
)


def registration(person: UUID) -> PersonRegistered:
    """王明 of Hebei village, with another name."""
    names = (Name(NameKind.CURRENT, "王明", "王", "明"), Name(NameKind.ALIAS, "小明", "", "小明"))
    number = Identity(IdentityKind.OTHER, f"A{person.int:06}")
    return PersonRegistered(person, names, Sex.MALE, date(1990, 1, 1), number, HEBEI, DAYS[0], "138", None)


class Arriving:
    """A node to which entries come one batch after another, in any order."""

    def __init__(self) -> None:
        self.here: set[UUID] = set()
        self.voided: set[UUID] = set()
        self.counts: Counter[tuple[Any, ...]] = Counter()

    def take(self, batch: Sequence[Recorded], by_id: dict[UUID, Recorded]) -> None:
        """Applies entries of one kind as the journal does."""
        self.voided |= {entry.voids for entry in batch if entry.voids}
        self._run([entry for entry in batch if entry.id not in self.voided], retract=False)
        gone = [by_id[entry.voids] for entry in batch if entry.voids in self.here]
        for kind in sorted({entry.kind for entry in gone}):
            self._run([entry for entry in gone if entry.kind == kind], retract=True)
        self.here |= {entry.id for entry in batch} - self.voided
        self.here -= self.voided

    def _run(self, batch: Sequence[Recorded], *, retract: bool) -> None:
        consequence = current().by_kind.get(batch[0].kind) if batch else None
        if consequence is None:
            return
        for projection in consequence.retract if retract else consequence.project:
            for change in projection(batch) or ():
                self.counts[change[:4]] += change.n

    def residents(self, measure: str, on: date) -> Counter[tuple[str, str]]:
        """The residents by the counts."""
        found: Counter[tuple[str, str]] = Counter()
        for (counted, area, day, stratum), n in self.counts.items():
            if day <= on and counted == measure:
                found[area, stratum] += n
        return +found


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the register."""
    return {table.__name__: sorted(table.objects.values_list(*_columns(table)), key=repr) for table in TABLES}


def _columns(table: Any) -> list[str]:
    return [field.name for field in table._meta.concrete_fields]


def batches(entries: Sequence[Recorded], size: int) -> list[list[Recorded]]:
    """Entries in portions, each of one kind, as the journal hands them over."""
    found = []
    for start in range(0, len(entries), size):
        portion = entries[start : start + size]
        for kind in sorted({entry.kind for entry in portion}):
            found.append([entry for entry in portion if entry.kind == kind])
    return found


@pytest.mark.django_db
@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_merging_and_undoing_it_leaves_no_trace(county: None, data: st.DataObject) -> None:
    with transaction.atomic():
        facts = [registration(person) for person in PEOPLE]
        facts += data.draw(st.lists(st.one_of(moves, corrections, weddings, households), max_size=9))
        record_all([Draft(fact, CLERK, AT, HEBEI, getattr(fact, "person", None)) for fact in facts])
        before, cells = contents(), stored()
        merged = record_all([Draft(fact, CLERK, AT, HEBEI, fact.person) for fact in [data.draw(merges)]])
        assert Person.objects.filter(merged_into=merged[0].fact.person).exists()
        record_all([_cancelling(merged[0])])
        after, counted = contents(), stored()
        transaction.set_rollback(True)
    assert after == before
    assert counted == cells


@pytest.mark.django_db
@settings(max_examples=examples(100), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_gives_the_same_register(county: None, data: st.DataObject) -> None:
    with transaction.atomic():
        facts = [registration(person) for person in PEOPLE]
        facts += data.draw(st.lists(st.one_of(moves, corrections, weddings, households, merges), max_size=9))
        facts += data.draw(st.lists(redrawings, max_size=2, unique_by=lambda fact: fact.before))
        recorded = record_all([Draft(fact, CLERK, AT, HEBEI, getattr(fact, "person", None)) for fact in facts])
        voidable = [entry for entry in recorded if not isinstance(entry.fact, PersonCorrected)]
        for entry in data.draw(st.lists(st.sampled_from(voidable), max_size=2, unique_by=lambda entry: entry.id)):
            recorded += record_all([_cancelling(entry)])
        by_id = {entry.id: entry for entry in recorded}
        ends = []
        for _ in range(2):
            for table in TABLES:
                table.objects.all().delete()
            node = Arriving()
            size = data.draw(st.integers(1, 4))
            for batch in batches(data.draw(st.permutations(recorded)), size):
                node.take(batch, by_id)
            for day in DAYS:
                living = residents_by_birth(day)
                by_birth = {(area, f"{sex}.{year}"): n for (area, sex, year), n in living.items()}
                assert node.residents("residents_by_birth", day) == by_birth
                by_area = sum((Counter({(area, sex): n}) for (area, sex, _), n in living.items()), Counter())
                assert node.residents("residents", day) == by_area
            assert residents_by_area(DAYS[-1]) == by_area
            accounts.check((*key, n) for key, n in node.counts.items())
            ends.append((contents(), +node.counts))
        transaction.set_rollback(True)
    assert ends[0] == ends[1]


def _cancelling(entry: Recorded) -> Draft:
    match entry.fact:
        case PersonRegistered():
            fact: Any = RegistrationCancelled(entry.fact.person)
        case AreasRedrawn():
            fact = LifeEventCancelled(UUID(int=0), LifeEventKind.BORN, DAYS[0])
        case PersonsMerged():
            fact = MergeUndone(entry.fact.person, entry.fact.gone)
        case HouseholdFormed() | MembersSettled() | MembersLeft() | HouseholdMoved():
            fact = HouseholdChangeCancelled(entry.fact.household)
        case _:
            fact = LifeEventCancelled(entry.fact.person, LifeEventKind.BORN, entry.fact.on)
    return Draft(fact, CLERK, AT, HEBEI, entry.about, "mistake", entry.id)
