"""What others may read of lateness. Everything takes a Scope first; who is recused from a case sees no record of it."""

from jiahe.conduct.queries.climbing import Climbed, climbed, risen
from jiahe.conduct.queries.patterns import PERIOD, Pattern, Patterns, patterns
from jiahe.conduct.queries.records import Record, Which, concerned, counts, described, judge_of, record, records

__all__ = [
    "PERIOD",
    "Climbed",
    "Pattern",
    "Patterns",
    "Record",
    "Which",
    "climbed",
    "concerned",
    "counts",
    "described",
    "judge_of",
    "patterns",
    "record",
    "records",
    "risen",
]
