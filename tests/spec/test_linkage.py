"""# Who may be registered twice, and who are twins

What two records have in common adds up to a probability; twins are never taken for one person. Nobody here is anybody.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jiahe.registry.rules.linkage import Features, Reason, Weights, likeness, twins

MING = Features(
    name_key="王小明",
    given_key="小明",
    pinyin="wangxiaoming",
    surname="王",
    sex="male",
    birth_on=date(2001, 2, 3),
    area="411723101200",
    identity="411723200102030013",
    phone="13800000001",
    mother="m",
)
HOMOPHONE = {"name_key": "王小鸣", "given_key": "小鸣"}
BROTHER = {"name_key": "王小亮", "given_key": "小亮", "pinyin": "wangxiaoliang"}

# what the second record has otherwise                       | likely the same person
SECOND_RECORDS = {
    "nothing": ({}, True),
    "no number": ({"identity": ""}, True),
    "no number and no phone": ({"identity": "", "phone": ""}, True),
    "a homophone, no number": (HOMOPHONE | {"identity": ""}, True),
    "day and month swapped": ({"birth_on": date(2001, 3, 2), "identity": ""}, True),
    "a digit of the number": ({"identity": "411723200102030113"}, True),
    "another village, no number": ({"area": "411723103201", "identity": ""}, True),
    "his name is the other's former one": (
        {"name_key": "张大勇", "given_key": "大勇", "pinyin": "zhangdayong", "surname": "张", "identity": ""}
        | {"other_names": ("王小明",)},
        True,
    ),
    "a namesake of another age elsewhere": (
        {"birth_on": date(1960, 7, 9), "area": "411723103201", "identity": "", "phone": "", "mother": ""},
        False,
    ),
    "an elder brother": (BROTHER | {"birth_on": date(1998, 6, 7), "identity": "411723199806070018"}, False),
    "his mother": (
        {"name_key": "李芳", "given_key": "芳", "pinyin": "lifang", "surname": "李", "sex": "female"}
        | {"birth_on": date(1975, 1, 1), "identity": "411723197501010023", "mother": ""},
        False,
    ),
}


@pytest.mark.parametrize("case", SECOND_RECORDS)
def test_likely_the_same_person(case: str) -> None:
    changed, likely = SECOND_RECORDS[case]
    other = replace(MING, **changed)
    assert (likeness(MING, other).probability >= 0.5) is likely
    assert likeness(MING, other).weight == pytest.approx(likeness(other, MING).weight)


# what the second record has otherwise                          | twins
SECOND_BIRTHS = {
    "another given name, the same mother": (BROTHER | {"identity": ""}, True),
    "another given name, same surname and village": (BROTHER | {"identity": "", "mother": ""}, True),
    "the next number for a boy": ({"identity": "41172320010203003X"}, True),
    "the next number, a girl of another mother": (
        {"name_key": "李丽", "given_key": "丽", "pinyin": "lili", "surname": "李", "mother": "n"}
        | {"identity": "411723200102030021"},
        True,
    ),
    "a number much further on": ({"identity": "411723200102030910"}, False),
    "the same given name": ({"identity": ""}, False),
    "a given name that sounds alike": (HOMOPHONE | {"identity": ""}, False),
    "another given name, the same number": (BROTHER, False),
    "another given name, another day": (BROTHER | {"birth_on": date(2001, 2, 4)}, False),
    "another given name, elsewhere, mothers unknown": (
        BROTHER | {"identity": "", "mother": "", "area": "411723103201"},
        False,
    ),
    "another given name that is his other name": (BROTHER | {"identity": "", "other_names": ("王小明",)}, False),
    "a number that cannot be, next to his": ({"identity": "411723200102030031"}, False),
}


@pytest.mark.parametrize("case", SECOND_BIRTHS)
def test_twins(case: str) -> None:
    changed, are_twins = SECOND_BIRTHS[case]
    other = replace(MING, **changed)
    assert twins(MING, other) is twins(other, MING) is are_twins


def test_reasons_are_told_the_surest_first() -> None:
    other = replace(MING, sex="female", identity="411723197501010023")
    assert likeness(MING, other).reasons == (
        Reason.SAME_NAME,
        Reason.SAME_BIRTH_DATE,
        Reason.OTHER_SEX,
        Reason.SAME_VILLAGE,
        Reason.SAME_PHONE,
        Reason.OTHER_IDENTITY,
        Reason.SAME_MOTHER,
    )


def test_a_rare_name_says_more_than_a_frequent_one() -> None:
    rare, frequent = (Weights(shares={"王小明": share}) for share in (1e-6, 1e-3))
    assert likeness(MING, MING, rare).weight > likeness(MING, MING, frequent).weight


def test_the_larger_the_register_the_less_a_likeness_says() -> None:
    assert likeness(MING, MING, Weights(people=10_000)).weight > likeness(MING, MING, Weights(people=1_000_000)).weight
