"""Until when an entry must be kept."""

from collections.abc import Sequence
from datetime import date

from jiahe.registry.definitions import Rule, Until

NEVER_HERE = date.min
"""When those left whose registration was taken back: no rule keeps them because they live or lived here."""


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March.

    >>> str(years_after(date(2024, 2, 29), 3))
    '2027-03-01'
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def must_be_kept(
    kind: str, recorded_on: date, left_on: date | None, rules: Sequence[Rule], *, on: date
) -> tuple[Rule, date | None] | None:
    """The rule that forbids erasing an entry of this kind on the day `on`, and until when (None: for good or as long
    as the person lives here); None if nothing forbids it. The longest term holds.

    `left_on` is when the person died or ceased to live here; None while he lives here; or NEVER_HERE.
    """
    held: list[tuple[date, Rule]] = []
    for rule in rules:
        if kind not in rule.kinds:
            continue
        match rule.until:
            case Until.ALWAYS:
                held.append((date.max, rule))
            case Until.RECORDED:
                held.append((years_after(recorded_on, rule.years), rule))
            case Until.LEFT:
                held.append((years_after(left_on, rule.years) if left_on else date.max, rule))
    if not held:
        return None
    until, rule = max(held, key=lambda each: each[0])
    if until <= on:
        return None
    return rule, None if until == date.max else until
