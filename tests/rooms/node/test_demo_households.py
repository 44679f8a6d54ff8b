"""The demo's households through three years: who belongs to which, who heads it, and every register's traps."""

from collections import Counter
from datetime import date

import pytest

from jiahe.node.demo import parameters
from jiahe.node.demo.people import (
    Birth,
    Death,
    Divorce,
    Doubled,
    Event,
    Going,
    Household,
    Leaving,
    Person,
    Settling,
    VillageLife,
    Wedding,
)
from jiahe.node.demo.population import county
from jiahe.registry.facts import Relation
from tests.rooms.node.test_demo_population import CONTENT, PEOPLE, SINCE, UNTIL, VILLAGES

pytestmark = pytest.mark.once("postgres")  # plain values


@pytest.fixture(scope="module")
def lives() -> list[VillageLife]:
    return list(county(parameters.read(CONTENT), VILLAGES, people=PEOPLE, since=SINCE, until=UNTIL, seed=1))


@pytest.fixture(scope="module")
def people(lives: list[VillageLife]) -> list[Person]:
    return [person for life in lives for person in life.people]


@pytest.fixture(scope="module")
def events(lives: list[VillageLife]) -> list[Event]:
    return [event for life in lives for event in life.events]


def test_households_have_the_size_of_the_county_and_one_head(people: list[Person]) -> None:
    size = Counter(person.household for person in people)
    assert PEOPLE / len(size) == pytest.approx(2.83, abs=0.2)
    heads = [person for person in people if person.relation is Relation.HEAD]
    assert sorted(head.household for head in heads) == sorted(size)


def test_couples_are_grown_married_once_at_a_time_and_no_kin(lives: list[VillageLife]) -> None:
    for life in lives:
        spouse: dict[object, object] = {}
        for event in life.events:
            match event:
                case Wedding(person=groom, spouse=Person() as bride):
                    assert groom.man > bride.man
                    assert min((event.on - one.birth_on).days for one in (groom, bride)) > 18 * 365
                    assert not spouse.keys() & {groom.id, bride.id}
                    assert groom.mother is None or groom.mother != bride.mother
                    spouse |= {groom.id: bride.id, bride.id: groom.id}
                case Divorce(person=one, spouse=other):
                    assert spouse.pop(one.id, other.id) == other.id
                    spouse.pop(other.id, None)
                case Death(person=person) if person.id in spouse:
                    spouse.pop(spouse.pop(person.id))


def test_a_mother_has_her_children_far_enough_apart_or_at_once(events: list[Event]) -> None:
    last: dict[object, date] = {}
    for event in events:
        if isinstance(event, Birth):
            apart = (event.on - last.get(event.person.mother, date.min)).days
            assert apart == 0 or apart >= 450
            last[event.person.mother] = event.on


def test_twins_are_as_frequent_as_they_are_and_differ_by_name(people: list[Person], events: list[Event]) -> None:
    everybody = [*people, *(event.person for event in events if isinstance(event, Birth))]
    born: dict[tuple[object, date], list[Person]] = {}
    for person in everybody:
        if person.mother:
            born.setdefault((person.mother, person.birth_on), []).append(person)
    twins = [children for children in born.values() if len(children) > 1]
    assert len(twins) / len(born) == pytest.approx(0.007, abs=0.003)
    for children in twins:
        assert len({child.surname for child in children}) == 1
        assert len({child.given for child in children}) == len({child.id for child in children})


def test_nobody_is_in_two_households_and_none_has_two_heads(lives: list[VillageLife]) -> None:
    """Followed day by day: everybody who lives here has one household; few are left without a head, all by a death."""
    unattended = 0
    for life in lives:
        members: dict[object, dict[object, Relation]] = {}
        home: dict[object, object] = {}

        def put(household: object, who: object, relation: Relation) -> None:
            members.get(home.get(who), {}).pop(who, None)  # noqa: B023
            home[who] = household  # noqa: B023
            members.setdefault(household, {})[who] = relation  # noqa: B023

        for formed in life.households:
            for member in formed.members:
                assert member.person not in home
                put(formed.id, member.person, member.relation)
        for event in life.events:
            if isinstance(event, Death | Leaving):
                members[home[event.person.id]].pop(event.person.id)
            for change in event.changes:
                match change:
                    case Household(id=household) | Settling(household=household):
                        for member in change.members:
                            put(household, member.person, member.relation)
                    case Going():
                        pass
            if isinstance(event, Birth | Wedding | Divorce):
                assert event.person.id in members[home[event.person.id]] or isinstance(event, Wedding)
            for together in members.values():
                assert sum(relation is Relation.HEAD for relation in together.values()) <= 1
        unattended += sum(Relation.HEAD not in together.values() for together in members.values() if together)
    assert 1 <= unattended <= 8


def test_addresses_are_each_given_once(lives: list[VillageLife]) -> None:
    for life in lives:
        formed = [*life.households, *(c for event in life.events for c in event.changes if isinstance(c, Household))]
        assert len({each.address for each in formed}) == len(formed)
        assert all(each.address.endswith("号") for each in formed)
        assert all(("组" in each.address) is not life.village.in_town for each in formed)


def test_a_head_who_goes_is_followed_by_spouse_then_child(lives: list[VillageLife]) -> None:
    relations = {person.id: person.relation for life in lives for person in life.people}
    heirs = Counter(
        relations[change.members[0].person]
        for life in lives
        for event in life.events
        for change in event.changes
        if isinstance(event, Death) and isinstance(change, Settling) and change.members[0].person in relations
    )
    assert heirs.most_common(1)[0][0] is Relation.SPOUSE
    assert heirs[Relation.CHILD] > 0


def test_doubles_are_few_have_no_number_and_are_of_somebody(lives: list[VillageLife]) -> None:
    flaws: Counter[str] = Counter()
    for life in lives:
        known = {(person.village, person.household, person.mother, person.phone): person for person in life.people}
        for event in life.events:
            if isinstance(event, Doubled):
                double, first = event.person, known[(*event.person[7:9], event.person.mother, event.person.phone)]
                assert double.number is None
                assert double.id != first.id
                flaws["name" if double.name != first.name else "number"] += 1
    assert min(flaws["name"], flaws["number"]) > 0
    assert 0.0015 <= flaws.total() / PEOPLE <= 0.002
