"""How the official name of an area becomes its short name in three languages. One row, one case."""

from __future__ import annotations

import pytest

from jiahe.places.definitions import read_naming
from jiahe.places.facts import Level

CASES = [
    # level, official name, Simplified, Traditional, English
    ("county", "平舆县", "平舆县", "平輿縣", "Pingyu County"),
    ("county", "滑县", "滑县", "滑縣", "Huaxian County"),
    ("county", "青龙满族自治县", "青龙满族自治县", "青龍滿族自治縣", "Qinglong Manchu Autonomous County"),
    ("province", "陕西省", "陕西省", "陝西省", "Shaanxi Province"),
    ("city", "延安市", "延安市", "延安市", "Yan'an City"),
    ("township", "古槐街道", "古槐街道", "古槐街道", "Guhuai Subdistrict"),
    ("township", "庙湾镇", "庙湾镇", "廟灣鎮", "Miaowan Town"),
    ("township", "十字路乡", "十字路乡", "十字路鄉", "Shizilu Township"),
    ("township", "九门回族乡", "九门回族乡", "九門回族鄉", "Jiumen Hui Ethnic Township"),
    ("village", "王庄村委会", "王庄村", "王莊村", "Wangzhuang Village"),
    ("village", "红岩村村民委员会", "红岩村", "紅巖村", "Hongyan Village"),
    ("village", "李村村民委员会", "李村", "李村", "Licun Village"),
    ("village", "永乐居民委员会", "永乐社区", "永樂社區", "Yongle Community"),
    ("village", "多福巷社区居委会", "多福巷社区", "多福巷社區", "Duofuxiang Community"),
    ("village", "余楼村民委员会", "余楼村", "余樓村", "Yulou Village"),  # 余 is a family name here, not 餘
    ("village", "后刘村民委员会", "后刘村", "後劉村", "Houliu Village"),  # 后 is "behind"
    ("village", "曾庄村民委员会", "曾庄村", "曾莊村", "Zengzhuang Village"),  # read as the family name
    ("village", "姚吕庄寨村民委员会", "姚吕庄寨村", "姚呂莊寨村", "Yaolüzhuangzhai Village"),
    ("village", "村民委员会", "村民委员会", "村民委員會", "Cunminweiyuanhui"),  # nothing but an ending stays whole
]


@pytest.mark.parametrize(("level", "official", "simplified", "traditional", "english"), CASES)
def test_short_name(level: str, official: str, simplified: str, traditional: str, english: str) -> None:
    name = read_naming().name(official, Level(level))
    assert (name.zh_hans, name.zh_hant, name.en) == (simplified, traditional, english)
