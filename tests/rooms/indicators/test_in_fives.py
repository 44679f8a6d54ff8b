# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a county tells a city of numbers that tell people finely apart: in fives, and nothing is lost from a sum."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import queries
from jiahe.indicators.definitions import ELSEWHERE
from jiahe.indicators.facts import EVER
from jiahe.indicators.models import Cell, Changed
from jiahe.indicators.projections import add_and_note, forget_told, note_anew, stored, take_totals
from jiahe.indicators.queries.cells import book
from jiahe.indicators.queries.totals import changed_sums, held_sums
from jiahe.indicators.rules import UNTOLD
from jiahe.journal.values import Change
from jiahe.staff.session import civil_day
from tests.rooms.indicators.test_board import figures, page
from tests.rooms.staff.small_office import COUNTY, NORTH, Office

pytestmark = pytest.mark.django_db
TOLD_AT = datetime(2026, 1, 5, 1, 2, tzinfo=UTC)
VILLAGES = (f"{NORTH}001", f"{NORTH}002")
DAYS = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(1987, 2, 3)]


def by_birth(on: date, stratum: str, n: int, area: str = VILLAGES[0]) -> Change:
    return Change("residents_by_birth", area, on, stratum, n)


def moved(on: date, origin: str, n: int) -> Change:
    return Change("moves_in_by_origin", VILLAGES[0], on, origin, n)


def told(city: dict[tuple[str, str, date, str], int]) -> None:
    """The county tells what changed until nothing is left; the city writes it down here."""
    while rows := changed_sums(7):
        city |= {row[:4]: row.n for row in rows}
        forget_told([(*row[:4], row.mark) for row in rows])


def heard(*changes: Change) -> dict[tuple[str, str, date, str], int]:
    city: dict[tuple[str, str, date, str], int] = {}
    add_and_note(changes)
    told(city)
    return {key: n for key, n in city.items() if n}


def test_fewer_than_five_of_a_year_of_birth_go_up_together() -> None:
    day, month = date(2026, 1, 31), date(2026, 1, 1)
    assert heard(
        by_birth(day, "female.1986", 9), by_birth(day, "female.1986", 3, VILLAGES[1]), by_birth(day, "male.1990", 4)
    ) == {
        ("residents_by_birth", "day", day, "female.untold"): 12,
        ("residents_by_birth", "day", day, "male.untold"): 4,
        ("residents_by_birth", "month", month, "female.1986"): 10,
        ("residents_by_birth", "month", month, "female.untold"): 2,
        ("residents_by_birth", "month", month, "male.untold"): 4,
        ("residents_by_birth", "ever", EVER, "female.1986"): 10,
        ("residents_by_birth", "ever", EVER, "female.untold"): 2,
        ("residents_by_birth", "ever", EVER, "male.untold"): 4,
    }


def test_whatever_tells_people_apart_by_more_than_sex_goes_up_in_fives() -> None:
    exact = [each for each in (*book().counts.values(), *book().states.values()) if not each.body.in_fives]
    assert {each.body.strata for each in exact} <= {(), ("sex",)}


def test_a_township_moved_from_is_told_as_its_county() -> None:
    january = [
        moved(date(2026, 1, 3), "411722101", 3), moved(date(2026, 1, 9), "411722202", 4),
        moved(date(2026, 1, 9), ELSEWHERE, 6),
    ]  # fmt: skip
    by_month = {key[3]: n for key, n in heard(*january).items() if key[1] == "month"}
    assert by_month == {"411722": 5, ELSEWHERE: 5, UNTOLD: 3}


changes = st.lists(
    st.builds(
        by_birth,
        st.sampled_from(DAYS),
        st.sampled_from(["female.1986", "female.1987", "male.1986", "unknown.1990"]),
        st.integers(-7, 12).filter(bool),
        st.sampled_from(VILLAGES),
    ),
    max_size=8,
)


@given(parts=st.lists(changes, max_size=4))
def test_whatever_happens_the_sums_are_right_and_no_year_is_told_but_in_fives(parts: list[list[Change]]) -> None:
    Cell.objects.all().delete()
    Changed.objects.all().delete()
    city: dict[tuple[str, str, date, str], int] = {}
    for some in parts:
        add_and_note(some)
        told(city)
    assert all(n % 5 == 0 for (*_, stratum), n in city.items() if not stratum.endswith(UNTOLD))
    for span, place in (
        ("day", lambda on: on),
        ("month", lambda on: on.replace(day=1)),
        ("ever", lambda on: EVER),
    ):
        exact: Counter[tuple[date, str]] = Counter()
        for change in (change for some in parts for change in some):
            exact[place(change.on), change.stratum.partition(".")[0]] += change.n
        found: Counter[tuple[date, str]] = Counter()
        for (_, of, start, stratum), n in city.items():
            if of == span:
                found[start, stratum.partition(".")[0]] += n
        assert {key: n for key, n in found.items() if n} == {key: n for key, n in exact.items() if n}


def test_what_was_told_before_this_rule_is_taken_back() -> None:
    day = date(2026, 1, 31)
    add_and_note([by_birth(day, "female.1986", 3)])
    Changed.objects.all().delete()
    note_anew([("residents_by_birth", "day", day, "female.1986"), ("residents_by_birth", "ever", EVER, "male.1")])
    found = {row[:4]: row.n for row in changed_sums(100)}
    assert found["residents_by_birth", "day", day, "female.1986"] == 0
    assert found["residents_by_birth", "ever", EVER, "male.1"] == 0
    assert found["residents_by_birth", "day", day, "female.untold"] == 3


def test_nonsense_from_above_keeps_nothing_from_going_up() -> None:
    held = [
        ("residents_by_birth", "month", date(9999, 12, 31), "female.1986"),
        ("moves_in_by_origin", "day", date(1, 1, 1), ""),
    ]
    note_anew(held)
    assert {row.n for row in changed_sums(100)} == {0}


def test_the_pyramid_of_a_city_is_of_those_whose_age_was_told_and_all_are_counted(office: Office) -> None:
    today = civil_day(datetime.now(UTC))
    last_month = Period.of(Grain.MONTH, today).previous().start
    add_and_note(
        [
            by_birth(last_month, f"female.{today.year - 3}", 12), by_birth(today, f"female.{today.year - 3}", 6),
            by_birth(today, f"male.{today.year - 70}", 4),
        ]
    )  # fmt: skip
    _as_the_city()
    html = page(office, "manager", reverse("indicators:population", args=[COUNTY]))
    shown = figures(html)
    assert (shown["residents"], shown["age.0.female"], shown["age.untold.female"]) == ("22", "15", "3")
    assert (shown["age.untold.male"], shown["age.sum.male"], shown["age.sum.both"]) == ("4", "4", "22")
    assert "in fives only" in html
    scope = office.acting("manager").scope
    past = queries.pyramid(scope, COUNTY, Period.of(Grain.MONTH, last_month), today=today)
    assert past.whole.residents == 12
    assert sum(past.people.values()) == 10


def test_the_moves_of_a_city_add_up(office: Office) -> None:
    today = civil_day(datetime.now(UTC))
    add_and_note([moved(today, "411722101", 7), moved(today, ELSEWHERE, 3), moved(today, f"{NORTH}", 6)])
    _as_the_city()
    html = page(office, "manager", reverse("indicators:moves", args=[COUNTY]))
    shown = queries.flows(office.acting("manager").scope, COUNTY, Period.of(Grain.MONTH, today), today=today)
    assert dict(shown.arrivals) == {(ELSEWHERE, COUNTY): 5, (COUNTY, COUNTY): 5, (UNTOLD, COUNTY): 6}
    assert "Not told apart" in html
    assert figures(html)["within"] == "5"


def test_what_was_told_is_not_recounted_where_there_are_no_facts_of_it() -> None:
    add_and_note([moved(date(2026, 1, 3), "411722101", 7)])
    assert stored()
    _as_the_city()
    assert stored() == {}


def _as_the_city() -> None:
    """What this node counted is gone; in its place stands what it would tell the node above."""
    rows = changed_sums(1_000)
    Cell.objects.all().delete()
    take_totals(COUNTY, [row[:5] for row in rows], at=TOLD_AT)
    assert held_sums(COUNTY)
