"""# Identity numbers and names as they are entered

A right number says only that it is well formed, never whose it is. Numbers are of nobody (domain facts, GB 11643-1999).
"""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.registry.facts import Sex
from jiahe.registry.rules.identity import flaw, mask_number, mask_phone
from jiahe.registry.rules.keys import name_keys
from jiahe.registry.rules.names import mask_name, normal, split

TODAY = date(2026, 11, 23)

# number              | what is wrong with it
NUMBERS = {
    "11010519491231002X": None,
    "440524188001010014": None,
    "411723199001010018": None,
    "411723199001010026": None,
    "411723200002290010": None,
    "810000199001010019": None,
    "820000199001010010": None,
    "830000199001010012": None,
    "411723199001010010": "check_digit",
    "411723199002300017": "impossible_date",
    "411723190002290018": "impossible_date",
    "41172319900101001": "length",
    "41172320990101001X": "future_date",
    "411723900101001": "fifteen",
    "41172319900101001A": "characters",
    "４１１７２３199001010018": "characters",
    "": "length",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number(number: str) -> None:
    assert flaw(number, birth_on=None, sex=Sex.UNSTATED, today=TODAY) == NUMBERS[number]


# birth date and sex entered with 411723199001010018, issued to a man born on 1 January 1990
ENTERED = {
    ("1990-01-01", "male"): None,
    ("1990-01-01", "unknown"): None,
    ("1990-01-02", "male"): "birth_differs",
    ("1990-01-01", "female"): "sex_differs",
}


@pytest.mark.parametrize("entered", ENTERED)
def test_a_number_beside_what_was_entered(entered: tuple[str, str]) -> None:
    born, sex = date.fromisoformat(entered[0]), Sex(entered[1])
    assert flaw("411723199001010018", birth_on=born, sex=sex, today=TODAY) == ENTERED[entered]


# typed            | written        | surname | masked | found by pinyin and by initials
NAMES = {
    "张三": ("张三", "张", "张*", "zhangsan", "zs"),
    "王　小 明": ("王小明", "王", "王*明", "wangxiaoming", "wxm"),
    "歐陽明": ("歐陽明", "歐陽", "歐陽*", "ouyangming", "oym"),
    "尉迟恭": ("尉迟恭", "尉迟", "尉迟*", "yuchigong", "ycg"),
    "万俟卨": ("万俟卨", "万俟", "万俟*", "moqixie", "mqx"),
    "单雄信": ("单雄信", "单", "单*信", "shanxiongxin", "sxx"),
    "解缙": ("解缙", "解", "解*", "xiejin", "xj"),
    "仇英": ("仇英", "仇", "仇*", "qiuying", "qy"),
    "任盈盈": ("任盈盈", "任", "任*盈", "renyingying", "ryy"),
    "曾國藩": ("曾國藩", "曾", "曾*藩", "zengguofan", "zgf"),
    "查良镛": ("查良镛", "查", "查*镛", "zhaliangyong", "zly"),
    "区大相": ("区大相", "区", "区*相", "oudaxiang", "odx"),
    "朴恩惠": ("朴恩惠", "朴", "朴*惠", "piaoenhui", "peh"),
    "盖叫天": ("盖叫天", "盖", "盖*天", "gejiaotian", "gjt"),
    "翟让": ("翟让", "翟", "翟*", "zhairang", "zr"),
    "覃勤": ("覃勤", "覃", "覃*", "qinqin", "qq"),
    "吕布": ("吕布", "吕", "吕*", "lvbu", "lb"),
    "买买提•艾力": ("买买提·艾力", "", "买*力", "maimaitiaili", "mmtal"),
    "Ｍａｒｉａ  Silva": ("Maria Silva", "", "M*", "mariasilva", "ms"),
    "𠮷田": ("𠮷田", "𠮷", "𠮷*", "tian", "t"),
}


@pytest.mark.parametrize("typed", NAMES)
def test_a_name(typed: str) -> None:
    full = normal(typed)
    surname, given = split(full)
    keys = name_keys(full, surname, given)
    assert (full, surname, mask_name(full, surname), keys.pinyin, keys.initials) == NAMES[typed]


# shown to who need not know it in full
MASKED = {"411723199001010018": "41**************18", "E12345678": "E1*****78", "A1": "**"}
PHONES = {"13800000001": "138****0001", "03965001234": "*******1234"}


def test_masked_numbers_keep_their_length() -> None:
    assert {number: mask_number(number) for number in MASKED} == MASKED
    assert {phone: mask_phone(phone) for phone in PHONES} == PHONES
