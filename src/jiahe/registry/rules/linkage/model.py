"""The comparisons, each level once: as SQL for the whole register, as Python for two records, with its m and u.

m (how often one person's two records end on this level) are estimates of how forms go wrong, held fixed: a register has
too few doubles, and too many families, for expectation-maximisation to find them (it takes households for doubles). u
(the same for two people's) is estimated in each register by sampling, but for phone, mother and number: families share
the first two and neighbours buy phones together, so their u is that among neighbours, not strangers; the third is too
rare to be sampled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jiahe.registry.rules.linkage.features import Features, Reason

Test = Callable[[Features, Features], bool]
TOWNSHIP = 9
"""Places of a township's code."""
MONTHS = 12
DOUBLES = 0.02
"""Doubles expected for each person."""


@dataclass(frozen=True, slots=True)
class Level:
    """How a comparison may end. `sql` speaks of the columns of `register.py`, ending in _l and _r; `share` names the
    column whose frequency stands for u where both have the same value."""

    sql: str
    holds: Test
    m: float
    u: float
    reason: Reason | None = None
    share: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Levels from the most to the least alike; the first that holds counts. Nothing, where `missing` holds."""

    name: str
    missing_sql: str
    missing: Test
    levels: tuple[Level, ...]
    sampled: bool = True


def slip(one: str, other: str) -> bool:
    """Whether one text becomes the other by one sign more, less or changed, or two neighbours in other order.

    >>> [slip("1234", text) for text in ("1244", "1324", "124", "12345", "1234", "4321")]
    [True, True, True, True, True, False]
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
    return short[start + 1 :] == long[start + 1 :] or swapped == long[start:]


def day(person: Features) -> str:
    """The birth date as eight digits."""
    return f"{person.birth_on:%Y%m%d}"


def swapped(birth_on: date) -> date | None:
    """The date with day and month in each other's place, if there is such a day."""
    return None if birth_on.day > MONTHS else date(birth_on.year, birth_on.day, birth_on.month)


def _always(one: Features, other: Features) -> bool:
    return True


def _same(name: str) -> Test:
    return lambda one, other: bool(getattr(one, name)) and getattr(one, name) == getattr(other, name)


def _unknown(name: str) -> Test:
    return lambda one, other: not getattr(one, name) or not getattr(other, name)


def _null(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _equal(column: str) -> str:
    return f"{column}_l = {column}_r"


def _near(column: str, start: int, end: int) -> str:
    """One slip, in a text of which a beginning or an ending is the same, for a slip is on one side of them: that is
    asked first, since it is cheap and nearly always false."""
    return (
        f"({_equal_part('left', column, start)} OR {_equal_part('right', column, end)})"
        f" AND damerau_levenshtein({column}_l, {column}_r) <= 1"
    )


def _equal_part(side: str, column: str, length: int) -> str:
    return f"{side}({column}_l, {length}) = {side}({column}_r, {length})"


def _slips(value: Callable[[Features], str], start: int, end: int) -> Test:
    """`_near` in Python."""

    def holds(one: Features, other: Features) -> bool:
        a, b = value(one), value(other)
        return (a[:start] == b[:start] or a[-end:] == b[-end:]) and slip(a, b)

    return holds


COMPARISONS = (
    Comparison(
        "name",
        _null("name_key"),
        _unknown("name_key"),
        (
            Level(_equal("name_key"), _same("name_key"), 0.90, 3e-5, Reason.SAME_NAME, "name_key"),
            Level(
                "list_contains(other_names_l, name_key_r) OR list_contains(other_names_r, name_key_l)",
                lambda one, other: one.name_key in other.other_names or other.name_key in one.other_names,
                0.01, 1e-6, Reason.OTHER_NAME,
            ),
            Level(_equal("pinyin"), _same("pinyin"), 0.04, 6e-5, Reason.SAME_PINYIN),
            Level(_near("pinyin", 3, 3), _slips(lambda one: one.pinyin, 3, 3), 0.02, 4e-4, Reason.SIMILAR_NAME),
            Level(_equal("given_key"), _same("given_key"), 0.01, 1e-3, Reason.SAME_GIVEN_NAME),
            Level(_equal("surname"), _same("surname"), 0.01, 0.03),
            Level("ELSE", _always, 0.01, 0.968),
        ),
    ),
    Comparison(
        "birth",
        _null("birth"),
        lambda one, other: False,
        (
            Level(_equal("birth"), _same("birth_on"), 0.94, 4e-5, Reason.SAME_BIRTH_DATE),
            Level(
                "birth_l = birth_swapped_r", lambda one, other: one.birth_on == swapped(other.birth_on),
                0.015, 2e-5, Reason.SWAPPED_BIRTH_DATE,
            ),
            Level(_near("birth", 4, 4), _slips(day, 4, 4), 0.025, 8e-4, Reason.NEAR_BIRTH_DATE),
            Level(
                _equal("birth_year"), lambda one, other: one.birth_on.year == other.birth_on.year,
                0.01, 0.013, Reason.SAME_BIRTH_YEAR,
            ),
            Level("ELSE", _always, 0.01, 0.986),
        ),
    ),
    Comparison(
        "sex",
        _null("sex"),
        _unknown("sex"),
        (
            Level(_equal("sex"), _same("sex"), 0.985, 0.5),
            Level("ELSE", _always, 0.015, 0.5, Reason.OTHER_SEX),
        ),
    ),
    Comparison(
        "area",
        _null("area"),
        _unknown("area"),
        (
            Level(_equal("area"), _same("area"), 0.75, 0.0045, Reason.SAME_VILLAGE),
            Level(
                _equal("township"), lambda one, other: one.area[:TOWNSHIP] == other.area[:TOWNSHIP],
                0.10, 0.055, Reason.SAME_TOWNSHIP,
            ),
            Level("ELSE", _always, 0.15, 0.94),
        ),
    ),
    Comparison(
        "phone",
        _null("phone"),
        _unknown("phone"),
        (
            Level(_equal("phone"), _same("phone"), 0.65, 2e-3, Reason.SAME_PHONE),
            Level(_near("phone", 5, 5), _slips(lambda one: one.phone, 5, 5), 0.03, 2e-3, Reason.NEAR_PHONE),
            Level("ELSE", _always, 0.32, 0.996),
        ),
        sampled=False,
    ),
    Comparison(
        "identity",
        _null("identity"),
        _unknown("identity"),
        (
            Level(_equal("identity"), _same("identity"), 0.92, 1e-7, Reason.SAME_IDENTITY),
            Level(
                _near("identity", 12, 5), _slips(lambda one: one.identity, 12, 5), 0.07, 1e-6, Reason.NEAR_IDENTITY
            ),
            Level("ELSE", _always, 0.01, 0.9999989, Reason.OTHER_IDENTITY),
        ),
        sampled=False,
    ),
    Comparison(
        "mother",
        _null("mother"),
        _unknown("mother"),
        (
            Level(_equal("mother"), _same("mother"), 0.95, 2e-3, Reason.SAME_MOTHER),
            Level("ELSE", _always, 0.05, 0.998),
        ),
        sampled=False,
    ),
)  # fmt: skip

BLOCKS = (
    ("identity",),
    ("phone",),
    ("name_key", "birth"),
    ("pinyin", "birth_year"),
    ("given_key", "birth"),
    ("mother", "birth"),
    ("birth", "area"),
    ("name_key", "area"),
)
"""Two records are compared if they have all of one of these in common."""


@dataclass(frozen=True, slots=True)
class Weights:
    """u of each comparison's levels where a register was sampled (else those of the model), how many people it has, and
    what share of them bears a name (by `name_key`; one not there is taken for as frequent as the model's average)."""

    people: int = 1_000_000
    sampled: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def prior(self) -> float:
        """How probable it is that two records taken blindly are one person's."""
        return min(0.5, 2 * DOUBLES / max(self.people, 2))

    def u(self, comparison: Comparison) -> tuple[float, ...]:
        """u of the levels of one comparison."""
        return self.sampled.get(comparison.name) or tuple(level.u for level in comparison.levels)
