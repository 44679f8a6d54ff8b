"""Invented identity numbers and phones: well formed, with a true check digit, and nobody's.

GB 11643-1999: 6 digits area at first issue, 8 birth day, 3 sequence (odd = man), 1 check. The demo takes the sequence
numbers of a day from the top (995, 993 ... 994, 992 ...), which the county's counters, issuing from the bottom, do not
reach. Whoever meets such a number outside a demo should still treat it as possibly real.
"""

from __future__ import annotations

from datetime import date

from jiahe.node.demo.parameters import Registration

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_DIGIT = {digit: int(digit) for digit in "0123456789"}
_HIGHEST = {True: 995, False: 994}


class Exhausted(ValueError):
    """More people of one sex were born on one day than there are numbers for; ask for fewer people."""


def check_digit(first_17: str) -> str:
    """The check digit of GB 11643 (ISO 7064 MOD 11-2) for the first 17 digits.

    >>> check_digit("11010519491231002")
    'X'
    """
    return _CHECK[sum(weight * _DIGIT[digit] for weight, digit in zip(_WEIGHTS, first_17, strict=True)) % 11]


class Numbers:
    """Hands out each identity number, phone and passport once; the same calls in the same order give the same."""

    def __init__(self, registration: Registration) -> None:
        self._prefixes = registration.prefixes
        self._block = registration.phone_block
        self._given: dict[tuple[int, bool], int] = {}
        self._phones = self._passports = 0

    def resident_id(self, birth_on: date, man: bool) -> str:
        """The next number for somebody of this sex born on this day. Raises Exhausted."""
        day = (birth_on.toordinal(), man)
        sequence = self._given.get(day, _HIGHEST[man])
        if sequence <= 0:
            raise Exhausted(str(birth_on))
        self._given[day] = sequence - 2
        prefix = next(prefix for before, prefix in self._prefixes if birth_on.year < before)
        first_17 = f"{prefix}{birth_on:%Y%m%d}{sequence:03d}"
        return first_17 + check_digit(first_17)

    def phone(self) -> str:
        """The next phone number of the block that no operator serves."""
        self._phones += 1
        return f"{self._block}{self._phones:07d}"

    def passport(self) -> str:
        """The next passport number: a letter and eight digits, from the end of a series."""
        self._passports += 1
        return f"E{99_999_999 - self._passports}"
