"""The demo county is the same for the same seed, fits its cited parameters, and its lives make sense."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from stdnum.cn import ric

from jiahe.node.demo import parameters
from jiahe.node.demo.identity import Exhausted, Numbers
from jiahe.node.demo.parameters import Parameters
from jiahe.node.demo.people import (
    Birth,
    Coming,
    Death,
    Divorce,
    Event,
    FormerName,
    Leaving,
    Passport,
    Person,
    SecondPhone,
    VillageLife,
    Wedding,
)
from jiahe.node.demo.population import county, digest
from jiahe.node.demo.villages import Village, shares
from jiahe.registry.facts import Certainty

pytestmark = pytest.mark.once("postgres")  # plain values
CONTENT = Path(__file__).parents[3] / "content" / "demo"
SINCE, UNTIL = date(2023, 11, 23), date(2026, 11, 23)
TOWNSHIPS = ["001", "002", "003", *(str(code) for code in range(100, 111)), *(str(code) for code in range(200, 205))]
NAMES = ["刘庄村委会", "大王村委会", "后李村委会", "城关居委会", "五里村委会", "张营村委会", "古城村委会", "高台村委会"]
VILLAGES = [
    Village(f"411723{township}{number}", name) for township in TOWNSHIPS for number, name in enumerate(NAMES, start=200)
]
PEOPLE = 20_000
GOLDEN = "f58b8245dd538cb5e2310762ba8c1172becb13e1e5837683718c5d2b422cded5"


@pytest.fixture(scope="module")
def given() -> Parameters:
    return parameters.read(CONTENT)


@pytest.fixture(scope="module")
def lives(given: Parameters) -> list[VillageLife]:
    return list(county(given, VILLAGES, people=PEOPLE, since=SINCE, until=UNTIL, seed=1))


@pytest.fixture(scope="module")
def people(lives: list[VillageLife]) -> list[Person]:
    return [person for life in lives for person in life.people]


def test_the_same_seed_gives_the_same_county_to_the_last_digit(given: Parameters) -> None:
    def made(seed: int) -> str:
        return digest(county(given, VILLAGES, people=2_000, since=SINCE, until=UNTIL, seed=seed))

    assert made(1) == GOLDEN
    assert made(2) != GOLDEN


def test_everyone_asked_for_is_there_once(people: list[Person]) -> None:
    assert len(people) == PEOPLE
    assert len({person.id for person in people}) == PEOPLE


@pytest.fixture(scope="module")
def events(lives: list[VillageLife]) -> list[Event]:
    return [event for life in lives for event in life.events]


def test_villages_get_all_people_and_streets_get_more(given: Parameters) -> None:
    counts = shares(VILLAGES, 12_345, given.weights, 7)
    assert sum(counts) == 12_345
    street = [n for village, n in zip(VILLAGES, counts, strict=True) if village.code[6:9] < "100"]
    country = [n for village, n in zip(VILLAGES, counts, strict=True) if village.code[6:9] >= "100"]
    assert sum(street) / len(street) > 2 * sum(country) / len(country)


@pytest.mark.parametrize(("from_age", "to_age", "share"), [(0, 15, 0.251), (15, 60, 0.551), (60, 200, 0.198)], ids=str)
def test_age_groups_are_those_of_the_census(people: list[Person], from_age: int, to_age: int, share: float) -> None:
    ages = [(SINCE - person.birth_on).days / 365.2425 for person in people]
    assert sum(from_age <= age < to_age for age in ages) / PEOPLE == pytest.approx(share, abs=0.005)


def test_men_per_100_women_are_those_of_the_county(people: list[Person]) -> None:
    men = sum(person.man for person in people)
    assert 100 * men / (PEOPLE - men) == pytest.approx(95.87, abs=2.0)


def test_parents_are_older_than_their_children(people: list[Person]) -> None:
    by_id = {person.id: person for person in people}
    for person in people:
        for parent in (person.mother, person.father):
            assert parent is None or by_id[parent].birth_on + timedelta(days=15 * 365) < person.birth_on


@pytest.mark.parametrize(
    ("kind", "rate"), [(Birth, 7.6), (Death, 7.9), (Leaving, 22.0), (Coming, 8.0), (Wedding, 4.5), (Divorce, 2.5)]
)
def test_events_come_at_the_cited_rates(events: list[Event], kind: type, rate: float) -> None:
    happened = sum(isinstance(event, kind) for event in events)
    assert 1000 * happened / PEOPLE / 3 == pytest.approx(rate, rel=0.2)


def test_lives_are_consistent(lives: list[VillageLife]) -> None:
    """Events are in order; nobody acts before birth, after death, or while away; mothers are in the village."""
    for life in lives:
        here = {person.id for person in life.people}
        dead: set[object] = set()
        for before, event in zip([None, *life.events], life.events, strict=False):
            assert before is None or before.on <= event.on
            assert SINCE <= event.on < UNTIL
            person = event.person
            assert person.id not in dead
            match event:
                case Birth():
                    assert person.birth_on == event.on
                    assert person.mother in here
                    assert person.father is None or person.father not in dead
                    here.add(person.id)
                case Coming():
                    assert person.id not in here
                    assert person.birth_on < event.on
                    here.add(person.id)
                case Leaving():
                    here.remove(person.id)
                case Death():
                    here.remove(person.id)
                    dead.add(person.id)
                case Wedding():
                    assert person.id in here
                    assert event.spouse is None or event.spouse.id in here
                case Divorce():
                    assert {person.id, event.spouse.id} <= here


def test_what_is_known_beside(lives: list[VillageLife], people: list[Person], events: list[Event]) -> None:
    beside = [particular for life in lives for particular in life.particulars]
    kinds = Counter(type(particular) for particular in beside)
    assert {FormerName, SecondPhone, Passport} == set(kinds)
    for each in beside:
        match each:
            case FormerName():
                assert each.given != each.person.given
                assert each.person.birth_on < each.until <= SINCE
            case SecondPhone():
                assert each.number != each.person.phone
            case Passport():
                assert each.since <= SINCE < each.until
    by_year = [person for person in people if person.certainty is Certainty.YEAR]
    assert by_year
    assert all(person.birth_on.timetuple().tm_yday == 1 and person.birth_on.year < 1945 for person in by_year)
    assert any(person.alias for person in people)
    newcomers = [event.person for event in events if isinstance(event, Coming) and not event.back]
    elsewhere = sum(bool(person.registered_area) for person in newcomers)
    assert elsewhere / len(newcomers) == pytest.approx(0.6, abs=0.1)


def test_identity_numbers_are_valid_unique_and_say_birth_and_sex(lives: list[VillageLife]) -> None:
    everybody = {person.id: person for life in lives for person in life.people}
    everybody |= {event.person.id: event.person for life in lives for event in life.events}
    with_number = [person for person in everybody.values() if person.number]
    assert len({person.number for person in with_number}) == len(with_number) > 0.98 * len(everybody)
    for person in with_number:
        assert person.number is not None
        assert ric.is_valid(person.number)
        assert person.number[6:14] == f"{person.birth_on:%Y%m%d}"
        assert int(person.number[16]) % 2 == person.man
        assert person.number[14] == "9", "a demo number lies far above those that are issued"


def test_phones_lie_in_a_block_without_an_operator(people: list[Person]) -> None:
    phones = [person.phone for person in people if person.phone]
    assert len(set(phones)) == len(phones) > PEOPLE / 2
    assert all(len(phone) == 11 and phone.startswith("154") for phone in phones)


def test_names_are_written_surname_first_and_the_hard_kinds_occur(lives: list[VillageLife]) -> None:
    everybody = [person for life in lives for person in life.people]
    everybody += [event.person for life in lives for event in life.events]
    assert any(len(person.surname) == 2 for person in everybody), "compound surnames"
    assert any("·" in person.name and not person.surname for person in everybody), "names of parts with a dot"
    assert any(ord(character) > 0xFFFF for person in everybody for character in person.name), "rare characters"
    assert all(1 <= len(person.given) <= 10 for person in everybody)
    most = Counter(person.surname for person in everybody).most_common(5)
    assert {surname for surname, _ in most} >= {"王", "李", "张", "刘"}


def test_numbers_of_a_day_can_run_out(given: Parameters) -> None:
    numbers = Numbers(given.registration)
    day = date(1990, 1, 1)
    assert len({numbers.resident_id(day, True) for _ in range(498)}) == 498
    with pytest.raises(Exhausted):
        numbers.resident_id(day, True)
