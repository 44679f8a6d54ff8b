"""# How old residents are counted

The age of a resident is the age he reaches in the calendar year: the year of the day asked for less the year of his
birth. So nobody's birthday is needed, all who were born in one year are of one age, and everybody grows a year older on
1 January. Whoever still has his birthday before him is a year younger by completed years.
"""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.indicators.rules import AgeGroup, age_groups, aged, dependency, group_of, median_group

GROUPS = age_groups(5, 85)

# born in | counted on      | of the group
TABLE = [
    (2026, date(2026, 1, 1), "0–4"),
    (2022, date(2026, 12, 31), "0–4"),
    (2021, date(2025, 12, 31), "0–4"),
    (2021, date(2026, 1, 1), "5–9"),
    (2012, date(2026, 6, 1), "10–14"),
    (2011, date(2026, 6, 1), "15–19"),
    (1962, date(2026, 6, 1), "60–64"),
    (1961, date(2026, 6, 1), "65–69"),
    (1942, date(2026, 6, 1), "80–84"),
    (1941, date(2026, 6, 1), "85+"),
    (1915, date(2026, 6, 1), "85+"),
    (2027, date(2026, 6, 1), "0–4"),  # registered as living here before his birth: a mistake, counted all the same
]


@pytest.mark.parametrize(("born", "day", "group"), TABLE)
def test_the_age_is_the_one_reached_in_the_year(born: int, day: date, group: str) -> None:
    assert group_of(day.year - born, GROUPS).label() == group


VILLAGE = {"female.2024": 3, "male.2020": 2, "female.1990": 6, "male.1990": 4, "male.1961": 3, "unknown.1930": 2}
"""A village of 20 people at the end of a day in 2026."""


def test_a_village_told_by_age() -> None:
    # 3 girls of 2, 2 boys of 6, 6 women and 4 men of 36, 3 men of 65, 2 people of 96 whose sex is not known
    people = aged(VILLAGE.items(), 2026, GROUPS)
    assert {(sex, group.label()): n for (sex, group), n in people.items()} == {
        ("female", "0–4"): 3,
        ("male", "5–9"): 2,
        ("female", "35–39"): 6,
        ("male", "35–39"): 4,
        ("male", "65–69"): 3,
        ("unknown", "85+"): 2,
    }
    # 5 younger than 15 and 5 of 65 or older depend on 10 between: 100 for 100
    assert dependency(5, 10, 5, per=100) == 100.0
    # the tenth and eleventh of the twenty are both among those of 36
    by_group = {group: sum(n for (_, each), n in people.items() if each == group) for group in GROUPS}
    assert median_group(by_group) == AgeGroup(35, 39)


def test_of_nobody_nothing_is_said() -> None:
    assert median_group({}) is None
    assert dependency(3, 0, 2, per=100) is None
