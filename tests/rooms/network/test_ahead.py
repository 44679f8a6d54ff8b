"""What arrives in a backlog is looked at ahead by a process of its own: it takes work off, and decides nothing."""

import asyncio

import pytest

from jiahe.journal import receiving, seal
from jiahe.network import ahead, messages
from jiahe.network.ahead import Ahead, Question, holding
from tests.lib.links import COUNTY, NORTH, register


@pytest.fixture
def batch(net, monkeypatch):
    """What the township says to the county of forty people, and the entries in it."""
    monkeypatch.setattr(seal, "_seen", set())
    north, county = net.houses[NORTH], net.houses[COUNTY].wiring
    for number in range(1, 41):
        register(north, number)
    with north.inside():
        entries = receiving.give(north.wiring.origin, 0)
    assert len(entries) >= 40
    return north.wiring, county, entries


def question(batch, entries, key=None):
    north, county, _ = batch
    said = messages.Batch(0, len(entries), len(entries), tuple(entries))
    raw = messages.write(said, sender=north.origin, to=county.origin, key=key or north.key)
    return Question(raw, north.origin, county.origin, north.public_key)


def test_the_senders_own_seals_that_hold_are_told_and_no_others(batch):
    north, county, entries = batch
    forged = entries[0]._replace(signature=bytes(64))
    others = entries[1]._replace(header=entries[1].header.replace(north.origin.encode(), county.origin.encode()))
    unreadable = entries[2]._replace(header=b"\xe5")
    told = holding(question(batch, [forged, others, unreadable, *entries[3:]]))
    pairs = [seal.leaf_of(one.header, one.commitment) + one.signature for one in entries[3:]]
    assert told == b"".join(pairs)


def test_of_what_the_sender_did_not_sign_nothing_is_told(batch):
    north, county, entries = batch
    assert holding(question(batch, entries, county.key)) == b""
    assert holding(Question(b"noise", north.origin, county.origin, north.public_key)) == b""


def test_what_was_looked_at_ahead_is_not_checked_again_and_anything_else_is(batch, monkeypatch):
    north, _, entries = batch
    monkeypatch.setattr(ahead, "WORTH_IT", 0)
    asyncio.run(_look(question(batch, entries)))
    leaf = seal.leaf_of(entries[0].header, entries[0].commitment)
    monkeypatch.setattr(seal, "_holder", None)  # nothing can be checked from here on
    assert seal.is_signed(north.public_key, leaf, entries[0].signature)
    for asked in ((bytes(32), leaf, entries[0].signature), (north.public_key, leaf, bytes(64))):
        with pytest.raises(TypeError):
            seal.is_signed(*asked)


def test_a_small_message_is_left_to_whoever_applies_it(batch):
    asyncio.run(_look(question(batch, batch[2])))
    assert not seal._seen


def test_the_process_may_be_killed_and_is_begun_again(batch, monkeypatch):
    monkeypatch.setattr(ahead, "WORTH_IT", 0)

    async def killed() -> tuple[int, int]:
        some = Ahead()
        await some.look(question(batch, batch[2][:10]))
        before = len(seal._seen)
        assert some._process is not None
        some._process.kill()
        for _ in range(2):  # the first may be asked of the dead one
            await some.look(question(batch, batch[2]))
        await some.close()
        return before, len(seal._seen)

    assert asyncio.run(killed()) == (10, len(batch[2]))


def test_an_answer_is_never_taken_for_that_to_a_question_that_was_broken_off(batch, monkeypatch):
    monkeypatch.setattr(ahead, "WORTH_IT", 0)

    async def broken_off() -> int:
        some = Ahead()
        await some.look(question(batch, batch[2][:1]))
        asking = asyncio.create_task(some.look(question(batch, batch[2][:30])))
        for _ in range(4):
            await asyncio.sleep(0)  # it is asked, and not answered yet
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        seal._seen.clear()
        await some.look(question(batch, batch[2][:5]))
        await some.close()
        return len(seal._seen)

    assert asyncio.run(broken_off()) == 5


def test_what_is_remembered_is_bounded(batch, monkeypatch):
    monkeypatch.setattr(seal, "_REMEMBERED", 15)
    pairs = [(bytes([n]) * 32, bytes(64)) for n in range(10)]
    seal.remember(b"k", pairs)
    seal.remember(b"m", pairs)
    assert len(seal._seen) == 10


async def _look(asked: Question) -> None:
    some = Ahead()
    await some.look(asked)
    await some.close()
