"""Pure answers: limits and rates, the periods a board may ask for, ages."""

from jiahe.indicators.rules.ages import AgeGroup, age_groups, aged, ageless, dependency, group_of, median_group
from jiahe.indicators.rules.estimates import (
    Estimate,
    binomial_limits,
    container,
    last_months,
    lived_through,
    months_of,
    period_from,
    poisson_limits,
    rate,
    ratio,
    years_in,
)
from jiahe.indicators.rules.fives import UNTOLD, apart, untold

__all__ = [
    "UNTOLD",
    "AgeGroup",
    "Estimate",
    "age_groups",
    "aged",
    "ageless",
    "apart",
    "binomial_limits",
    "container",
    "dependency",
    "group_of",
    "last_months",
    "lived_through",
    "median_group",
    "months_of",
    "period_from",
    "poisson_limits",
    "rate",
    "ratio",
    "untold",
    "years_in",
]
