"""A node that was put back to yesterday is found out, gets back what others hold of it, and goes on."""

from uuid import UUID

import pytest
from msgspec import structs

from jiahe.journal import facts, fsck, merkle, origins, receiving, seal, storage
from jiahe.journal.models import Head, Origin
from jiahe.journal.problems import PutBack
from jiahe.network import flow, messages, status, witness
from jiahe.network.peers import peer
from tests.lib.authors import minutes
from tests.lib.links import COUNTY, NORTH, register


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
