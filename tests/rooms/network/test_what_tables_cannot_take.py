"""An entry rightly sealed that the tables here do not take is kept apart, and stops nobody but its own node."""

from uuid import UUID

import pytest
from django.db import OperationalError

from jiahe.journal import applying
from jiahe.network import quarantine, status
from tests.lib.links import COUNTY, NORTH, SOUTH, people, register

BEYOND = ValueError("beyond every table")


@pytest.fixture
def cannot(monkeypatch):
    """From now on the tables do not take the person of this number if he comes from elsewhere."""
    apply = applying.apply

    def begin(number, error=BEYOND):
        def refuse(batch, wiring, *, foreign=False):
            if foreign and any(entry.about == UUID(int=number) for entry in batch):
                raise error
            apply(batch, wiring, foreign=foreign)

        monkeypatch.setattr(applying, "apply", refuse)
        return lambda: monkeypatch.setattr(applying, "apply", apply)

    return begin


def test_what_came_before_is_taken_and_what_comes_behind_waits_until_it_can_be_taken(net, cannot):
    mended = cannot(3)
    for number in range(1, 6):
        register(net.houses[NORTH], number)
    net.settle()
    county = net.houses[COUNTY]
    assert people(county) == {UUID(int=1), UUID(int=2)}
    with county.inside():
        assert [one.problem for one in status.refusals(9)].count("journal.not_applicable") == 1
        assert quarantine.retry(anew=True) == 0
    assert net.seen(COUNTY, NORTH).troubles

    mended()
    with county.inside():
        assert quarantine.retry() == 0  # the same program would fail again
        assert quarantine.retry(anew=True) == 3
    assert people(county) == {UUID(int=number) for number in range(1, 6)}
    net.settle()
    assert net.findings() == []
    assert net.seen(COUNTY, NORTH).troubles == ()


def test_others_are_heard_meanwhile(net, cannot):
    cannot(3)
    register(net.houses[NORTH], 3)
    register(net.houses[SOUTH], 7, f"{SOUTH}001")
    net.settle()
    assert people(net.houses[COUNTY]) == {UUID(int=7)}


def test_that_the_disk_is_full_is_nobodys_fault_and_nothing_is_kept_apart(net, cannot):
    mended = cannot(3, OperationalError("disk full"))
    register(net.houses[NORTH], 3)
    with pytest.raises(OperationalError):
        net.settle()
    mended()
    net.settle()
    assert people(net.houses[COUNTY]) == {UUID(int=3)}
    with net.houses[COUNTY].inside():
        assert status.here().quarantined == 0
