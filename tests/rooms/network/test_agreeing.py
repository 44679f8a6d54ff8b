"""What differs between two nodes is found, told and mended; who puts his past back is named within one contact."""

import zlib
from datetime import date
from uuid import UUID

import pytest
from msgspec import structs

from jiahe.indicators.projections import forget_told
from jiahe.indicators.queries.totals import changed_sums
from jiahe.journal import facts, fsck, merkle, origins, receiving, redacting, seal, storage
from jiahe.journal.models import Entry, Head, Origin
from jiahe.journal.problems import PutBack
from jiahe.journal.recording import record
from jiahe.journal.values import Sealed
from jiahe.network import admitting, flow, messages, status, witness
from jiahe.network.messages import Unknown, Unreadable
from jiahe.network.models import Link, Witness
from jiahe.network.peers import peer
from jiahe.registry.facts import Born, Name, NameKind, PersonRegistered, Sex
from jiahe.registry.models import Person
from tests.lib.authors import Anyone, minutes
from tests.lib.links import CITY, COUNTY, NORTH, SOUTH

VILLAGE = f"{NORTH}001"


def register(house, number, area=VILLAGE):
    who, born = UUID(int=number), date(2026, 1, 2)
    names = (Name(NameKind.CURRENT, f"王{chr(0x4E00 + number)}", "王", chr(0x4E00 + number)),)
    fact = PersonRegistered(who, names, Sex.FEMALE, born, None, area, born, None, None)
    with house.inside():
        return record(fact, by=Anyone(), at=minutes(10 + number), area=area, about=who)


def record_born(number):
    fact = Born(UUID(int=number), date(2026, 1, 2), VILLAGE, Sex.FEMALE, None, None)
    record(fact, by=Anyone(), at=minutes(80 + number), area=VILLAGE, about=UUID(int=number))


def people(house):
    with house.inside():
        return set(Person.objects.values_list("id", flat=True))


def troubles(net, at, of):
    """What the node of area `at` says of its neighbour of area `of`."""
    name = net.houses[of].wiring.origin
    with net.houses[at].inside():
        return next(each for each in status.neighbours(at=net.now().at) if each.name == name)


def skip(net, lower, upper):
    """As if the upper had applied everything of the lower one: what is on its way now never comes by itself."""
    with net.houses[lower].inside():
        size = storage.end().size
    with net.houses[upper].inside():
        Link.objects.filter(peer=net.houses[lower].wiring.origin).update(received=size)


def test_what_one_side_never_got_is_found_by_the_digest_and_fetched(net):
    first = register(net.houses[NORTH], 1)
    skip(net, NORTH, COUNTY)
    net.settle()
    assert people(net.houses[COUNTY]) == {first.about}
    assert troubles(net, COUNTY, NORTH).agreed_at is not None
    assert net.findings() == []


def test_the_lower_one_gets_what_it_lacks_as_a_gift(net):
    register(net.houses[COUNTY], 2)
    with net.houses[COUNTY].inside():
        size = storage.end().size
    with net.houses[NORTH].inside():
        Link.objects.filter(above=True).update(received=size)
    net.settle()
    assert people(net.houses[NORTH]) == people(net.houses[COUNTY])
    assert net.findings() == []


def test_as_long_as_both_differ_nobody_is_called_well(net):
    register(net.houses[NORTH], 3)
    skip(net, NORTH, COUNTY)
    net.tick += 20
    line = next(line for line in net.lines if line.lower is net.houses[NORTH])
    line.speak(True, net.now())
    while line.ways[True]:
        line.arrive(True, net.now())
    assert "differs" in troubles(net, COUNTY, NORTH).troubles


def test_a_checkpoint_is_signed_by_the_node_above_only_if_it_grew(net):
    county, north = net.houses[COUNTY], net.houses[NORTH]
    with north.inside():
        shown = witness.show(Link.objects.get(above=True).witnessed)
        last = Witness.objects.filter(node=north.wiring.origin).latest("size")
        assert witness.is_cosigned(last.note, county.wiring.origin, county.wiring.public_key)
        assert witness.findings() == []
    with county.inside():
        lower = peer(north.wiring.origin)
        other = shown._replace(checkpoint=shown.checkpoint.replace("\n", "\n0", 1))
        assert witness.judge(other, lower, at=minutes(99)) == ("", witness.UNSIGNED)


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


def test_only_the_city_says_which_sums_the_city_has(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    for line in net.lines:
        line.whole = line.lower is not county  # the city is out of reach
    register(north, 15)
    net.settle()
    with county.inside():
        due = [(*row[:4], row[5]) for row in changed_sums(100)]
        assert due
    said = messages.Counted(tuple(due))
    raw = messages.write(said, sender=north.wiring.origin, to=county.wiring.origin, key=north.wiring.key)
    next(line for line in net.lines if line.lower is north).ways[True].append(raw)
    net.settle()
    with county.inside():
        assert [(*row[:4], row[5]) for row in changed_sums(100)] == due


def test_a_sum_that_changed_again_is_told_again_though_an_old_answer_comes_twice(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    register(north, 16)
    net.settle(0)
    with county.inside():
        record_born(16)
        old = [(*row[:4], row[5]) for row in changed_sums(100)]
        forget_told(old)
        record_born(17)
        due = changed_sums(100)
        forget_told(old)  # the same answer once more
        assert changed_sums(100) == due


def test_what_is_signed_and_no_text_harms_nobody(net):
    north, county = net.houses[NORTH].wiring, net.houses[COUNTY].wiring
    packed = zlib.compress(messages.encoded(messages.AskOrigin("a", 0)).replace(b"a\x00", b"\xe5\x00"))
    signed = north.key.sign(messages.to_sign(north.origin, county.origin, packed))
    raw = messages.encoded([north.origin, county.origin, packed, signed])
    with pytest.raises(Unknown):
        messages.read(raw, sender=north.origin, to=county.origin, public_key=north.public_key)
    broken = Sealed(b'{"about":"\xe5"}', None, None, b"k", b"g")
    with net.houses[COUNTY].inside():
        lower = peer(north.origin)
        assert flow.take_entries(messages.Entries((broken,)), lower, at=minutes(99)) == 0
        assert [one.problem for one in status.refusals(9)] == ["journal.seal_broken"]


def test_an_erased_person_is_erased_wherever_he_was_known(net):
    first = register(net.houses[NORTH], 6)
    net.settle()
    county = net.houses[COUNTY]
    with county.inside():
        erased = redacting.redact([first.id], ground="PIPL 47", by=Anyone(), at=minutes(60), area=VILLAGE)
        assert [name for name, there in status.reached(erased.seq) if there] == []
    net.settle()
    for area in (COUNTY, NORTH):
        with net.houses[area].inside():
            assert Entry.objects.get(entry_id=first.id).content is None
    with county.inside():
        names = {net.houses[area].wiring.origin for area in (NORTH, SOUTH)}
        assert names <= {name for name, there in status.reached(erased.seq) if there}
    assert net.findings() == []


def test_a_revoked_node_is_heard_by_nobody_any_more(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    register(north, 7)
    net.settle()
    with county.inside():
        admitting.revoke(name=north.wiring.origin, reason="stolen", by=Anyone(), at=minutes(70))
        assert peer(north.wiring.origin) is None
    net.settle()
    with net.houses[SOUTH].inside():
        assert Origin.objects.get(name=north.wiring.origin).last is not None
    register(north, 8)
    net.settle()
    assert UUID(int=8) not in people(county)


def test_a_message_of_a_later_version_is_passed_over_and_a_forged_one_is_counted(net):
    north, county = net.houses[NORTH].wiring, net.houses[COUNTY].wiring
    raw = messages.write(messages.AskBuckets(), sender=north.origin, to=county.origin, key=north.key)
    with pytest.raises(Unreadable):
        messages.read(raw, sender=north.origin, to=county.origin, public_key=county.public_key)

    class Later(messages.Message, frozen=True, tag="of-next-year", array_like=True):
        """Something this version does not know."""

    later = messages.write(Later(), sender=north.origin, to=county.origin, key=north.key)
    with pytest.raises(Unknown):
        messages.read(later, sender=north.origin, to=county.origin, public_key=north.public_key)
    line = next(line for line in net.lines if line.lower is net.houses[NORTH])
    line.ways[True] += [later, raw[:-1] + bytes([raw[-1] ^ 1])]
    while line.ways[True]:
        line.arrive(True, net.now())
    assert troubles(net, COUNTY, NORTH).forged == 1
    assert "forged" in troubles(net, COUNTY, NORTH).troubles
    assert CITY in net.houses
