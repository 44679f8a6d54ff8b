"""How much of a backlog is under way at once: what the line and whoever is behind it take within some seconds."""

from datetime import timedelta

import pytest

from jiahe.network.messages import Receipt
from jiahe.network.peers import peers
from jiahe.network.sending import FIRST, LEAST, QUICKLY, SLOWLY, WINDOW, Moment, Sending
from tests.lib.authors import minutes
from tests.lib.links import NORTH, register


def moment(tick):
    return Moment(minutes(9) + timedelta(seconds=tick), tick)


@pytest.fixture
def sending(net):
    """A township with a backlog that nobody takes, and what it would send to its county."""
    north = net.houses[NORTH]
    for number in range(1, 6 * WINDOW + 1):
        register(north, number)
    with north.inside():
        (county,) = peers()
        yield Sending(county)


def said(sending, tick):
    return list(sending.batches(moment(tick)))


@pytest.fixture
def small(monkeypatch):
    """One entry is the least, four the first, so that a few people are a backlog."""
    monkeypatch.setattr("jiahe.network.sending.FIRST", 4)
    monkeypatch.setattr("jiahe.network.sending.LEAST", 1)


def sizes(batches):
    return [len(batch.entries) for batch in batches]


def test_no_more_than_the_window_is_under_way(small, sending):
    assert sizes(said(sending, 0)) == [4] * WINDOW
    assert said(sending, 100) == []


def test_what_came_quickly_lets_the_next_be_twice_as_large(small, sending):
    first, second, *_ = said(sending, 0)
    sending.receipted(Receipt(first.upto), moment(QUICKLY / 2))
    assert sizes(said(sending, QUICKLY / 2)) == [8]
    sending.receipted(Receipt(second.upto), moment(QUICKLY / 2))
    assert sizes(said(sending, QUICKLY / 2)) == [8], "it was sent before the first came back, and tells the same again"


def test_what_came_slowly_lets_the_next_be_half_as_large_and_those_beside_it_no_smaller(small, sending):
    late = SLOWLY * 2
    first, _, third, *_ = said(sending, 0)
    sending.receipted(Receipt(first.upto), moment(late))
    assert sizes(said(sending, late)) == [2]
    sending.receipted(Receipt(third.upto), moment(late))
    assert sizes(said(sending, late)) == [2, 2]


def test_at_a_middling_pace_all_stays_as_it_is(small, sending):
    (first, *_) = said(sending, 0)
    between = (QUICKLY + SLOWLY) / 2
    sending.receipted(Receipt(first.upto), moment(between))
    assert sizes(said(sending, between)) == [4]


def test_a_line_that_has_to_be_found_out_begins_small():
    assert LEAST < FIRST < 100
