"""What is compared of two people, what may speak for and against their being one, and who are twins."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import ric

_SERIAL = slice(14, 17)
_REGION_AND_BIRTH = slice(0, 14)
_NEXT = 2
"""Odd serial numbers are men's and even ones women's, so the next of the same sex is two further (GB 11643)."""


class Reason(StrEnum):
    """What two records have in common, or, for those in AGAINST, what they do not."""

    SAME_NAME = "same_name"
    """Also written otherwise: Traditional, a variant character, a dot more or less."""
    OTHER_NAME = "other_name"
    """One's other name is the other's name."""
    SAME_PINYIN = "same_pinyin"
    SIMILAR_NAME = "similar_name"
    SAME_GIVEN_NAME = "same_given_name"
    SAME_BIRTH_DATE = "same_birth_date"
    SWAPPED_BIRTH_DATE = "swapped_birth_date"
    """Day and month changed places."""
    NEAR_BIRTH_DATE = "near_birth_date"
    """One digit differs."""
    SAME_BIRTH_YEAR = "same_birth_year"
    SAME_VILLAGE = "same_village"
    SAME_TOWNSHIP = "same_township"
    SAME_PHONE = "same_phone"
    NEAR_PHONE = "near_phone"
    SAME_IDENTITY = "same_identity"
    NEAR_IDENTITY = "near_identity"
    """One sign differs, or two neighbours changed places."""
    SAME_MOTHER = "same_mother"
    OTHER_SEX = "other_sex"
    OTHER_IDENTITY = "other_identity"


AGAINST = frozenset({Reason.OTHER_SEX, Reason.OTHER_IDENTITY})
"""Reasons that speak against."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared of one record. Keys are those of `rules.keys`, the area is a code, the number is compact, the
    mother an id as text; `other_names` are name keys. What is not known is empty, a sex that says nothing too."""

    name_key: str
    given_key: str
    pinyin: str
    surname: str
    sex: str
    birth_on: date
    area: str
    identity: str = ""
    phone: str = ""
    mother: str = ""
    other_names: tuple[str, ...] = ()


def twins(one: Features, other: Features) -> bool:
    """Whether two records that look alike are rather those of twins; they are never taken for one person.

    Born on one day, and either their well-formed numbers were given out one after the other (same region and day, the
    serial number next to it), or they are of one family (same mother; or same surname and village) and bear given
    names that neither are written nor sound alike. Who has one number with another, or another's name as his other
    name, is no twin of his.

    >>> born = date(2001, 2, 3)
    >>> ming = Features("王小明", "小明", "wangxiaoming", "王", "male", born, "411723101200")
    >>> liang = Features("王小亮", "小亮", "wangxiaoliang", "王", "male", born, "411723101200")
    >>> homophone = Features("王小鸣", "小鸣", "wangxiaoming", "王", "male", born, "411723101200")
    >>> twins(ming, liang), twins(ming, homophone)
    (True, False)
    """
    if one.birth_on != other.birth_on or (one.identity and one.identity == other.identity):
        return False
    if _given_out_together(one.identity, other.identity):
        return True
    mothers = bool(one.mother) and one.mother == other.mother
    neighbours = bool(one.surname) and one.surname == other.surname and one.area == other.area
    named_alike = (
        one.given_key == other.given_key
        or one.pinyin == other.pinyin
        or one.name_key in other.other_names
        or other.name_key in one.other_names
    )
    return (mothers or neighbours) and not named_alike


def _given_out_together(one: str, other: str) -> bool:
    if not (one[_REGION_AND_BIRTH] == other[_REGION_AND_BIRTH] and _well_formed(one) and _well_formed(other)):
        return False
    return 0 < abs(int(one[_SERIAL]) - int(other[_SERIAL])) <= _NEXT


def _well_formed(number: str) -> bool:
    return len(number) == 18 and number[:17].isdecimal() and number[17] == ric.calc_check_digit(number)
