"""Entries of other nodes: taken if every seal holds, in whatever order the nodes are heard."""

import dataclasses

import pytest

from jiahe.journal import applying, facts, fsck, queries, receiving, redacting, seal
from jiahe.journal.models import Entry, Parked
from jiahe.journal.problems import SealBroken, UnknownOrigin
from jiahe.journal.recording import record
from jiahe.journal.values import Sealed
from jiahe.journal.wiring import current
from tests.lib.authors import Anyone, minutes
from tests.lib.houses import build, fresh
from tests.lib.library import READER, ReaderMoved, lending


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), build(["4117", "4117", "4118"]) as houses:
        yield houses


@pytest.fixture
def houses(built, library, seen):
    """Two nodes of one area and one of another; each counts what its projections are given."""
    wired = [
        dataclasses.replace(
            house,
            wiring=dataclasses.replace(
                house.wiring,
                consequences=library.consequences,
                contributions=library.contributions,
                add=library.add,
                counts=(),
            ),
        )
        for house in built
    ]
    with fresh(wired):
        yield wired


def lend(house, n, area="411723", **more):
    with house.inside():
        return record(lending(n), by=Anyone(), at=minutes(n), area=area, about=READER, **more)


def sound(house):
    with house.inside():
        return list(fsck.findings(tables=False))


def test_what_one_recorded_the_other_has(houses):
    here, there, _ = houses
    made = [lend(here, n) for n in (1, 2)]
    receipt = there.take(here, here.wiring.origin, 0)
    assert (receipt.applied, receipt.repeated, receipt.wanted) == (2, 0, {})
    with there.inside():
        assert [entry.fact for entry in queries.history(about=READER)] == [lending(2), lending(1)]
        digest = queries.digest()
    with here.inside():
        assert queries.digest() == digest
    assert [entry.origin_seq for entry in made] == [1, 2]
    assert sound(there) == []


def test_repeats_are_passed_over_and_gaps_are_asked_for(houses):
    here, there, _ = houses
    for n in (1, 2, 3):
        lend(here, n)
    assert there.take(here, here.wiring.origin, 1).wanted == {here.wiring.origin: 1}
    assert there.take(here, here.wiring.origin, 0, limit=2).applied == 2
    receipt = there.take(here, here.wiring.origin, 0)
    assert (receipt.applied, receipt.repeated) == (1, 2)
    assert sound(there) == []


def test_a_third_node_may_hand_them_on(houses):
    here, there, elsewhere = houses
    lend(here, 1)
    there.take(here, here.wiring.origin, 0)
    assert elsewhere.take(there, here.wiring.origin, 0).applied == 1
    assert sound(elsewhere) == []


def test_the_answer_may_be_heard_before_the_question(houses, seen):
    here, there, elsewhere = houses
    wrong = lend(here, 1)
    there.take(here, here.wiring.origin, 0)
    lend(there, 2, voids=wrong.id)
    seen["counts"].clear()
    elsewhere.take(there, there.wiring.origin, 0)
    elsewhere.take(here, here.wiring.origin, 0)
    assert sum(seen["counts"]) == 1


def test_what_was_erased_before_it_came_is_never_stored(houses, seen):
    here, there, elsewhere = houses
    secret = lend(here, 1)
    there.take(here, here.wiring.origin, 0)
    with there.inside():
        redacting.redact([secret.id], ground="PIPL 47", by=Anyone(), at=minutes(2), area="411723")
    seen["counts"].clear()
    elsewhere.take(there, there.wiring.origin, 0)
    elsewhere.take(here, here.wiring.origin, 0)
    with elsewhere.inside():
        assert Entry.objects.get(entry_id=secret.id).content is None
    assert sum(seen["counts"]) == 1
    assert sound(elsewhere) == []


def test_what_came_empty_waits_for_its_redaction(houses):
    here, there, elsewhere = houses
    secret = lend(here, 1)
    there.take(here, here.wiring.origin, 0)
    with there.inside():
        redacting.redact([secret.id], ground="PIPL 47", by=Anyone(), at=minutes(2), area="411723")
    elsewhere.take(there, here.wiring.origin, 0)
    with elsewhere.inside():
        assert queries.parked() == 1
        assert applying.unpark(current()) == 0
    elsewhere.take(there, there.wiring.origin, 0)
    with elsewhere.inside():
        assert queries.parked() == 0
    assert sound(elsewhere) == []


def forged(house, **changes):
    """A batch with one entry, changed on the way."""
    with house.inside():
        (entry,) = receiving.give(house.wiring.origin, 0, 1)
    return [entry._replace(**changes)]


@pytest.mark.parametrize(
    "changes",
    [
        {"content": b'[{"reader":"x"},""]'},
        {"content": None},
        {"salt": bytes(16)},
        {"commitment": bytes(32)},
        {"signature": bytes(64)},
        {"header": b"{}"},
        {"header": b"not json"},
        {"header": b'{"about":"\xe5"}'},
    ],
)
def test_a_changed_entry_is_refused_whole(houses, changes):
    here, there, _ = houses
    lend(here, 1)
    with there.inside():
        with pytest.raises(SealBroken):
            receiving.receive(forged(here, **changes))
        assert Entry.objects.count() == 0


def test_a_node_speaks_for_its_own_area_only(houses):
    here, there, _ = houses
    lend(here, 1, area="4199")
    with there.inside(), pytest.raises(SealBroken):
        receiving.receive(forged(here))


def test_a_stranger_is_not_heard(houses):
    here, there, _ = houses
    lend(here, 1)
    batch = forged(here)
    with there.inside():
        receiving.Origin.objects.filter(name=here.wiring.origin).delete()
        with pytest.raises(UnknownOrigin):
            receiving.receive(batch)


def test_a_well_sealed_fact_of_the_wrong_shape_is_refused(houses):
    here, there, _ = houses
    lend(here, 1)
    (entry,) = forged(here)
    content, salt = b'[{"reader":7},""]', bytes(16)
    commitment = seal.commit(salt, content)
    leaf = seal.leaf_of(entry.header, commitment)
    with there.inside(), pytest.raises(SealBroken):
        receiving.receive([Sealed(entry.header, salt, content, commitment, seal.sign(here.wiring.key, leaf))])


def test_an_unknown_kind_is_kept_and_applied_after_the_upgrade(houses, monkeypatch):
    here, there, _ = houses
    with here.inside():
        record(ReaderMoved(READER, "Elm Road 1", "Mill Town"), by=Anyone(), at=minutes(1), area="411723", about=READER)
        batch = receiving.give(here.wiring.origin, 0)
    name = "library.ReaderMoved@2"
    with there.inside():
        with monkeypatch.context() as older:
            older.delitem(facts.KINDS, name)
            assert receiving.receive(batch).applied == 1
            assert queries.parked() == 1
            assert queries.history(about=READER)[0].fact is None
            assert sound_here()
        assert applying.unpark(current()) == 1
        assert not Parked.objects.exists()
        assert queries.history(about=READER)[0].fact == ReaderMoved(READER, "Elm Road 1", "Mill Town")


def sound_here():
    return list(fsck.findings(tables=False)) == []
