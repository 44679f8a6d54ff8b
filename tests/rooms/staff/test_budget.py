"""Rows of people are counted, limited, and told to the supervisor."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse

from jiahe.journal import queries as journal
from jiahe.staff import actions, budget
from jiahe.staff.budget import spend
from jiahe.staff.models import Raise, Spent
from jiahe.staff.problems import (
    BudgetSpent,
    NoSuchOfficer,
    NotToYourself,
    RaiseTooGreat,
    RaiseTooSmall,
    ReasonMissing,
    TooFarAway,
)
from jiahe.staff.rules import Daily
from jiahe.staff.session import civil_day
from tests.rooms.staff.small_office import AT, TODAY, Office, days, send

NOW = datetime.now(AT.tzinfo)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has counted nothing yet."""
    monkeypatch.setattr(budget, "_held", budget._Held())


def spent(office: Office, key: str, *, on: date = TODAY) -> Daily:
    """What that officer has spent."""
    return budget.today(office.officers[key], on=on)


def raised(office: Office, key: str, by: str, **said: object) -> None:
    """That officer's limit is raised by another."""
    role = office.acting(key).role
    usual = {"on": TODAY, "seen": 9_000, "exported": 60, "reason": "核查"} | said
    actions.raise_budget(
        officer=office.officers[key],
        role=office.roles[role],
        by=office.acting(by),
        at=AT,
        **usual,  # type: ignore[arg-type]
    )


def test_rows_add_up_over_the_day(office: Office) -> None:
    worker = office.acting("worker")
    assert spend(worker, at=AT, seen=40) == Daily(40, 0)
    assert spend(worker, at=AT + timedelta(hours=3), seen=2, exported=7) == Daily(42, 7)
    assert spent(office, "worker") == Daily(42, 7)
    assert spend(office.acting("worker", on=TODAY + days(1)), at=AT + days(1), seen=1) == Daily(1, 0)


def test_the_day_is_the_countys(office: Office) -> None:
    """23:30 in Shanghai and 00:30 are two days, though one in UTC."""
    evening = datetime(2026, 11, 23, 15, 30, tzinfo=AT.tzinfo)
    assert spend(office.acting("worker"), at=evening, seen=5) == Daily(5, 0)
    assert spend(office.acting("worker"), at=evening + timedelta(hours=1), seen=3) == Daily(3, 0)


def test_nothing_seen_is_nothing_asked(office: Office, django_assert_num_queries: object) -> None:
    acting = office.acting("worker")
    with django_assert_num_queries(0):  # type: ignore[operator]
        spend(acting, at=AT)
        spend(office.by, at=AT, seen=1_000_000)  # a set-up command has no budget


def test_a_page_costs_one_statement(office: Office, django_assert_num_queries: object) -> None:
    acting = office.acting("worker")
    with django_assert_num_queries(1):  # type: ignore[operator]
        spend(acting, at=AT, seen=50)


def test_beyond_the_limit_nothing_is_shown_and_the_stop_is_counted(office: Office) -> None:
    clerk, limit = office.acting("clerk"), office.roles["township_clerk"].daily
    spend(clerk, at=AT, seen=limit.seen - 10)
    with pytest.raises(BudgetSpent) as told:
        spend(clerk, at=AT, seen=11)
    assert told.value.status == 429
    assert told.value.values == {"asked": 11, "spent": limit.seen - 10, "limit": limit.seen}
    assert spend(clerk, at=AT, seen=10) == Daily(limit.seen, 0), "what still fits is shown"
    with pytest.raises(BudgetSpent):
        spend(clerk, at=AT, seen=1)
    assert spend(clerk, at=AT, exported=1) == Daily(limit.seen, 1), "seen and exported are counted apart"
    budget.flush()
    assert Spent.objects.get().stopped == 2
    with pytest.raises(BudgetSpent):
        spend(office.acting("admin"), at=AT, exported=1)  # whoever needs no files gets none


def test_all_posts_of_an_officer_count_together(office: Office) -> None:
    """The person is limited, not the post: a deputy has not two budgets."""
    actions.name_deputy(
        post=office.posts["worker"],
        officer=office.officers["clerk"],
        starts_on=TODAY,
        ends_on=TODAY,
        by=office.by,
        at=AT,
    )
    spend(office.acting("clerk"), at=AT, seen=2_500)
    lent = office.holdings_of("clerk")[1]
    assert spend(lent, at=AT, seen=3_000) == Daily(5_500, 0), "the village worker's limit is 6,000"
    with pytest.raises(BudgetSpent):
        spend(lent, at=AT, seen=501)


def test_from_four_fifths_on_the_officer_is_told(office: Office) -> None:
    clerk, limit = office.acting("clerk"), office.roles["township_clerk"].daily
    spend(clerk, at=AT, seen=limit.seen * 79 // 100)
    assert budget.note(clerk, at=AT) is None
    now = spend(clerk, at=AT, seen=limit.seen // 100)
    assert budget.note(clerk, at=AT) == (now, limit)
    assert budget.note(office.acting("worker"), at=AT) is None
    assert budget.note(clerk, at=AT + days(1)) is None


def test_the_note_stands_on_every_page(office: Office) -> None:
    office.staff("today", "township_clerk", "411723101")
    browser = office.inside("today")
    page = reverse("staff:duties")
    assert "rows of people and exported" not in browser.get(page).content.decode()
    acting = office.acting("today", on=civil_day(NOW))
    spend(acting, at=NOW, seen=2_400)
    assert "Today you have seen 2400 of 3000 rows of people" in browser.get(page).content.decode()


# ---- what is held back


def test_little_is_held_back_and_enough_is_written(office: Office, written: budget) -> None:  # type: ignore[valid-type]
    worker = office.acting("worker")
    spend(worker, at=AT, seen=1)  # the first in this process: a minute has passed since nothing
    assert in_table() == 1
    spend(worker, at=AT, seen=budget.ENOUGH - 1)
    assert in_table() == 1, "held back"
    spend(worker, at=AT, seen=1)
    assert in_table() == budget.ENOUGH + 1
    spend(worker, at=AT + budget.SOON, seen=2)
    assert in_table() == budget.ENOUGH + 3, "after a minute, be it ever so little"


def test_while_somebody_else_writes_it_is_held_back_up_to_a_bound(
    office: Office,
    written: budget,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[valid-type]
) -> None:
    tries = []

    def busy(keys: object) -> None:
        tries.append(keys)
        raise OperationalError("database is locked")

    worker = office.acting("worker")
    monkeypatch.setattr(budget, "_write", busy)
    for _ in range(4):
        spend(worker, at=AT, seen=budget.ENOUGH)
    assert in_table() == 0
    assert len(tries) == 4
    assert spent(office, "worker") == Daily(400, 0), "and limits all the same"
    monkeypatch.undo()


def test_in_a_transaction_nobody_waits_for_whoever_writes(office: Office) -> None:
    """He may be waiting for the end of that transaction."""
    with budget._held.writing, pytest.raises(BudgetSpent):
        spend(office.acting("worker"), at=AT, seen=6_001)


def test_an_undone_transaction_undoes_no_count(office: Office) -> None:
    """The rows were shown, whatever became of the form."""
    spend(office.acting("worker"), at=AT, seen=400)
    assert Spent.objects.count() == 0
    assert spent(office, "worker") == Daily(400, 0)


def in_table() -> int:
    """Rows seen that are written."""
    return sum(Spent.objects.values_list("seen", flat=True))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside of a test, where no transaction surrounds the page."""
    monkeypatch.setattr(budget, "_write_when_free", lambda key, at: budget._write_if_due(key, at))


# ---- raising


def test_a_supervisor_raises_the_limit_for_a_day(office: Office) -> None:
    clerk = office.acting("clerk")
    raised(office, "clerk", "manager")
    entry = journal.latest(within=("4", "5"))[0]
    assert (entry.kind, entry.why, entry.area) == ("staff.BudgetRaised@1", "核查", "411723101")
    assert spend(clerk, at=AT, seen=9_000) == Daily(9_000, 0)
    with pytest.raises(BudgetSpent):
        spend(clerk, at=AT, seen=1)
    assert spend(clerk, at=AT, exported=1_000) == Daily(9_000, 1_000), "never less than the role has"
    with pytest.raises(BudgetSpent):
        spend(office.acting("clerk", on=TODAY + days(1)), at=AT + days(1), seen=3_001)


def test_the_latest_raise_holds(office: Office) -> None:
    raised(office, "clerk", "manager", seen=9_000)
    raised(office, "clerk", "manager", seen=5_000)
    assert budget.limit_of(office.officers["clerk"], Daily(3_000, 50), on=TODAY) == Daily(5_000, 60)


@pytest.mark.parametrize(
    ("key", "by", "said", "problem"),
    [
        ("manager", "manager", {}, NotToYourself),
        ("neighbour", "clerk", {}, NoSuchOfficer),
        ("manager", "clerk", {}, NoSuchOfficer),
        ("worker", "clerk", {"reason": "  "}, ReasonMissing),
        ("worker", "clerk", {"seen": 6_000}, RaiseTooSmall),
        ("worker", "clerk", {"seen": 60_001}, RaiseTooGreat),
        ("worker", "clerk", {"on": TODAY - days(1)}, TooFarAway),
        ("worker", "clerk", {"on": TODAY + days(8)}, TooFarAway),
    ],
)
def test_what_is_not_raised(office: Office, key: str, by: str, said: dict[str, object], problem: type) -> None:
    with pytest.raises(problem):
        raised(office, key, by, **said)
    assert not Raise.objects.exists()


def test_raising_by_the_page(office: Office) -> None:
    browser = office.inside("manager")
    page = reverse("staff:raise_budget", kwargs={"officer": office.officers["clerk"]})
    assert "0 of 3000 rows seen" in browser.get(page).content.decode()
    said = {"role": "township_clerk", "on": civil_day(NOW), "seen": 4_000, "exported": 1_000}
    refused = send(browser, page, **said, reason="")
    assert refused.status_code == 422
    done = send(browser, page, **said, reason="人口普查")
    assert (done.status_code, done["Location"]) == (303, reverse("staff:usage"))
    assert "of 4000 rows seen" in browser.get(page).content.decode()
    assert office.inside("worker").get(page).status_code == 403
    assert office.inside("neighbour").get(page).status_code == 404
