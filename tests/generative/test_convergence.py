"""Nodes register, lodge, merge, correct, cancel, redraw and erase records; see `network.py` for what then happens."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, rule, run_state_machine_as_test

from jiahe.basis.languages import Text
from jiahe.places.facts import AreaOpened, AreasRedrawn, NamedArea, Redrawing
from jiahe.registry.facts import (
    Adopted,
    Born,
    Died,
    Divorced,
    Field,
    FieldChange,
    FoundDistinct,
    GuardianNamed,
    HouseholdFormed,
    HouseholdKind,
    HouseholdMoved,
    LifeEventCancelled,
    LifeEventKind,
    Married,
    Member,
    MembersLeft,
    MembersSettled,
    MovedIn,
    MovedOut,
    Name,
    NameKind,
    PersonCorrected,
    PersonRegistered,
    PersonsMerged,
    Relation,
    Sex,
)
from tests.generative.network import COUNTY, SETTINGS, Network, numbers

VILLAGES = ("411723101001", "411723101002", "411723102001")
FIRST_DAY = date(2024, 1, 1)
days = st.integers(0, 400).map(lambda n: FIRST_DAY + timedelta(days=n))
villages = st.sampled_from(VILLAGES)
HOMES = (UUID(int=1), UUID(int=2))
deeds = st.sampled_from(["form", "settle", "leave", "move"])
kinds = st.sampled_from([*LifeEventKind, *[LifeEventKind.MOVED_IN] * 5, *[LifeEventKind.DIED] * 2])
"""What says where somebody lives happens more often than the rest."""
names = st.sampled_from(["王小明", "欧阳娜娜", "买买提·艾力", "李四"])


class Register(Network):
    """What is said of people."""

    people = Bundle("people")
    entries = Network.entries

    @initialize()
    def map(self) -> None:
        with self.at(0):
            for code in VILLAGES:
                self.record(AreaOpened(NamedArea(code, code, Text(code, code, code)), FIRST_DAY), code)

    @rule(target=people, house=numbers, area=villages, on=days, name=names, sex=st.sampled_from(Sex))
    def register(self, house, area, on, name, sex):
        with self.at(house):
            who = self.id()
            names = (Name(NameKind.CURRENT, name, name[0], name[1:]),)
            self.record(PersonRegistered(who, names, sex, on, None, area, on, None, None), area, who)
        return who

    @rule(target=entries, house=numbers, who=people, area=villages, on=days, kind=kinds)
    def happen(self, house, who, area, on, kind):
        fact = {
            LifeEventKind.BORN: lambda: Born(who, on, area, Sex.FEMALE, None, None),
            LifeEventKind.DIED: lambda: Died(who, on, area, Sex.FEMALE),
            LifeEventKind.MOVED_IN: lambda: MovedIn(who, on, area, Sex.FEMALE, ""),
            LifeEventKind.MOVED_OUT: lambda: MovedOut(who, on, area, Sex.FEMALE, ""),
            LifeEventKind.MARRIED: lambda: Married(who, on, area, Sex.FEMALE, None, "李四"),
            LifeEventKind.DIVORCED: lambda: Divorced(who, on, area, Sex.FEMALE, None),
            LifeEventKind.ADOPTED: lambda: Adopted(who, on, area, Sex.FEMALE, (who,)),
            LifeEventKind.GUARDIAN_NAMED: lambda: GuardianNamed(who, on, area, Sex.FEMALE, None),
        }[kind]()
        with self.at(house):
            return self.record(fact, area, who)

    @rule(target=entries, house=numbers, kept=people, gone=people)
    def merge(self, house, kept, gone):
        taken = (FieldChange(Field.PHONE, "", "138"),)
        fact = PersonsMerged(kept, gone, taken) if kept != gone else FoundDistinct(kept, gone)
        with self.at(house):
            return self.record(fact, VILLAGES[0], kept)

    @rule(target=entries, house=numbers, who=people, home=st.sampled_from(HOMES), area=villages, on=days, deed=deeds)
    def lodge(self, house, who, home, area, on, deed):
        members = (Member(who, Relation.HEAD),)
        fact = {
            "form": lambda: HouseholdFormed(home, HouseholdKind.FAMILY, on, area, "1 号", members, None),
            "settle": lambda: MembersSettled(home, on, members, None),
            "leave": lambda: MembersLeft(home, on, (who,)),
            "move": lambda: HouseholdMoved(home, on, area, "2 号"),
        }[deed]()
        with self.at(house):
            return self.record(fact, area)

    @rule(house=numbers, who=people, name=names, area=villages)
    def correct(self, house, who, name, area):
        with self.at(house):
            changes = (FieldChange(Field.NAME, "王小明", name), FieldChange(Field.AREA, VILLAGES[0], area))
            self.record(PersonCorrected(who, changes), area, who)

    @rule(house=numbers, who=people, area=villages, on=days)
    def correct_arrival(self, house, who, area, on):
        with self.at(house):
            self.record(PersonCorrected(who, (FieldChange(Field.SINCE, "2024-01-01", on.isoformat()),)), area, who)

    @rule(house=numbers, entry=entries)
    def take_back(self, house, entry):
        self.cancel(house, entry, LifeEventCancelled(UUID(int=0), LifeEventKind.DIED, FIRST_DAY), VILLAGES[0])

    @rule(house=numbers, old=villages, on=days, merge=st.booleans())
    def redraw(self, house, old, on, merge):
        with self.at(house):
            self.made += 1
            code = f"4117231{self.made:05d}"
            opened = (NamedArea(code, code, Text(code, code, code)),)
            before = (old, VILLAGES[2]) if merge and old != VILLAGES[2] else (old,)
            self.record(AreasRedrawn(Redrawing.MERGED, before, (), opened, on, ""), COUNTY)


@pytest.mark.parametrize("how_many", [2, 3])
def test_all_nodes_end_with_the_same_tables(houses, how_many):
    machine = type("Register", (Register,), {"houses": houses[:how_many]})
    run_state_machine_as_test(machine, settings=SETTINGS)
