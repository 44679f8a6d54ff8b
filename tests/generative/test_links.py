"""Three levels talk over lines that lose, double, swap, garble and end, and some are put back, whatever they record.

Once the lines are good, each township holds all that happened in its area and every record that is kept there, equal to
the county's to the last column; the city's sums are the county's; and every journal is sound.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

import pytest
from django.db.models import Sum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from jiahe.basis.areas import lies_in
from jiahe.indicators.definitions import FOLDER, load
from jiahe.indicators.definitions.above import SumKey, as_told
from jiahe.indicators.models import Cell
from jiahe.journal import queries as journal
from jiahe.journal import redacting
from jiahe.journal.models import Entry
from jiahe.network import resuming, status
from jiahe.network.problems import NothingToAccept
from jiahe.registry.facts import HouseholdFormed, MembersSettled, PersonsMerged
from jiahe.registry.models import Household, Person
from jiahe.registry.queries import records_of
from jiahe.registry.queries.keeping import entries_of_own_households
from tests.generative.network import SETTINGS, Network, numbers
from tests.generative.test_convergence import Register
from tests.lib.authors import Anyone, minutes
from tests.lib.examples import examples
from tests.lib.houses import House, build
from tests.lib.links import CITY, COUNTY, NORTH, SOUTH, Line, joined

AREAS = (COUNTY, NORTH, SOUTH, CITY)
lines, places = st.integers(0, 2), st.integers(0, 5)
troubles = st.sampled_from(["late", "lost", "doubled", "garbled", "cut off"])


@pytest.fixture(scope="module")
def levels(django_db_setup, django_db_blocker) -> Iterator[dict[str, House]]:
    """A county, two townships of it and the city above, strangers still."""
    with django_db_blocker.unblock(), build(AREAS, strangers=True) as built:
        yield dict(zip(AREAS, built, strict=True))


class Levels(Register):
    """What is said of people, at the node whose area it is in or at the county."""

    by_area: dict[str, House]
    entries = Network.entries
    people = Register.people

    def __init__(self) -> None:
        super().__init__()
        self.net = joined(self.by_area)
        self.copies: dict[str, Callable[[], None]] = {}
        self.harmed: Counter[str] = Counter()
        self.formed: set[UUID] = set()

    @contextmanager
    def at(self, house: int) -> Iterator[None]:
        self.now += 1
        self.place = house % 3
        yield

    def record(self, fact: object, area: str, about: UUID | None = None, **more: object) -> UUID:
        if isinstance(fact, HouseholdFormed):  # nobody gives a household the id of another one
            if fact.household in self.formed:
                fact = MembersSettled(fact.household, fact.on, fact.members, None)
            self.formed.add(fact.household)
        house = self.houses[self.place]
        house = house if lies_in(area, house.wiring.area) else self.houses[0]
        self.touched.add(self.houses.index(house))
        with house.inside():
            return super().record(fact, area, about, **more)

    @rule(house=numbers, entry=Network.entries)
    def erase(self, house, entry):
        """What was said of one person. What joins two records is only erased with all that was said of either."""
        with self.houses[house % 3].inside():
            said = journal.entry(entry)
        if said and said.about and not isinstance(said.fact, PersonsMerged):
            self.forget_these(house, {entry})

    @rule(house=numbers, who=Register.people)
    def forget(self, house, who):
        """All that was said of a person, where the record is kept."""
        here = self.houses[house % 3]
        with here.inside():
            row = Person.objects.filter(id=who, merged_into=None).first()
            records = records_of(who)
            found = entries_of_own_households(records) | {each.entry for each in journal.about(records)}
        if row and lies_in(row.home, here.wiring.area):
            self.forget_these(house, found)

    def forget_these(self, house: int, entries: set[UUID]) -> None:
        here = self.houses[house % 3]
        self.now += 1
        with here.inside():
            redacting.redact(entries, ground="PIPL 47", by=Anyone(), at=minutes(self.now), area=here.wiring.area)

    def hand_on(self) -> None:
        """Not by hand here."""

    @rule(asked=st.sets(lines, min_size=1))
    def speak(self, asked):
        """Both ends of some lines say what is due."""
        for line in asked:
            for up in (True, False):
                self.net.lines[line].speak(up, self.net.now())

    @rule(
        asked=st.sets(lines, min_size=1),
        rounds=st.integers(1, 6),
        together=st.booleans(),
        trouble=troubles,
        at=places,
        place=places,
    )
    def talk(self, asked, rounds, together, trouble, at, place):
        """Some lines carry for a while, but not well; the last answers are still on their way."""
        for n in range(rounds):
            self.net.tick += 0.5
            self.speak(asked)
            for line in (self.net.lines[each] for each in asked):
                for waiting in line.ways.values():
                    if waiting and n == at % rounds:
                        self.harm(waiting, trouble, place % len(waiting))
                for up in (True, False):
                    if together:
                        line.arrive_together(up, self.net.now())
                        continue
                    for _ in range(len(line.ways[up])):
                        line.arrive(up, self.net.now())
        self.touched |= {0, 1, 2, 3}

    def harm(self, waiting: list[bytes], trouble: str, place: int) -> None:
        self.harmed[trouble] += 1
        raw = waiting.pop(place)
        match trouble:
            case "doubled":
                waiting += [raw, raw]
            case "garbled":
                at = place * 7919 % len(raw)
                waiting.append(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            case "cut off":
                waiting.append(raw[: len(raw) // 2])
            case "late":
                waiting.append(raw)

    @rule(asked=st.sets(lines, min_size=1), place=places, times=st.integers(1, 4))
    def arrive(self, asked, place, times):
        """Some messages, perhaps not the first."""
        for line in (self.net.lines[each] for each in asked):
            for up, waiting in line.ways.items():
                for _ in range(times):
                    if waiting:
                        line.arrive(up, self.net.now(), place % len(waiting))
        self.touched |= {0, 1, 2, 3}

    @rule(line=lines)
    def end(self, line):
        """Both ends are killed; what was on the line is gone."""
        one: Line = self.net.lines[line]
        self.harmed["with both ends killed"] += sum(map(len, one.ways.values()))
        one.ways[True].clear()
        one.ways[False].clear()
        one.begin()

    @rule(area=st.sampled_from([COUNTY, NORTH, SOUTH]))
    def copy(self, area):
        """A backup is made."""
        self.copies[area] = self.net.copy(area)

    @rule(area=st.sampled_from([COUNTY, NORTH, SOUTH]))
    def put_back(self, area):
        """A node is put back to its backup, and goes on."""
        if area in self.copies:
            self.harmed["nodes put back"] += 1
            self.copies[area]()
            self.net.tick += 1  # nobody puts a node back twice at one instant
            with self.by_area[area].inside():
                resuming.resume(reason="disk failed", by=Anyone(), at=self.net.now().at)
            self.touched |= {0, 1, 2, 3}

    @rule(seconds=st.sampled_from([0.5, 2, 5, 30]))
    def wait(self, seconds):
        self.net.tick += seconds

    def everybody_gets_everything(self) -> None:
        for line in self.net.lines:
            line.begin_anew()
        self.net.settle()
        self.what_was_put_back_is_accepted()
        county = self.by_area[COUNTY]
        for area in (NORTH, SOUTH):
            assert happened(self.by_area[area], area) == happened(county, area)
            for table in (Person, Household):
                assert kept(self.by_area[area], table, area) == kept(county, table, area)
        assert sums(self.by_area[CITY]) == as_told(load(FOLDER), sums(county))
        assert self.net.findings() == []
        for house in self.by_area.values():
            with house.inside():
                assert status.here().quarantined == 0
                for each in status.neighbours(at=self.net.now().at):
                    assert (each.lag, each.records) == (0, 0)
                    assert not {"differs", "rewritten", "rolled_back", "refused"} & set(each.troubles)

    def what_was_put_back_is_accepted(self) -> None:
        self.net.tick += 60
        for line in self.net.lines:
            with line.upper.inside(), suppress(NothingToAccept):
                resuming.accept(name=line.lower.wiring.origin, reason="disk failed", by=Anyone(), at=self.net.now().at)
        self.net.tick += 60
        self.net.settle()


def happened(house: House, area: str) -> set[tuple[str, int, bool]]:
    """What happened in an area, and whether it can still be read."""
    with house.inside():
        rows = Entry.objects.filter(area__startswith=area).values_list("origin", "origin_seq", "content")
        return {(origin, number, content is None) for origin, number, content in rows}


def kept(house: House, table: type[Person] | type[Household], area: str) -> list[tuple]:
    """The records kept in an area."""
    with house.inside():
        return sorted(table.objects.filter(home__startswith=area).values_list(), key=repr)


def sums(house: House) -> Counter[SumKey]:
    """What the cells come to over all areas, where they come to anything."""
    with house.inside():
        rows = Cell.objects.values_list("measure", "span", "start", "stratum").annotate(Sum("n"))
        return Counter({(measure, span, str(start), last): n for measure, span, start, last, n in rows if n})


def test_whatever_the_lines_do_all_agree(levels):
    machine = type("Levels", (Levels,), {"houses": [levels[area] for area in AREAS], "by_area": levels})
    run_state_machine_as_test(machine, settings=settings(SETTINGS, max_examples=examples(10), stateful_step_count=40))
