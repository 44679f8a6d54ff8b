"""What somebody typed into the one box, taken apart: a name, and what narrows it (birth, place, number)."""

import re
from dataclasses import dataclass
from datetime import date

from jiahe.registry.rules.identity import compact
from jiahe.registry.rules.names import is_han, normal

EARLIEST, LATEST = 1880, 2100
"""Years that are taken for years of birth."""
SHORTEST_ENDING = 4
"""Fewer places of a number mean nobody."""

_MOST_WORDS = 5
_SHORTEST_PLACE = 2
_BOUNDARY = re.compile(r"(?<=[\u3400-\u9fff])(?=\d{4})")
_DAY = re.compile(r"(\d{4})([-/.年]?)(\d{1,2})(?:\2|月)(\d{1,2})日?", re.ASCII)
_RUN = re.compile(
    r"(?<![\dA-Za-z])(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|[\d+][\d\-]{3,}[Xx]?)年?(?![\dA-Za-z])", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Born:
    """From the day `first` to the day `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A text taken apart. `name` and `place` are as typed; `number` is compact, and may also be when one was born; what
    is not there is empty."""

    name: str = ""
    place: str = ""
    number: str = ""
    born: Born | None = None


def taken_apart(text: str) -> Asked | None:
    """A text that has more than a name or a number in it; None if it has not.

    >>> asked = taken_apart("王1987")
    >>> asked.name, asked.born.first.isoformat(), asked.born.last.isoformat()
    ('王', '1987-01-01', '1987-12-31')
    >>> taken_apart("wang xiao 411723").number, taken_apart("OY 东关").place
    ('411723', '东关')
    >>> [taken_apart(text) for text in ("wang2 ming2", "411723199001010018", "+86 13800000001", "王明")]
    [None, None, None, None]
    """
    plain = _BOUNDARY.sub(" ", normal(text))
    numbers, name = _RUN.findall(plain), _RUN.sub(" ", plain).strip()
    if numbers:
        born = born_in(numbers[0])
        named = any(sign.isalpha() for sign in name)
        return Asked(name, number=compact(numbers[0]), born=born) if len(numbers) == 1 and named else None
    words = text.split()  # as typed, for `normal` joins Chinese words
    if not 2 <= len(words) <= _MOST_WORDS or len(words[-1]) < _SHORTEST_PLACE or not is_han(words[-1]):
        return None
    return Asked(" ".join(words[:-1]), place=words[-1])


def born_in(text: str) -> Born | None:
    """The year or day that a text means as somebody's birth, or None.

    >>> born_in("1987").last.isoformat(), born_in("19870517").first.isoformat()
    ('1987-12-31', '1987-05-17')
    >>> born_in("1987年5月17日") == born_in("1987-5-17")
    True
    >>> born_in("0018"), born_in("19870231"), born_in("411723")
    (None, None, None)
    """
    if re.fullmatch(r"\d{4}年?", text, re.ASCII):
        year = int(text[:4])
        return Born(date(year, 1, 1), date(year, 12, 31)) if EARLIEST <= year < LATEST else None
    found = _DAY.fullmatch(text)
    if found is None or (not found[2] and len(text) != 8):
        return None
    try:
        day = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return Born(day, day) if EARLIEST <= day.year < LATEST else None


def begins_a_number(number: str) -> bool:
    """Whether a text may be the beginning of a resident identity number: region, then a day of birth as far as it goes.

    >>> begins_a_number("411723"), begins_a_number("4117231990"), begins_a_number("41172319900101")
    (True, True, True)
    >>> begins_a_number("41172"), begins_a_number("4117233990"), begins_a_number("1380000000")
    (False, False, False)
    """
    if not re.fullmatch(r"[1-9]\d{5,17}", number, re.ASCII):
        return False
    day = number[6:14]
    if not day:
        return True
    earliest = int((day + "00010101"[len(day) :])[:4]) if len(day) >= 4 else int(day.ljust(4, "0"))
    latest = earliest if len(day) >= 4 else int(day.ljust(4, "9"))
    return latest >= EARLIEST and earliest < LATEST
