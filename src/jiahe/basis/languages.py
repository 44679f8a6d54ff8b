"""The three languages of the house, and a sentence or name said in all of them."""

from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

LANGUAGES = ("en", "zh-hant", "zh-hans")
_MARKS = str.maketrans("「」『』", "“”‘’")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English, Traditional and Simplified Chinese; a missing one is empty."""

    en: str
    zh_hant: str = ""
    zh_hans: str = ""

    def in_language(self, language: str) -> str:
        """The words in `language` ("en", "zh-hant", "zh-hans"), or the nearest there is.

        >>> Text("Pingyu", "平輿", "平舆").in_language("zh-hant"), Text("Pingyu").in_language("zh-hans")
        ('平輿', 'Pingyu')
        """
        hant, hans = self.zh_hant or self.zh_hans, self.zh_hans or self.zh_hant
        wanted = {"zh-hant": hant, "zh-hans": hans}.get(language.lower(), self.en)
        return wanted or self.en or hant

    def __str__(self) -> str:
        return self.in_language("en")


@cache
def simplified(words: str) -> str:
    """Words written in Traditional Chinese in Simplified: the characters by OpenCC, quotation marks by GB/T 15834.

    >>> simplified("如「東方紅」中的「東方」")
    '如“东方红”中的“东方”'
    """
    return str(_converter().convert(words)).translate(_MARKS)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
