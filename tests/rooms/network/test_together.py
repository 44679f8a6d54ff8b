"""Batches that wait are applied in one transaction; what does not follow on is left as it came."""

from jiahe.journal.values import Sealed
from jiahe.network.conversation import TOGETHER, joined
from jiahe.network.messages import Batch, Receipt, read
from tests.lib.links import COUNTY, NORTH, people, register

ENTRY = Sealed(b"", None, None, b"", b"")


def batch(after, upto, entries=1):
    return Batch(after, upto, 99, (ENTRY,) * entries)


def test_batches_that_follow_each_other_are_one():
    (one,) = joined([batch(0, 5), batch(5, 6, entries=0), batch(6, 9)])
    assert (one.after, one.upto, one.entries) == (0, 9, (ENTRY, ENTRY))


def test_neither_a_loss_nor_a_repetition_nor_an_answer_between_them_is_passed_over():
    for came in (
        [batch(0, 5), batch(6, 9)],
        [batch(0, 5), batch(0, 5)],
        [batch(0, 5), batch(3, 9)],
        [batch(0, 5), Receipt(3), batch(5, 9)],
        [batch(5, 5), batch(5, 9)],
        [batch(0, 5), batch(5, 4)],
    ):
        assert joined(came) == came


def test_no_transaction_is_longer_than_others_may_be_kept_waiting():
    whole, rest = joined([batch(0, 1, TOGETHER - 1), batch(1, 2), batch(2, 3)])
    assert (whole.upto, len(whole.entries), rest.upto) == (2, TOGETHER, 3)


def test_what_waits_arrives_together_and_is_receipted_once(net):
    north, county = net.houses[NORTH], net.houses[COUNTY]
    line = next(line for line in net.lines if line.lower is north)
    net.settle()
    for number in range(1, 5):
        register(north, number)
        line.speak(True, net.now())
    before = len(line.ways[True])
    assert before >= 4
    line.arrive_together(True, net.now())
    sender, to = county.wiring, north.wiring.origin
    said = [read(raw, sender=sender.origin, to=to, public_key=sender.public_key) for raw in line.ways[False]]
    assert sum(isinstance(message, Receipt) for message in said) == 1
    assert people(county) == people(north) != set()
    net.settle()
    assert net.findings() == []


def test_when_the_line_is_back_what_waits_follows_the_greeting_at_once(net):
    """Not at the next look at what is due, which may be a second later."""
    north, county = net.houses[NORTH], net.houses[COUNTY]
    line = next(line for line in net.lines if line.lower is north)
    net.settle()
    line.begin_anew()
    register(north, 1)
    line.speak(True, net.now())
    while line.ways[True] or line.ways[False]:
        for up in (True, False):
            while line.ways[up]:
                line.arrive(up, net.now())
    assert people(county) == people(north) != set()
