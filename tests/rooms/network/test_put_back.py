"""A node that was put back to yesterday is found out, gets back what others hold of it, and goes on."""

from uuid import UUID

import pytest
from msgspec import structs

from jiahe.journal import facts, fsck, merkle, origins, receiving, seal, storage
from jiahe.journal.models import Head, Origin
from jiahe.journal.problems import PutBack
from jiahe.network import flow, messages, resuming, status, witness
from jiahe.network.models import Quarantined, Sought, Witness
from jiahe.network.peers import peer
from jiahe.network.problems import NothingToAccept
from tests.lib.authors import Anyone, minutes
from tests.lib.links import COUNTY, NORTH, people, register, resume

NOBODYS = f"{COUNTY}104001"
"""A village of a township that has no node."""


def test_who_puts_his_past_back_is_named_at_the_next_contact(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    with north.inside():
        before = Head.objects.get()
        kept = {row.name: (row.seq, bytes(row.chain)) for row in Origin.objects.all()}
    register(north, 4)
    net.settle()
    with north.inside():  # as a copy of yesterday's database would have it
        assert merkle.root(storage.end().frontier)
        Head.objects.filter(id=1).update(size=before.size, frontier=before.frontier, clock=before.clock)
        for name, (seq, chain) in kept.items():
            Origin.objects.filter(name=name).update(seq=seq, chain=chain)
        shown = witness.show(0)
    with county.inside():
        lower = peer(north.wiring.origin)
        assert witness.judge(shown, lower, at=minutes(99)) == ("", witness.ROLLED_BACK)
    with north.inside():
        assert any("witnessed" in line for line in witness.findings())
    with county.inside():
        assert list(fsck.findings()) == []


def test_a_node_that_was_put_back_records_nothing_until_its_own_entries_are_back(net):
    north = net.houses[NORTH]
    with north.inside():
        Origin.objects.filter(name=north.wiring.origin).update(ahead=9)
    with pytest.raises(PutBack):
        register(north, 5)


def test_it_goes_on_behind_what_nobody_has_and_gets_back_what_others_have(net):
    county, north = net.houses[COUNTY], net.houses[NORTH]
    put_back = net.copy(COUNTY)
    for number in (20, 21, 22):
        register(county, number)
        register(county, number + 10, area=NOBODYS)
        register(north, number + 20)
    net.settle()
    put_back()
    net.settle()
    with pytest.raises(PutBack):
        register(county, 50)
    resume(county)
    register(county, 51)
    net.settle()
    assert people(county) == {UUID(int=n) for n in (20, 21, 22, 40, 41, 42, 51)} == people(north)
    for each in (county, north):
        with each.inside():
            assert not status.here().quarantined
    assert net.findings() == []
    assert "differs" not in net.seen(COUNTY, NORTH).troubles


def test_it_is_asked_back_in_as_many_answers_as_it_takes(net, monkeypatch):
    monkeypatch.setattr(flow, "MOST_ENTRIES", 2)
    north = net.houses[NORTH]
    put_back = net.copy(NORTH)
    kept = {register(north, number).about for number in range(20, 29)}
    net.settle()
    put_back()
    resume(north)
    assert not people(north)
    net.settle()
    assert people(north) == kept
    with north.inside():
        assert not Sought.objects.exists()


def test_who_says_at_once_that_he_was_put_back_gives_no_number_twice(net):
    north = net.houses[NORTH]
    put_back = net.copy(NORTH)
    known = {register(north, 20).about, register(north, 21).about}
    net.settle()
    put_back()
    resume(north)
    known |= {register(north, number).about for number in range(22, 30)}  # its journal outgrows what is known of it
    net.settle()
    assert people(north) == people(net.houses[COUNTY]) == known
    assert net.seen(COUNTY, NORTH).times_put_back == 1
    assert net.findings() == []


def test_who_is_put_back_twice_to_the_same_copy_still_gives_no_number_twice(net):
    north = net.houses[NORTH]
    put_back = net.copy(NORTH)
    register(north, 20)
    net.settle()
    known = {UUID(int=20)}
    for times in (1, 2):
        put_back()
        resume(north, minute=9 + times)
        known |= {register(north, 20 + 10 * times + n).about for n in range(4)}
        net.settle()
    assert people(north) == people(net.houses[COUNTY]) == known
    assert net.findings() == []


def test_whoever_gave_numbers_twice_is_put_back_once_more_and_then_says_so(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    put_back = net.copy(NORTH)
    register(north, 20)
    net.settle()
    put_back()
    register(north, 21)  # before anybody was heard
    net.settle()
    assert "refused" in net.seen(COUNTY, NORTH).troubles
    put_back()
    resume(north)
    register(north, 22)
    net.settle()
    assert people(north) == people(county) == {UUID(int=20), UUID(int=22)}
    assert "refused" not in net.seen(COUNTY, NORTH).troubles
    with county.inside():
        assert Quarantined.objects.filter(problem="journal.forked").exists(), "kept, and explained"
    assert net.findings() == []


def test_the_node_above_witnesses_it_again_when_a_person_there_has_said_so(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    name = north.wiring.origin
    put_back = net.copy(NORTH)
    register(north, 20)
    net.settle()
    with county.inside(), pytest.raises(NothingToAccept):
        resuming.accept(name=name, reason="disk failed", by=Anyone(), at=net.now().at)
    before = net.seen(COUNTY, NORTH).witnessed
    put_back()
    resume(north)
    register(north, 21)
    net.settle()
    assert "rewritten" in net.seen(COUNTY, NORTH).troubles
    assert "rewritten" in net.seen(NORTH, COUNTY).troubles
    net.tick += 60
    with county.inside():
        resuming.accept(name=name, reason="disk failed", by=Anyone(), at=net.now().at)
        kept = Witness.objects.filter(node=name).count()
    net.tick += 60
    net.settle()
    assert not {"rewritten", "rolled_back"} & {*net.seen(COUNTY, NORTH).troubles, *net.seen(NORTH, COUNTY).troubles}
    with county.inside():
        assert Witness.objects.filter(node=name, size__gte=before).count() > 1
        assert Witness.objects.filter(node=name).count() > kept, "what was signed before is kept"
    with north.inside():
        assert witness.findings() == []


def test_that_somebody_claims_to_hold_more_of_us_stops_nobody(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    claim = messages.Hello("0.1.0", 0, 0, 0, holds=10**9, parked=0, quarantined=0, conflicts=0)
    raw = messages.write(claim, sender=north.wiring.origin, to=county.wiring.origin, key=north.wiring.key)
    line = next(line for line in net.lines if line.lower is north)
    line.ways[True].append(raw)
    net.settle()
    register(county, 10, area=COUNTY)
    with county.inside():
        assert not origins.is_behind()


def signed_later(house, steps):
    """An entry such as that node signed before it was put back: `steps` numbers ahead of what it has."""
    with house.inside():
        (last,) = receiving.give(house.wiring.origin, flow.own() - 1, 1)
    header = seal.read_header(last.header)
    moved = structs.replace(header, origin_seq=header.origin_seq + steps, id=UUID(int=header.id.int + 1))
    leaf = seal.leaf_of(facts.encode(moved), last.commitment)
    return last._replace(header=facts.encode(moved), signature=seal.sign(house.wiring.key, leaf))


def test_only_an_entry_of_our_own_shows_that_we_were_put_back(net):
    north = net.houses[NORTH]
    register(north, 11)
    later = messages.Entries((signed_later(north, 3),))
    with north.inside():
        flow.take_entries(later, peer(net.houses[COUNTY].wiring.origin), at=minutes(99))
        assert origins.is_behind()
        assert status.here().behind
    with pytest.raises(PutBack):
        register(north, 14)
