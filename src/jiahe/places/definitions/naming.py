"""From the official Chinese name of an area to its short name in three languages, as content/areas/naming.toml says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from opencc import OpenCC

from jiahe.basis.languages import Text
from jiahe.places.facts import Level

FILE = Path(__file__).resolve().parents[4] / "content" / "areas" / "naming.toml"


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


@dataclass(frozen=True, slots=True)
class Naming:
    """The tables of naming.toml, ready to be asked."""

    endings: Mapping[Level, tuple[tuple[str, str, str], ...]]
    settled: Mapping[str, str]
    peoples: tuple[tuple[str, str], ...]
    readings: Mapping[str, str]
    family_place: frozenset[str]
    kept: frozenset[str]
    kept_levels: frozenset[Level]

    def name(self, official: str, level: Level) -> Text:
        """The short name: "王庄村民委员会" is 王庄村, 王莊村, Wangzhuang Village.

        What fits no ending stays whole, and is read out in pinyin. No name gives an empty one.
        """
        if not official:
            return Text("")
        for ending, short, generic in self.endings[level]:
            stem = official.removesuffix(ending)
            if stem != official and stem.removesuffix(short):
                stem = stem.removesuffix(short)
                simplified, english = stem + short, generic
                break
        else:
            stem, simplified, english = official, official, ""
        settled = self.settled.get(official)
        return Text(
            en=settled or self._english(stem, simplified, english),
            zh_hant=self._traditional(simplified, level),
            zh_hans=simplified,
        )

    def _english(self, stem: str, simplified: str, english: str) -> str:
        peoples: list[str] = []
        while found := next((pair for pair in self.peoples if stem != pair[0] and stem.endswith(pair[0])), None):
            stem = stem.removesuffix(found[0])
            peoples.insert(0, found[1])
        if peoples and english in {"Township", "Sumu"}:
            english = f"Ethnic {english}"
        if len(stem) == 1 and not peoples and len(simplified) == 2:
            stem = simplified  # a name of one syllable keeps its generic part: 滑县 is Huaxian County
        return " ".join(part for part in (self._pinyin(stem), *peoples, english) if part)

    def _pinyin(self, stem: str) -> str:
        from pypinyin import lazy_pinyin  # late, as in registry.rules.keys

        syllables = lazy_pinyin(stem, v_to_u=True)
        reading = self.readings.get(stem[:1])
        if reading and stem[1:2] in self.family_place:
            syllables[0] = reading
        joined = syllables[0]
        for syllable in syllables[1:]:
            joined += f"'{syllable}" if syllable[:1] in "aoe" else syllable
        return joined[:1].upper() + joined[1:]

    def _traditional(self, simplified: str, level: Level) -> str:
        converted: str = _to_traditional().convert(simplified)
        if level not in self.kept_levels or len(converted) != len(simplified):
            return converted
        return "".join(old if old in self.kept else new for old, new in zip(simplified, converted, strict=True))


@cache
def read_naming(path: Path = FILE) -> Naming:
    """The naming of a content file, read once. A broken one raises KeyError or tomllib.TOMLDecodeError."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    surnames = data["surnames"]
    return Naming(
        endings={level: _longest_first(data[level.value]) for level in Level},
        settled=data["settled"],
        peoples=tuple(sorted(data["peoples"].items(), key=lambda pair: -len(pair[0]))),
        readings=surnames["readings"],
        family_place=frozenset(surnames["before"]),
        kept=frozenset(surnames["kept"]),
        kept_levels=frozenset(Level(level) for level in surnames["levels"]),
    )


def _longest_first(endings: Mapping[str, list[str]]) -> tuple[tuple[str, str, str], ...]:
    rows = ((ending, short, english) for ending, (short, english) in endings.items())
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
