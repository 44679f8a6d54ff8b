"""A node that is put back a second time, before or after it was heard, still gets back what others hold of it; and two
that are put back at once."""

from functools import partial
from uuid import UUID

import pytest

from jiahe.journal.models import Entry
from jiahe.journal.recording import record
from jiahe.network import admitting, messages, seeking
from jiahe.network.conversation import LATER
from jiahe.network.facts import Level
from jiahe.network.models import Sought
from jiahe.network.peers import peer
from jiahe.registry.facts import PersonsMerged
from tests.lib.authors import Anyone, minutes
from tests.lib.links import CITY, COUNTY, NORTH, SOUTH, UNTIL, register, resume


def test_who_is_put_back_again_before_he_was_heard_gets_back_what_was_lost_the_first_time(net):
    county = net.houses[COUNTY]
    put_back = net.copy(COUNTY)
    lost = admit(county, "103")
    net.settle()
    put_back()
    resume(county, minute=9)
    put_back_later = net.copy(COUNTY)
    put_back_later()
    resume(county, minute=10)
    net.settle()
    assert lost in entries(county)
    assert net.findings() == []


@pytest.mark.parametrize("said_so", [True, False])
def test_what_was_asked_before_a_node_was_put_back_once_more_is_not_taken_for_an_answer(net, said_so):
    county, north = net.houses[COUNTY], net.houses[NORTH].wiring
    line, *others = sorted(net.lines, key=lambda line: line.lower is not net.houses[NORTH])
    put_back = net.copy(COUNTY)
    first = admit(county, "103")
    net.settle()
    for other in others:
        other.whole = False
    put_back()
    if said_so:
        resume(county, minute=9)
    line.ways[True] = kept = Kept()
    net.settle()
    read = partial(messages.read, sender=north.origin, to=county.wiring.origin, public_key=north.public_key)
    old = [raw for raw in kept.all if isinstance(read(raw), messages.Entries)]
    second = admit(county, "104", minute=10)
    net.settle()
    put_back()
    resume(county, minute=11)
    line.ways[True] = old  # a stream still had it
    line.arrive_together(True, net.now())
    net.settle()
    assert old
    assert {first, second} <= entries(county)


def test_what_a_stream_kept_of_the_journal_before_is_not_counted_as_its_new_one(net):
    county, north = net.houses[COUNTY], net.houses[NORTH]
    (line,) = (line for line in net.lines if line.lower is north)
    read = partial(
        messages.read, sender=county.wiring.origin, to=north.wiring.origin, public_key=county.wiring.public_key
    )
    put_back = net.copy(COUNTY)
    put_back()
    resume(county, minute=9)
    admit(county, "103", minute=10)
    line.ways[False] = kept = Kept()
    net.settle()
    old = [raw for raw in kept.all if isinstance(said := read(raw), messages.Batch) and not said.after]
    put_back()
    resume(county, minute=20)
    later = admit(county, "104", minute=21)
    line.ways[False].clear()
    line.speak(False, net.now())  # the greeting arrives, then what the stream still had; its answer is lost
    line.ways[False] += old
    while line.ways[False]:
        line.arrive(False, net.now())
    line.ways[True].clear()
    net.settle()
    assert old
    assert later in entries(north)
    assert net.seen(NORTH, COUNTY).times_put_back == 2


def test_what_two_lost_at_once_comes_back_from_a_third_to_whom_both_had_told_it(net):
    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    register(north, 11, f"{NORTH}001")
    register(south, 12, f"{SOUTH}001")
    net.settle()
    both = [net.copy(area) for area in (NORTH, COUNTY)]
    merged = PersonsMerged(UUID(int=11), UUID(int=12), ())
    with north.inside():
        said = record(merged, by=Anyone(), at=minutes(4), area=f"{NORTH}001", about=merged.person).id
    net.settle()
    for put_back in both:
        put_back()
    resume(north, minute=9)
    resume(county, minute=10)
    net.settle()
    for house in (south, county, north):
        assert said in entries(house)


def test_what_two_above_lost_at_once_comes_back_to_the_highest_when_one_below_was_asked(net):
    city, county, south = (net.houses[area] for area in (CITY, COUNTY, SOUTH))
    both = [net.copy(area) for area in (CITY, COUNTY)]
    said = admit(city, "24", level=Level.COUNTY)
    net.settle()
    assert said in entries(south)
    for put_back in both:
        put_back()
    resume(city, minute=9)
    resume(county, minute=10)
    lines = [line for line in net.lines if line.upper is county]
    for line in lines:
        line.whole = False
    net.settle()
    assert said not in entries(county)
    assert net.seen(CITY, COUNTY).sought == 1
    for line in lines:
        line.whole = True
        line.begin_anew()
    net.settle()
    net.tick += LATER
    net.settle()
    for house in (county, city):
        assert said in entries(house)
        with house.inside():
            assert not Sought.objects.exists()
    assert net.findings() == []


def test_a_neighbour_is_given_only_what_went_by_way_of_him(net):
    county, north, south = (net.houses[area] for area in (COUNTY, NORTH, SOUTH))
    register(north, 11, f"{NORTH}001")
    net.settle()
    asked = messages.AskOrigin(north.wiring.origin, 0)
    with county.inside():
        assert seeking.of_origin(asked, peer(north.wiring.origin)).entries
        assert not seeking.of_origin(asked, peer(south.wiring.origin)).entries
        assert not seeking.of_origin(asked, peer(net.houses[CITY].wiring.origin)).entries


def admit(house, number, minute=1, level=Level.TOWNSHIP):
    """A fact that all nodes below are told, and that belongs to none of them."""
    with house.inside():
        said = admitting.give_certificate(
            area=f"{house.wiring.area}{number}", level=level, public_key=number.encode() * 10 + b"xx", link_key="",
            until=UNTIL, by=Anyone(), at=minutes(minute),
        )  # fmt: skip
    return said.id


def entries(house):
    with house.inside():
        return set(Entry.objects.values_list("entry_id", flat=True))


class Kept(list):
    """What is on its way, and all that ever was."""

    def __init__(self):
        super().__init__()
        self.all = []

    def __iadd__(self, more):
        self.all += more
        return super().__iadd__(more)
