"""Identity numbers and phones: written one way, checked, and masked.

A right check digit says the number is well formed, never whose it is (GB 11643-1999; check digit ISO 7064 MOD 11-2).
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from stdnum.cn import ric

from jiahe.registry.facts import Identity, IdentityKind, Sex


class Flaw(StrEnum):
    """What is wrong with a resident identity number, the first of these that holds."""

    FIFTEEN = "fifteen"
    """The form before 1999; no longer a valid document since 2013, and it says no century."""
    LENGTH = "length"
    CHARACTERS = "characters"
    IMPOSSIBLE_DATE = "impossible_date"
    CHECK_DIGIT = "check_digit"
    FUTURE_DATE = "future_date"
    BIRTH_DIFFERS = "birth_differs"
    SEX_DIFFERS = "sex_differs"


def compact(number: str) -> str:
    """The number without spaces and hyphens, half-width, letters large.

    >>> compact("１１０１０５ 19491231-002x")
    '11010519491231002X'
    """
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", number)).upper()


def flaw(number: str, *, birth_on: date | None, sex: Sex, today: date) -> Flaw | None:
    """The first thing wrong with a resident identity number, or None.

    >>> def look(number): return flaw(number, birth_on=None, sex=Sex.UNSTATED, today=date(2026, 11, 23))
    >>> look("11010519491231002X"), look("411723199001010010"), look("411723199002300017")
    (None, <Flaw.CHECK_DIGIT: 'check_digit'>, <Flaw.IMPOSSIBLE_DATE: 'impossible_date'>)
    >>> look("41172320990101001X"), look("110105491231002"), look("41172319900101001")
    (<Flaw.FUTURE_DATE: 'future_date'>, <Flaw.FIFTEEN: 'fifteen'>, <Flaw.LENGTH: 'length'>)
    """
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        return Flaw.FIFTEEN
    if len(number) != 18:
        return Flaw.LENGTH
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return Flaw.CHARACTERS
    if (born := birth_date(number)) is None:
        return Flaw.IMPOSSIBLE_DATE
    if number[-1] != ric.calc_check_digit(number):
        return Flaw.CHECK_DIGIT
    if born > today:
        return Flaw.FUTURE_DATE
    if birth_on is not None and born != birth_on:
        return Flaw.BIRTH_DIFFERS
    if sex in (Sex.MALE, Sex.FEMALE) and sex is not sex_of(number):
        return Flaw.SEX_DIFFERS
    return None


def birth_date(number: str) -> date | None:
    """The birth date within an 18-place number, or None if there is no such day.

    >>> birth_date("411723190002290018") is None  # 1900 was no leap year
    True
    """
    try:
        return date.fromisoformat(number[6:14])
    except ValueError:
        return None


def sex_of(number: str) -> Sex:
    """The sex an 18-place number was issued for: its 17th digit is odd for men."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def as_text(identity: Identity | None) -> str:
    """One line for a correction; empty for none. `from_text` reads it back.

    >>> as_text(Identity(IdentityKind.PASSPORT, "E12345678"))
    'passport:E12345678'
    """
    return f"{identity.kind}:{identity.number}" if identity else ""


def from_text(text: str) -> Identity | None:
    """Reads what `as_text` wrote.

    >>> from_text("passport:E12345678").number, from_text("")
    ('E12345678', None)
    """
    kind, _, number = text.partition(":")
    return Identity(IdentityKind(kind), number) if number else None


def mask_number(number: str) -> str:
    """Keeps the length, the first two places and the last two; short numbers keep nothing.

    >>> mask_number("411723199001010018"), mask_number("E1234")
    ('41**************18', '*****')
    """
    kept = 2 if len(number) >= 8 else 0
    return number[:kept] + "*" * (len(number) - 2 * kept) + number[len(number) - kept :]


def phone(text: str) -> str | None:
    """A phone as its digits, without the country code 86; "+" stays before another country's; None if it is none.

    >>> phone("+86 138-0000-0001"), phone("0396 5001234"), phone("+852 2123 4567"), phone("ask her son")
    ('13800000001', '03965001234', '+85221234567', None)
    """
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(\+|00)86(?=\d)", "", digits)
    return digits if re.fullmatch(r"\+?\d{5,15}", digits, re.ASCII) else None


def mask_phone(number: str) -> str:
    """Keeps the first three digits of a mobile phone and the last four of any.

    >>> mask_phone("13800000001"), mask_phone("03965001234"), mask_phone("12345")
    ('138****0001', '*******1234', '*2345')
    """
    if re.fullmatch(r"1\d{10}", number):
        return f"{number[:3]}****{number[-4:]}"
    return "*" * (len(number) - 4) + number[-4:]
