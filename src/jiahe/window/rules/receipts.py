"""Numbers and words on receipts: what is printed, typed on a telephone, and never guessed."""

from __future__ import annotations

import hashlib
import unicodedata
from uuid import UUID

from stdnum import luhn

DIGITS = 14
CODE_DIGITS = 8
LAST = 4


def number(year: int, noise: int) -> str:
    """A receipt number: two digits of the year, eleven by chance, one to find typing errors (Luhn, ISO/IEC 7812-1).

    >>> number(2026, 12345678901)
    '26123456789015'
    """
    begins = f"{year % 100:02d}{noise % 10**11:011d}"
    return begins + str(luhn.calc_check_digit(begins))


def typed(text: str) -> str:
    """The number somebody typed, without spaces, hyphens and full-width digits; empty if it cannot be one.

    >>> typed("26 1234 5678 9015"), typed("２６１２３４５６７８９０１５"), typed("26123456789016")
    ('26123456789015', '26123456789015', '')
    """
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    return digits if len(digits) == DIGITS and luhn.is_valid(digits) else ""


def shown(digits: str) -> str:
    """A number as it is printed, in groups.

    >>> shown("26123456789015")
    '26 1234 5678 9015'
    """
    return " ".join((digits[:2], digits[2:6], digits[6:10], digits[10:]))


def code(noise: int) -> str:
    """The word by which a case is followed without an identity document: eight digits.

    >>> code(123)
    '00000123'
    """
    return f"{noise % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def cleaned(proof: str) -> str:
    """What somebody typed to prove that a receipt is his, without spaces and the like.

    >>> cleaned("0012 3456"), cleaned(" 001x "), cleaned("００１８")
    ('00123456', '001X', '0018')
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", proof) if sign.isalnum()).upper()


def is_digits(word: str) -> bool:
    """Whether it can only be the last four of an identity number: few, so that they are not to be guessed for long.

    >>> is_digits("001X"), is_digits("00123456")
    (True, False)
    """
    return len(word) == LAST


def digest(case: UUID, word: str) -> str:
    """What is kept of the word; of no use for another case, and slow to try out (scrypt, RFC 7914: ten milliseconds).

    >>> len(digest(UUID(int=1), "00000123")), digest(UUID(int=1), "1") == digest(UUID(int=2), "1")
    (64, False)
    """
    return hashlib.scrypt(word.encode(), salt=case.bytes, n=2**12, r=8, p=1, dklen=32).hex()
