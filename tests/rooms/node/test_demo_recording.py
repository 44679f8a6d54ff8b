"""Loading the demo: everything through the journal, by the right posts, once."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from jiahe.basis.ids import instant_of
from jiahe.journal import queries as journal
from jiahe.node.demo import parameters
from jiahe.node.demo.posts import staffing
from jiahe.node.demo.problems import HalfLoaded
from jiahe.node.demo.recording import load
from jiahe.places.definitions import read_area_list
from jiahe.registry.facts import (
    Born,
    Died,
    Divorced,
    HouseholdFormed,
    Married,
    MembersSettled,
    MovedIn,
    MovedOut,
    PersonRegistered,
    Relation,
)
from jiahe.registry.models import Household, Person
from jiahe.staff import accounts, queries
from jiahe.staff.definitions import roles
from jiahe.staff.models import Credential
from jiahe.window.models import Case
from jiahe.window.rules.story import OVER

ZONE = ZoneInfo("Asia/Shanghai")
UNTIL = date(2026, 11, 23)
SINCE = date(2023, 11, 23)
CONTENT: Path = settings.JIAHE.content
PEOPLE = 400


def loaded(people: int = PEOPLE) -> tuple[bool, list[str]]:
    told: list[str] = []
    return load(people, UNTIL, 7, told.append), told


@pytest.mark.django_db
def test_the_whole_county_is_recorded_and_a_second_load_does_nothing() -> None:
    new, told = loaded()
    assert new
    steps = [text.partition(":")[0] for text in told]
    assert steps == [
        "areas",
        "posts",
        "people and households",
        "people",
        "life events",
        "duties",
        "cases at the window",
        "accounts",
    ]
    size = journal.head().size
    entries = [entry for portion in journal.standing() for entry in portion]
    registered = [entry.fact for entry in entries if isinstance(entry.fact, PersonRegistered)]
    assert Person.objects.count() == len(registered) > PEOPLE
    here = {fact.person for fact in registered if fact.since == SINCE}
    assert len(here) == PEOPLE

    assert loaded() == (False, ["The demo county is here already."])
    assert journal.head().size == size


@pytest.mark.django_db
def test_every_township_has_cases_however_small_the_demo_is() -> None:
    loaded(2_000)
    townships = {home[:9] for home in Person.objects.values_list("home", flat=True)}
    assert {"411723101", "411723102"} <= townships
    cases = Counter(area[:9] for area in Case.objects.values_list("area", flat=True))
    assert {township for township in townships if not cases[township]} == set()
    for township in ("411723101", "411723102"):
        assert Case.objects.filter(area__startswith=township).exclude(phase__in=OVER).exists()


@pytest.mark.django_db
def test_the_tables_say_who_lives_here_now() -> None:
    loaded()
    resident: set[object] = set()
    facts = [entry.fact for portion in journal.standing() for entry in portion]
    for fact in sorted(
        (fact for fact in facts if isinstance(fact, PersonRegistered | Died | MovedIn | MovedOut)),
        key=lambda fact: fact.since if isinstance(fact, PersonRegistered) else fact.on,
    ):
        if isinstance(fact, PersonRegistered | MovedIn):
            resident.add(fact.person)
        else:
            resident.discard(fact.person)
    assert set(Person.objects.filter(area__isnull=False).values_list("id", flat=True)) == resident
    births = [fact for fact in facts if isinstance(fact, Born)]
    assert births
    assert Person.objects.filter(id__in=[fact.person for fact in births], mother__isnull=False).count() == len(births)


@pytest.mark.django_db
def test_everybody_who_lives_here_has_one_household_and_none_has_two_heads() -> None:
    loaded()
    resident = Person.objects.filter(area__isnull=False)
    without = resident.filter(household__isnull=True)
    assert without.count() <= PEOPLE * 0.01, "doubles, and a bride whose wedding is not written down yet"
    assert not Person.objects.filter(area__isnull=True, household__isnull=False).exists()
    heads = Counter(resident.filter(relation=Relation.HEAD).values_list("household", flat=True))
    assert set(heads.values()) == {1}
    assert set(resident.filter(household__isnull=False).values_list("household", flat=True)) <= set(
        Household.objects.values_list("id", flat=True)
    )
    for person in Person.objects.filter(household__isnull=False):
        assert Household.objects.get(id=person.household).home == person.home
    children = Person.objects.filter(relation=Relation.CHILD, mother__isnull=False, birth_on__gt=SINCE)
    assert children
    assert all(child.household for child in children)


@pytest.mark.django_db
def test_the_journal_is_in_the_order_of_time_and_of_acts() -> None:
    """A birth settles the child in the same act; both of a couple marry in one; all at instants that never go back. The
    window has a book of its own, which is written after the register's."""
    loaded()
    entries = [entry for portion in journal.standing() for entry in portion]
    window = [entry for entry in entries if entry.kind.startswith("window.")]
    assert window
    assert entries[-len(window) :] == window
    for book in (entries[: -len(window)], window):
        assert all(before.at_ms <= after.at_ms for before, after in pairwise(book))
    for number, entry in enumerate(entries):
        match entry.fact:
            case Born(person=child):
                settled = entries[number + 1]
                assert isinstance(settled.fact, MembersSettled)
                assert [member.person for member in settled.fact.members] == [child]
                assert (settled.at, settled.officer, settled.about) == (entry.at, entry.officer, None)
            case Married(person=person, spouse=UUID() as spouse) | Divorced(person=person, spouse=UUID() as spouse):
                both = {entries[number - 1].about, entries[number + 1].about}
                assert spouse in both
                assert entry.about == person
            case HouseholdFormed():
                assert entry.about is None
                assert entry.fact.address.endswith("号")


@pytest.mark.django_db
def test_facts_are_written_down_by_a_post_of_the_place_on_or_after_the_day() -> None:
    loaded()
    areas = read_area_list(CONTENT / "areas", "411723").areas
    naming = parameters.read(CONTENT / "demo").naming
    staff = staffing(
        CONTENT / "demo" / "posts.toml",
        areas,
        roles(CONTENT / "roles"),
        naming,
        since=SINCE,
        until=UNTIL,
        seed=7,
    )
    area_of = {str(each.holding.post): each.holding.area for each in staff.appointments}
    for portion in journal.standing():
        for entry in portion:
            match entry.fact:
                case PersonRegistered(since=on) | Born(on=on) | Died(on=on) | MovedIn(on=on) | MovedOut(on=on):
                    assert entry.area.startswith(area_of[entry.post])
                    assert on <= entry.at.astimezone(ZONE).date() < UNTIL
                    assert entry.about == entry.fact.person
                    assert instant_of(entry.id) - entry.at < timedelta(milliseconds=1)


@pytest.mark.django_db
def test_every_role_has_an_account_that_holds_its_post() -> None:
    loaded()
    listed = accounts.demo_accounts(on=UNTIL)
    assert {each.role for each in listed} == set(roles(CONTENT / "roles"))
    assert all(Credential.objects.get(username=each.username).check_password(accounts.DEMO_PASSWORD) for each in listed)
    township = Credential.objects.get(username="township")
    held = [(each.role, each.deputising) for each in queries.holdings(township.officer, on=UNTIL)]
    assert held == [("township_clerk", False), ("window_clerk", True)]


@pytest.mark.django_db
def test_a_load_that_was_cut_short_is_refused() -> None:
    loaded()
    Credential.objects.all().delete()
    with pytest.raises(HalfLoaded):
        loaded()
