"""# What may be forgotten, and from when

Whoever is registered may ask to be forgotten (Personal Information Protection Law, article 47; GDPR, article 17). Two
rules stand against it, and no third: what is said of residents is kept while they live here and two years longer; who
looked into a record is kept for three years. Asked on 26 November 2026.
"""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.registry.definitions import FOLDER, rules
from jiahe.registry.rules.keeping import NEVER_HERE, must_be_kept

TODAY = date(2026, 11, 26)
LIVES_HERE, LONG_AGO = None, date(2019, 5, 1)
FOR_AS_LONG = "while he lives here"

# what was recorded, on what day, of whom                                      | it must be kept until
TABLE = {
    "the registration of a resident": ("PersonRegistered", LONG_AGO, LIVES_HERE, FOR_AS_LONG),
    "of one who moved away last year": ("PersonRegistered", LONG_AGO, date(2025, 6, 1), "2027-06-01"),
    "of one who moved away or died two years ago": ("PersonRegistered", LONG_AGO, date(2024, 11, 26), "forgotten"),
    "a move of a resident": ("MovedIn", LONG_AGO, LIVES_HERE, FOR_AS_LONG),
    "the second phone of a resident": ("PhoneAdded", LONG_AGO, LIVES_HERE, "forgotten"),
    "that somebody looked, last year": ("RecordOpened", date(2025, 11, 26), LIVES_HERE, "2028-11-26"),
    "that somebody looked, four years ago": ("RecordOpened", date(2022, 11, 1), LIVES_HERE, "forgotten"),
    # a registration that was taken back, yesterday's too: nobody lived here, so nothing is kept for that
    "a registration taken back": ("PersonRegistered", date(2026, 11, 25), NEVER_HERE, "forgotten"),
    "a birth that was none": ("Born", date(2026, 11, 25), NEVER_HERE, "forgotten"),
    "that it was taken back, and why": ("RegistrationCancelled", date(2026, 11, 25), NEVER_HERE, "forgotten"),
    "that somebody had looked into it": ("RecordOpened", date(2026, 11, 25), NEVER_HERE, "2029-11-25"),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_may_be_forgotten(case: str) -> None:
    kind, recorded_on, left_on, until = TABLE[case]
    held = must_be_kept(f"registry.{kind}", recorded_on, left_on, rules(FOLDER), on=TODAY)
    told = "forgotten" if held is None else FOR_AS_LONG if held[1] is None else str(held[1])
    assert told == until


def test_the_rules_are_three_and_each_names_its_law() -> None:
    assert {rule.id for rule in rules(FOLDER)} == {"access_log", "cases", "residents"}
    assert all(" article" in rule.basis for rule in rules(FOLDER))
