"""Names as people bear them: written one way, split into surname and given name, masked. Nothing rare is lost."""

import re
import unicodedata
from enum import StrEnum

LONGEST = 100
DOT = "·"

VARIANTS = dict(
    pair.split(":")
    for pair in (
        "煇:辉 栢:柏 濶:阔 畧:略 碁:棋 寳:宝 珎:珍 煕:熙 熈:熙 剏:创 曁:暨 靑:青 値:值 呉:吴 髙:高 﨑:崎 "
        "徳:德 緖:绪 敎:教 淸:清 淨:净 凈:净 敍:叙 鈡:钟 鍳:鉴 逹:达 逺:远 亷:廉 凢:凡 "
    ).split()
)
"""Variant character -> the one it is a form of, where OpenCC says nothing (通用规范汉字表 annex 1, Unihan)."""

_DOTS = re.compile("[•・‧⋅∙᛫⸱]")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_DOT_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s*[.{DOT}]\\s*(?=[{_HAN}])")
_SPACE_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")

COMPOUND_SURNAMES = frozenset(
    (
        "欧阳 司马 上官 诸葛 尉迟 皇甫 令狐 长孙 宇文 司徒 公孙 夏侯 东方 端木 "
        "慕容 独孤 南宫 西门 东郭 百里 呼延 轩辕 钟离 闻人 澹台 公冶 宗政 濮阳 "
        "淳于 单于 太叔 申屠 仲孙 鲜于 闾丘 司空 亓官 司寇 赫连 拓跋 万俟 第五 "
        "梁丘 左丘 东门 公羊 歐陽 司馬 諸葛 尉遲 長孫 公孫 東方 獨孤 南宮 西門 "
        "東郭 軒轅 鐘離 鍾離 聞人 澹臺 濮陽 淳於 單于 仲孫 鮮于 閭丘 赫連 萬俟 "
        "東門 "
    ).split()
)


class NameFlaw(StrEnum):
    """Why a text cannot be a name."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"


def name_flaw(text: str) -> NameFlaw | None:
    """What is wrong with a name as typed, or None; hidden characters (control, direction, zero width) are refused.

    >>> [flaw and flaw.value for flaw in map(name_flaw, ["买买提·艾力", "王\\u200b明", "明" * 101, "  "])]
    [None, 'control_character', 'too_long', 'empty']
    """
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in text.strip()):
        return NameFlaw.CONTROL_CHARACTER
    name = normal(text)
    if not name:
        return NameFlaw.EMPTY
    return NameFlaw.TOO_LONG if len(name) > LONGEST else None


def normal(text: str) -> str:
    """The one way a name is written here: NFKC, single spaces, none between Chinese characters, one middle dot.

    >>> [normal(typed) for typed in ("  王　 明 ", "买买提•艾力", "阿依古丽.买买提", "Ｍａｒｉａ  Silva", "𠮷田")]
    ['王明', '买买提·艾力', '阿依古丽·买买提', 'Maria Silva', '𠮷田']
    """
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    name = _DOT_BETWEEN_HAN.sub(DOT, _DOTS.sub(DOT, name))
    return _SPACE_BETWEEN_HAN.sub("", name)


def is_han(text: str) -> bool:
    """Whether a text has a Chinese character in it."""
    return _HAN_CHARACTER.search(text) is not None


def split(full: str) -> tuple[str, str]:
    """A proposal for (surname, given name); names with a dot, of other scripts or of five characters have no surname.

    >>> split("王明"), split("歐陽娜娜"), split("买买提·艾力"), split("Maria Silva"), split("东方")
    (('王', '明'), ('歐陽', '娜娜'), ('', '买买提·艾力'), ('', 'Maria Silva'), ('东', '方'))
    """
    if DOT in full or not 2 <= len(full) <= 4 or not _HAN_CHARACTER.match(full):
        return "", full
    if len(full) > 2 and full[:2] in COMPOUND_SURNAMES:
        return full[:2], full[2:]
    return full[0], full[1:]


def given_of(full: str, surname: str) -> str:
    """What is left of a full name without its surname, which may stand before or after it.

    >>> given_of("司马光", "司"), given_of("Maria Silva", "Silva"), given_of("王明", "")
    ('马光', 'Maria', '王明')
    """
    if surname and full.startswith(surname):
        return full[len(surname) :].strip() or full
    if surname and full.endswith(surname):
        return full[: -len(surname)].strip() or full
    return full


def mask_name(full: str, surname: str) -> str:
    """The name for those who need not know it: a star for what is hidden, whatever its length.

    >>> mask_name("张三", "张"), mask_name("王小明", "王"), mask_name("欧阳明", "欧阳"), mask_name("买买提·艾力", "")
    ('张*', '王*明', '欧阳*', '买*力')
    >>> mask_name("Maria Silva", "Silva")
    'M*'
    """
    if not is_han(full):
        return full[:1] + "*"
    if len(surname) > 1 and full.startswith(surname):
        return surname + "*"
    return full[:1] + "*" + (full[-1] if len(full) > 2 else "")
