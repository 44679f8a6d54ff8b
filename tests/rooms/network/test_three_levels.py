"""One fact from a township to the county and, as a number, to the city; one from the county to whom it concerns."""

from datetime import date
from uuid import UUID

from jiahe.indicators.models import Cell
from jiahe.journal import redacting
from jiahe.journal.recording import record
from jiahe.registry.facts import (
    Born,
    Died,
    Field,
    FieldChange,
    HouseholdFormed,
    HouseholdKind,
    Member,
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
from jiahe.registry.models import Person
from tests.lib.authors import Anyone, minutes
from tests.lib.links import CITY, COUNTY, NORTH, SOUTH

NORTH_VILLAGE, SOUTH_VILLAGE = f"{NORTH}001", f"{SOUTH}001"
WHO = UUID(int=7)


def said(house, fact, area, about=WHO, n=2):
    with house.inside():
        return record(fact, by=Anyone(), at=minutes(n), area=area, about=about).id


def register(house, area, who=WHO, n=2, since=date(2026, 1, 2)):
    names = (Name(NameKind.CURRENT, "王小明", "王", "小明"),)
    fact = PersonRegistered(who, names, Sex.FEMALE, date(2026, 1, 2), None, area, since, None, None)
    return said(house, fact, area, who, n)


def people(house):
    with house.inside():
        return set(Person.objects.values_list("id", "home"))


def lives(net):
    """Where his record is kept and when he died, as each node of the county tells it."""
    found = set()
    for area in (NORTH, SOUTH, COUNTY):
        with net.houses[area].inside():
            found.add(Person.objects.values_list("home", "died_on").get(id=WHO))
    return found


def test_a_birth_in_a_village_is_a_number_in_the_city(net):
    register(net.houses[NORTH], NORTH_VILLAGE)
    said(net.houses[NORTH], Born(WHO, date(2026, 1, 2), NORTH_VILLAGE, Sex.FEMALE, None, None), NORTH_VILLAGE)
    net.settle()
    assert people(net.houses[COUNTY]) == people(net.houses[NORTH]) == {(WHO, NORTH_VILLAGE)}
    assert people(net.houses[SOUTH]) == people(net.houses[CITY]) == set()
    with net.houses[CITY].inside():
        born = Cell.objects.filter(measure="births", span="day")
        assert list(born.values_list("area", "start", "n")) == [(COUNTY, date(2026, 1, 2), 1)]
    assert net.findings() == []


def test_who_moves_takes_the_record_along(net):
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    register(north, NORTH_VILLAGE)
    net.settle()
    said(county, PersonCorrected(WHO, (FieldChange(Field.PHONE, "", "13800138000"),)), NORTH_VILLAGE, n=3)
    net.settle()
    said(north, MovedOut(WHO, date(2026, 1, 3), NORTH_VILLAGE, Sex.FEMALE, ""), NORTH_VILLAGE, n=4)
    said(north, MovedOut(WHO, date(2026, 1, 3), NORTH_VILLAGE, Sex.FEMALE, ""), NORTH_VILLAGE, n=4)
    net.settle()
    assert people(south) == set()
    said(county, MovedIn(WHO, date(2026, 1, 4), SOUTH_VILLAGE, Sex.FEMALE, ""), SOUTH_VILLAGE, n=5)
    net.settle()
    assert people(south) == people(county) == {(WHO, SOUTH_VILLAGE)}
    with south.inside():
        assert Person.objects.get().phone
    said(south, PersonCorrected(WHO, (FieldChange(Field.PHONE, "13800138000", "13900139000"),)), SOUTH_VILLAGE, n=6)
    net.settle()
    with north.inside():
        assert not Person.objects.filter(phone="13900139000").exists(), "the old township hears nothing new"
    assert net.findings() == []


def test_who_belongs_to_a_household_elsewhere_is_told_so_though_the_county_heard_of_him_later(net):
    """As when the county was put back and gets its own entries back before those of the township."""
    north, county, household = net.houses[NORTH], net.houses[COUNTY], UUID(int=8)
    members = (Member(WHO, Relation.HEAD),)
    formed = HouseholdFormed(household, HouseholdKind.FAMILY, date(2026, 1, 2), SOUTH_VILLAGE, "", members, None)
    said(county, formed, SOUTH_VILLAGE, household)
    net.settle()
    register(north, NORTH_VILLAGE, n=3)
    net.settle()
    with north.inside():
        assert Person.objects.get(id=WHO).household == household
    assert net.findings() == []


def test_who_is_merged_with_a_record_elsewhere_is_gone_from_where_he_was_kept(net):
    """Where the later record began he has moved to: the old township hears of that, and of nothing that follows."""
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    first, second, third = (UUID(int=n) for n in (11, 12, 13))
    register(north, NORTH_VILLAGE, first)
    register(south, SOUTH_VILLAGE, second, n=3, since=date(2026, 2, 1))
    register(south, SOUTH_VILLAGE, third, n=4, since=date(2026, 3, 1))
    net.settle()
    said(county, PersonsMerged(second, third, ()), SOUTH_VILLAGE, second, n=5)
    net.settle()
    assert people(north) == {(first, NORTH_VILLAGE)}
    said(county, PersonsMerged(first, second, ()), NORTH_VILLAGE, first, n=6)
    net.settle()
    for house in (north, south, county):
        with house.inside():
            assert Person.objects.get(id=first).home == SOUTH_VILLAGE
    said(south, PersonCorrected(third, (FieldChange(Field.PHONE, "", "13900139000"),)), SOUTH_VILLAGE, third, n=7)
    net.settle()
    with county.inside():
        assert Person.objects.get(id=third).phone == "13900139000"
    with north.inside():
        assert not Person.objects.filter(phone="13900139000").exists()
    assert net.findings() == []


def test_a_move_that_was_erased_brings_the_record_back_with_what_happened_meanwhile(net):
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    register(north, NORTH_VILLAGE)
    net.settle()
    moved = said(county, MovedIn(WHO, date(2026, 1, 4), SOUTH_VILLAGE, Sex.FEMALE, ""), SOUTH_VILLAGE, n=3)
    net.settle()
    said(south, PersonCorrected(WHO, (FieldChange(Field.PHONE, "", "13900139000"),)), SOUTH_VILLAGE, n=4)
    net.settle()
    with north.inside():
        assert not Person.objects.filter(phone="13900139000").exists()
    with county.inside():
        redacting.redact([moved], ground="PIPL 47", by=Anyone(), at=minutes(5), area=COUNTY)
    net.settle()
    assert people(north) == people(county) == {(WHO, NORTH_VILLAGE)}
    with north.inside():
        assert Person.objects.get(id=WHO).phone == "13900139000"
    assert net.findings() == []


def test_a_death_before_a_move_leaves_the_record_where_he_died(net):
    """He moved in at the north, which did not know what the south says meanwhile: that he had died there before."""
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    register(south, SOUTH_VILLAGE)
    said(county, MovedIn(WHO, date(2026, 2, 1), NORTH_VILLAGE, Sex.FEMALE, ""), NORTH_VILLAGE, n=3)
    net.settle()
    assert people(north) == {(WHO, NORTH_VILLAGE)}
    said(south, Died(WHO, date(2026, 1, 20), SOUTH_VILLAGE, Sex.FEMALE), SOUTH_VILLAGE, n=4)
    net.settle()
    assert lives(net) == {(SOUTH_VILLAGE, date(2026, 1, 20))}
    assert net.findings() == []


def test_a_death_before_a_merged_record_began_leaves_the_record_where_he_died(net):
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    first, second = UUID(int=11), UUID(int=12)
    register(south, SOUTH_VILLAGE, first)
    register(north, NORTH_VILLAGE, second, n=3, since=date(2026, 3, 1))
    net.settle()
    said(county, PersonsMerged(first, second, ()), SOUTH_VILLAGE, first, n=4)
    net.settle()
    assert people(north) == {(first, NORTH_VILLAGE), (second, NORTH_VILLAGE)}
    said(south, Died(first, date(2026, 2, 1), SOUTH_VILLAGE, Sex.FEMALE), SOUTH_VILLAGE, first, n=5)
    net.settle()
    for house in (north, south, county):
        with house.inside():
            assert Person.objects.get(id=first).home == SOUTH_VILLAGE
    assert net.findings() == []


def test_a_death_before_the_registered_arrival_leaves_the_record_where_he_died(net):
    """He had moved north and died there before the day since which he is said to live in the south."""
    south, county = net.houses[SOUTH], net.houses[COUNTY]
    register(south, SOUTH_VILLAGE, since=date(2026, 3, 1))
    net.settle()
    assert people(south) == {(WHO, SOUTH_VILLAGE)}
    said(county, MovedIn(WHO, date(2026, 1, 10), NORTH_VILLAGE, Sex.FEMALE, ""), NORTH_VILLAGE, n=3)
    said(county, Died(WHO, date(2026, 2, 1), NORTH_VILLAGE, Sex.FEMALE), NORTH_VILLAGE, n=4)
    net.settle()
    assert lives(net) == {(NORTH_VILLAGE, date(2026, 2, 1))}
    assert net.findings() == []


def test_the_old_township_does_not_hear_of_a_death_after_the_move(net):
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    register(north, NORTH_VILLAGE)
    said(county, MovedIn(WHO, date(2026, 2, 1), SOUTH_VILLAGE, Sex.FEMALE, ""), SOUTH_VILLAGE, n=3)
    net.settle()
    said(south, Died(WHO, date(2026, 3, 1), SOUTH_VILLAGE, Sex.FEMALE), SOUTH_VILLAGE, n=4)
    net.settle()
    for house, told in ((north, False), (south, True), (county, True)):
        with house.inside():
            assert bool(Person.objects.get(id=WHO).died_on) is told
    assert net.findings() == []


def test_a_corrected_day_of_arrival_may_say_where_the_record_is_kept(net):
    """He lived in the south before the north registered him, as the county knows; so what the south heard holds."""
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    register(north, NORTH_VILLAGE, since=date(2026, 3, 1))
    said(county, MovedIn(WHO, date(2026, 2, 1), SOUTH_VILLAGE, Sex.FEMALE, ""), SOUTH_VILLAGE, n=3)
    net.settle()
    assert people(county) == people(north) == {(WHO, NORTH_VILLAGE)}
    changed = (FieldChange(Field.SINCE, "2026-03-01", "2026-01-10"),)
    said(county, PersonCorrected(WHO, changed), SOUTH_VILLAGE, n=4)
    net.settle()
    for house in (north, south, county):
        with house.inside():
            assert Person.objects.get(id=WHO).home == SOUTH_VILLAGE
    assert net.findings() == []
