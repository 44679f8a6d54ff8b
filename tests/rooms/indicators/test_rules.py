"""Limits against published and independently computed values."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import rules


@pytest.mark.parametrize(
    ("events", "low", "high"),
    # tables of exact Poisson limits, as in Garwood (1936) and every handbook since
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (20, 12.217, 30.888), (100, 81.364, 121.627)],
)
def test_poisson_limits(events: int, low: float, high: float) -> None:
    assert rules.poisson_limits(events) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0)]
)
def test_binomial_limits(part: int, whole: int, low: float, high: float) -> None:
    assert rules.binomial_limits(part, whole) == pytest.approx((low, high), abs=0.0001)


def test_a_rate_is_not_said_of_few_events_or_of_nobody() -> None:
    assert rules.rate(19, years=1000, per=1000, minimum=20) == rules.Estimate(19)
    assert rules.rate(50, years=0, per=1000, minimum=20) == rules.Estimate(50)


def test_the_limits_of_a_difference_hold_it_and_are_wider_than_of_one_side() -> None:
    births = rules.rate(300, years=20_000, per=1000, minimum=20)
    increase = rules.rate(300, less=200, years=20_000, per=1000, minimum=20)
    assert increase.value == pytest.approx(5.0)
    assert increase.low < 5.0 < increase.high
    assert increase.high - increase.low > births.high - births.low


def test_a_ratio_of_all_boys_has_no_upper_limit() -> None:
    found = rules.ratio(100, 1, per=100, minimum=100)
    assert found.value == 10_000
    assert rules.ratio(120, 0, per=100, minimum=100) == rules.Estimate(120)


def test_a_year_has_as_many_days_as_it_has() -> None:
    assert rules.years_in(date(2024, 1, 1), date(2026, 1, 1)) == 2.0
    assert rules.years_in(date(2026, 1, 1), date(2026, 1, 1)) == 0.0


def test_a_running_period_counts_the_days_that_were() -> None:
    month = Period.of(Grain.MONTH, date(2026, 11, 1))
    assert rules.lived_through(month, date(2026, 11, 23)) == date(2026, 11, 24)
    assert rules.lived_through(month, date(2027, 1, 1)) == date(2026, 12, 1)
    assert rules.lived_through(month, date(2026, 10, 1)) == date(2026, 11, 1)


@pytest.mark.parametrize("label", ["", "2026-Q5", "26-01", "2026-00", "2026-02-30", "２０２６", "2026-1", "0000"])
def test_what_is_no_period(label: str) -> None:
    assert rules.period_from(label) is None


@pytest.mark.parametrize("grain", list(Grain))
def test_a_period_is_read_back_from_its_label(grain: Grain) -> None:
    period = Period.of(grain, date(2026, 11, 23))
    assert rules.period_from(period.label()) == period
