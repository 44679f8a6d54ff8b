"""What a name can be found by: simplified characters, given name, pinyin without tones, initials.

A county has a million names and a few thousand different characters, so each character is looked up once and kept.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from jiahe.registry.rules.names import DOT, VARIANTS, is_han, normal

# Readings as surnames, where they differ from the most frequent reading or must be fixed.
_SURNAME_PINYIN = dict(
    pair.split(":")
    for pair in (
        "单:shan 解:xie 仇:qiu 任:ren 曾:zeng 查:zha 区:ou 朴:piao 盖:ge 翟:zhai 覃:qin 乐:yue "
        "缪:miao 员:yun 秘:bi 繁:po 么:yao 折:she 种:chong 隗:wei 谌:chen 祭:zhai 能:nai 佴:nai "
        "冼:xian 洗:xian 晟:cheng 乜:nie 逄:pang 牟:mou 莘:shen 卜:bu 柏:bai 薄:bo 车:che 纪:ji "
        "宁:ning 石:shi 俞:yu 尉:wei 长:zhang 万:wan 葛:ge 阚:kan 召:shao 黑:he 不:fou 尉迟:yuchi "
        "万俟:moqi 长孙:zhangsun 单于:chanyu 澹台:tantai 令狐:linghu 皇甫:huangfu 夏侯:xiahou 亓官:qiguan "
    ).split()
)
_UNWRITTEN = re.compile(f"[{DOT}\\s.'’\\-\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The four b-tree keys of one name; each is compared by its beginning."""

    name: str
    given: str
    pinyin: str
    initials: str


def name_keys(full: str, surname: str, given: str) -> NameKeys:
    """The keys of a normalised name.

    >>> name_keys("歐陽明", "歐陽", "明")
    NameKeys(name='欧阳明', given='明', pinyin='ouyangming', initials='oym')
    >>> name_keys("單雄信", "單", "雄信").pinyin, name_keys("吕布", "吕", "布").pinyin
    ('shanxiongxin', 'lvbu')
    >>> name_keys("高峯", "高", "峯").name, name_keys("髙昇", "髙", "昇").name, name_keys("陈芸", "陈", "芸").name
    ('高峰', '高升', '陈芸')
    >>> name_keys("买买提·艾力", "", "买买提·艾力").given, name_keys("José da Silva", "", "José da Silva").pinyin
    ('艾力', 'josedasilva')
    """
    if surname and full == surname + given:
        syllables = [*_surname_syllables(_simplified(surname)), *_syllables(given)]
        after = given
    else:
        syllables = _syllables(full)
        after = re.split(f"[{DOT} ]", full, maxsplit=1)[-1]
        after = after if after != full else ""
    return NameKeys(
        name=_written(full),
        given=_written(after),
        pinyin="".join(syllables),
        initials="".join([syllable[0] for syllable in syllables]),
    )


def asked_name(text: str) -> str:
    """What somebody typed, as the start of a name or given-name key.

    >>> asked_name("歐 陽"), asked_name("買買提艾力")
    ('欧阳', '买买提艾力')
    """
    return _written(normal(text))


def asked_pinyin(text: str) -> str:
    """What somebody typed, as the start of a pinyin or initials key; tones by mark or number are dropped.

    >>> asked_pinyin("Ōu yáng"), asked_pinyin("wang2 ming2"), asked_pinyin("lǚ bù"), asked_pinyin("LYU")
    ('ouyang', 'wangming', 'lvbu', 'lv')
    """
    plain = _folded(re.sub(r"(?<=[^\W\d])[0-5]", "", normal(text)))
    return _UNWRITTEN.sub("", plain).replace("lyu", "lv")


def _written(text: str) -> str:
    """Simplified, small letters, without dots, spaces and variation selectors."""
    return _UNWRITTEN.sub("", _simplified(text)).casefold()


def _simplified(text: str) -> str:
    return "".join([_simple(sign) for sign in text])


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


@cache
def _simple(sign: str) -> str:
    """The simplified character under which all its forms are kept: Traditional, variant (峯), Japanese (髙).

    A Japanese form is one only where no Chinese character set has it: 芸 is a name in China, and 艺 in Japan.
    """
    if not is_han(sign):
        return sign
    sign = VARIANTS.get(sign, sign)
    if _only_japanese(sign):
        sign = _converter("jp2t").convert(sign)
    return str(_converter("t2s").convert(sign))


def _only_japanese(sign: str) -> bool:
    for known in ("gb2312", "big5"):
        with suppress(UnicodeEncodeError):
            sign.encode(known)
            return False
    return True


@cache
def _surname_syllables(surname: str) -> tuple[str, ...]:
    """The syllables of a simplified surname; a compound one keeps two, for its two initials."""
    if surname in _SURNAME_PINYIN and len(surname) == 1:
        return (_SURNAME_PINYIN[surname],)
    if surname in _SURNAME_PINYIN:
        whole, last = _SURNAME_PINYIN[surname], _reading(surname[-1])
        return (whole.removesuffix(last), last) if whole.endswith(last) else (whole[:2], whole[2:])
    return tuple(_syllables(surname))


def _syllables(text: str) -> list[str]:
    """A syllable for each Chinese character, a word for each run of letters."""
    if text.isascii() or not is_han(text):
        return [_UNWRITTEN.sub("", word) for word in _folded(text).split() if _UNWRITTEN.sub("", word)]
    return [syllable for syllable in map(_reading, text) if syllable]


@cache
def _reading(sign: str) -> str:
    """The most frequent reading of one character, ü as v; an unreadable rare character is silent."""
    if is_han(sign):
        from pypinyin import Style, pinyin  # late: takes a third of a second, and most processes name nobody

        readings = pinyin(sign, style=Style.NORMAL, v_to_u=False, errors="ignore", heteronym=False)
        return readings[0][0] if readings else ""
    return _UNWRITTEN.sub("", _folded(sign))


def _folded(text: str) -> str:
    """Small letters without accents; ü stays a letter of its own, written v."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("u\u0308", "v")
    return _MARKS.sub("", decomposed)
