"""What was said of an officer can be forgotten: tables and journal forget together; what held before holds again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiahe.journal import fsck
from jiahe.journal.models import Entry
from jiahe.journal.recording import record
from jiahe.journal.redacting import redact
from jiahe.staff import actions, queries
from jiahe.staff.models import Officer
from tests.lib.authors import Anyone
from tests.rooms.staff.small_office import AT, COUNTY, TODAY, Office
from tests.rooms.staff.test_any_order import FACTS


def erase(*entries: UUID) -> None:
    """Erase these entries, as the law asks."""
    redact(entries, ground="PIPL 47", by=Anyone(), at=AT, area=COUNTY)


def entry_of(kind: str, which: int = 0) -> UUID:
    """The entry of a kind, by its number."""
    return Entry.objects.filter(kind=f"staff.{kind}@1").order_by("seq")[which].entry_id


def test_an_erased_name_gives_way_to_the_one_before(office: Office) -> None:
    worker = office.officers["worker"]
    for name in ("first", "second"):
        actions.rename_officer(officer=worker, name=name, by=office.by, at=AT)
    erase(entry_of("OfficerRenamed", 1))
    assert Officer.objects.get(id=worker).name == "first"
    erase(entry_of("OfficerRenamed", 0))
    assert Officer.objects.get(id=worker).name == "worker"
    assert list(fsck.findings()) == []


def test_who_is_wholly_erased_is_nobody_and_may_nothing(office: Office) -> None:
    worker = office.officers["worker"]
    said = Entry.objects.filter(kind="staff.OfficerEnrolled@1")
    (enrolled,) = (entry.entry_id for entry in said if str(worker).encode() in bytes(entry.content))
    erase(enrolled)
    assert not Officer.objects.filter(id=worker).exists()
    assert queries.holdings(worker, on=TODAY) == []
    held = queries.holder(office.by.scope, office.posts["worker"], on=TODAY)
    assert held is not None
    assert (held.officer, held.name) == (worker, "")
    page = office.inside("clerk").get(reverse("staff:post", args=[office.posts["worker"]]))
    assert "name erased" in page.content.decode()
    assert list(fsck.findings()) == []


def test_a_change_of_hands_can_be_erased(office: Office) -> None:
    post, taker = office.posts["worker"], office.officer("taker")
    actions.hand_over_post(post=post, taker=taker, on=TODAY, by=office.acting("admin"), at=AT)
    erase(entry_of("PostHandedOver"))
    held = queries.holder(office.by.scope, post, on=TODAY)
    assert held is not None
    assert held.name == "worker"
    assert list(fsck.findings()) == []


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(FACTS), gone=st.lists(st.integers(0, len(FACTS) - 1), max_size=6), data=st.data())
def test_tables_are_what_the_facts_that_are_left_say(order: list[Any], gone: list[int], data: Any) -> None:
    with transaction.atomic():
        entries = [record(f, by=Anyone(), at=AT + timedelta(minutes=n), area=COUNTY) for n, f in enumerate(order)]
        while gone:
            together = data.draw(st.integers(1, len(gone)))
            erase(*(entries[place].id for place in gone[:together]))
            gone = gone[together:]
        assert list(fsck.findings()) == []
        transaction.set_rollback(True)
