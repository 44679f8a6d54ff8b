"""The supervisor is told who sees rows of people as nobody usually does."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.urls import reverse

from jiahe.staff import budget, queries
from jiahe.staff.budget import spend
from jiahe.staff.models import Spent
from jiahe.staff.problems import BudgetSpent
from jiahe.staff.session import civil_day
from jiahe.staff.usage import Usage, officers_at_work, usage
from tests.rooms.staff.small_office import AT, TODAY, Office, days

NOW = datetime.now(AT.tzinfo)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has counted nothing yet."""
    monkeypatch.setattr(budget, "_held", budget._Held())


def history(office: Office, key: str, rows: list[int], *, today: int = 0) -> UUID:
    """That officer saw so many rows on the days before, and today."""
    officer, role = office.officers[key], office.acting(key).role
    for back, seen in enumerate([today, *rows]):
        Spent.objects.create(officer=officer, on=TODAY - days(back), role=role, seen=seen)
    return officer


def line(office: Office, by: str, key: str) -> Usage:
    """What the supervisor is told of him."""
    return next(row for row in usage(office.acting(by).scope, on=TODAY) if row.officer == office.officers[key])


def test_who_works_in_scope(office: Office) -> None:
    at_work = officers_at_work(office.acting("clerk").scope, on=TODAY)
    assert {name for name, _ in at_work.values()} == {"clerk", "worker"}
    everybody = officers_at_work(office.acting("manager").scope, on=TODAY)
    assert {name for name, _ in everybody.values()} == {"clerk", "worker", "neighbour", "manager", "admin"}


def test_the_unusual_stands_first(office: Office) -> None:
    history(office, "worker", [300] * 20, today=320)
    history(office, "neighbour", [200] * 20, today=210)
    history(office, "clerk", [200] * 20, today=950)
    rows = usage(office.acting("manager").scope, on=TODAY)
    assert [(row.name, row.unusual) for row in rows] == [("clerk", True), ("worker", False), ("neighbour", False)]
    first = rows[0].seen
    assert (first.today, first.month, first.times, first.peak_on) == (950, 4_950, 4.75, TODAY)


def test_a_great_day_is_told_for_a_month(office: Office) -> None:
    """7,500 rows once a fortnight: the supervisor who looks a week later is told."""
    history(office, "clerk", [200, 200, 200, 200, 200, 200, 7_500, *[200] * 20], today=200)
    history(office, "neighbour", [200] * 20)
    found = line(office, "manager", "clerk")
    assert (found.unusual, found.seen.peak_on) == (True, TODAY - days(7))


def test_a_little_every_day_is_compared_with_colleagues(office: Office) -> None:
    """750 rows a day by a colleague's account: his own usual has become 950, that of the other is 200."""
    history(office, "clerk", [950] * 20, today=950)
    history(office, "neighbour", [200] * 20, today=200)
    found = line(office, "manager", "clerk")
    assert (found.unusual, found.seen.times, found.seen.peak_on) == (True, 4.75, None)


def test_few_rows_are_nobodys_concern(office: Office) -> None:
    history(office, "clerk", [5] * 20, today=290)
    assert not line(office, "manager", "clerk").unusual
    history(office, "neighbour", [], today=301)  # his own usual day is not known yet, the clerk's is
    assert line(office, "manager", "neighbour").unusual, "a new account that reads fast"


def test_who_was_stopped_stands_first(office: Office) -> None:
    with pytest.raises(BudgetSpent):
        spend(office.acting("worker"), at=AT, seen=6_001)
    history(office, "clerk", [200] * 20, today=950)
    assert [row.name for row in usage(office.acting("manager").scope, on=TODAY)] == ["worker", "clerk"]


def test_nobody_is_told_of_another_area(office: Office) -> None:
    history(office, "neighbour", [200] * 20)
    history(office, "worker", [100] * 6)
    assert [row.name for row in usage(office.acting("clerk").scope, on=TODAY)] == ["worker"]
    assert queries.officers(office.acting("clerk").scope, on=TODAY).count() == 0


def test_the_page_tells_it(office: Office) -> None:
    acting, role = office.acting("clerk", on=civil_day(NOW)), "township_clerk"
    for back in range(1, 6):
        Spent.objects.create(officer=office.officers["clerk"], on=civil_day(NOW) - days(back), role=role, seen=80)
    spend(acting, at=NOW, seen=900)
    said = office.inside("manager").get(reverse("staff:usage")).content.decode()
    assert f"seen on {civil_day(NOW)}: 9.0 times the usual" in said
    assert reverse("staff:raise_budget", kwargs={"officer": office.officers["clerk"]}) in said
    own = office.inside("clerk").get(reverse("staff:usage")).content.decode()
    assert reverse("staff:raise_budget", kwargs={"officer": office.officers["clerk"]}) not in own, "never for oneself"
