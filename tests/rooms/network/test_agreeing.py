"""What differs between two nodes is found, told and mended; who puts his past back is named within one contact."""

import zlib
from datetime import date
from uuid import UUID

import pytest

from jiahe.indicators.projections import forget_told
from jiahe.indicators.queries.totals import changed_sums
from jiahe.journal import redacting, storage
from jiahe.journal.models import Entry, Origin
from jiahe.journal.recording import record
from jiahe.journal.values import Sealed
from jiahe.network import admitting, flow, messages, status, witness
from jiahe.network.messages import Unknown, Unreadable
from jiahe.network.models import Link, Witness
from jiahe.network.peers import peer
from jiahe.registry.facts import Born, Sex
from tests.lib.authors import Anyone, minutes
from tests.lib.links import CITY, COUNTY, NORTH, SOUTH, VILLAGE, people, register


def record_born(number):
    fact = Born(UUID(int=number), date(2026, 1, 2), VILLAGE, Sex.FEMALE, None, None)
    record(fact, by=Anyone(), at=minutes(80 + number), area=VILLAGE, about=UUID(int=number))


def skip(net, lower, upper):
    """As if the upper had applied everything of the lower one: what is on its way now never comes by itself."""
    with net.houses[lower].inside():
        size = storage.end().size
    with net.houses[upper].inside():
        Link.objects.filter(peer=net.houses[lower].wiring.origin).update(received=size)


def test_a_signature_that_was_lost_on_its_way_does_not_end_the_witnessing(net):
    north = net.houses[NORTH]
    with north.inside():
        before = Link.objects.get(above=True).witnessed
    register(north, 20)
    net.settle()
    with north.inside():
        Link.objects.filter(above=True).update(witnessed=before)
    register(north, 21)
    net.settle()
    with north.inside():
        assert Link.objects.get(above=True).witnessed == storage.end().size
    assert net.seen(COUNTY, NORTH).troubles == ()


def test_what_one_side_never_got_is_found_by_the_digest_and_fetched(net):
    first = register(net.houses[NORTH], 1)
    skip(net, NORTH, COUNTY)
    net.settle()
    assert people(net.houses[COUNTY]) == {first.about}
    assert net.seen(COUNTY, NORTH).agreed_at is not None
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
    assert "differs" in net.seen(COUNTY, NORTH).troubles


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
        assert [one.name for one in status.reached(erased.seq) if one.there] == []
    net.settle()
    for area in (COUNTY, NORTH):
        with net.houses[area].inside():
            assert Entry.objects.get(entry_id=first.id).content is None
    with county.inside():
        names = {net.houses[area].wiring.origin for area in (NORTH, SOUTH)}
        assert names <= {one.name for one in status.reached(erased.seq) if one.there}
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
    assert net.seen(COUNTY, NORTH).forged == 1
    assert "forged" in net.seen(COUNTY, NORTH).troubles
    assert CITY in net.houses
