"""Invented addresses: the group of a village and a number in it; in the county town a street and a number."""

from __future__ import annotations

from random import Random

from jiahe.node.demo.parameters import Addressing
from jiahe.node.demo.villages import Village

_DIGITS = "零一二三四五六七八九"
_STREETS = 3
"""How many streets a community of the town has."""


class Addresses:
    """Hands out each address of one village once, turn by turn through its groups or streets."""

    def __init__(self, rng: Random, village: Village, addressing: Addressing, households: int) -> None:
        if village.in_town:
            self._parts = rng.sample(addressing.streets, _STREETS)
        else:
            groups = max(1, round(households / addressing.households_a_group))
            self._parts = [f"{numeral(number)}组" for number in range(1, groups + 1)]
        self._given = 0

    def another(self) -> str:
        """The next address."""
        number, part = divmod(self._given, len(self._parts))
        self._given += 1
        return f"{self._parts[part]}{number + 1}号"


def numeral(number: int) -> str:
    """A number as it is written in words; above 99 in digits.

    >>> numeral(2), numeral(10), numeral(12), numeral(30), numeral(41), numeral(104)
    ('二', '十', '十二', '三十', '四十一', '104')
    """
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    leading = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return leading + (_DIGITS[ones] if ones else "")
