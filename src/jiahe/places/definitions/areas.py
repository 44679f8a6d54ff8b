"""The list of areas of a county: a header in TOML (source, date, counts, corrections), and rows in CSV beside it."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jiahe.basis.languages import Text
from jiahe.places.facts import Level, NamedArea
from jiahe.places.rules import level_of, parent_of, province_exists

COLUMNS = ("code", "official", "zh_hans", "zh_hant", "en")


class BadAreaList(ValueError):
    """A content file that cannot be taken; the message names the file, the row and what is wrong."""


@dataclass(frozen=True, slots=True)
class AreaList:
    """The areas of a county, its city and its province, parents first, as an official list had them on `as_of`."""

    id: str
    as_of: date
    source: str
    areas: tuple[NamedArea, ...]

    def codes(self, level: Level) -> tuple[str, ...]:
        """The codes of one level, in order."""
        return tuple(area.code for area in self.areas if level_of(area.code) is level)


def read_area_list(folder: Path, county: str) -> AreaList:
    """The list `county`.toml and `county`.csv in `folder`. Raises BadAreaList; FileNotFoundError if there is none."""
    header_file, rows_file = folder / f"{county}.toml", folder / f"{county}.csv"
    header: dict[str, Any] = tomllib.loads(header_file.read_text(encoding="utf-8"))
    with rows_file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise BadAreaList(f"{rows_file.name}: the columns must be {', '.join(COLUMNS)}")
        areas = tuple(_area(row, f"{rows_file.name} line {reader.line_num}") for row in reader)
    _refuse_disorder(areas, rows_file.name)
    _refuse_other_counts(areas, header["counts"], rows_file.name)
    return AreaList(header["id"], header["effective_from"], header["source"], areas)


def _area(row: Mapping[str, str | None], where: str) -> NamedArea:
    if None in row.values() or not all(row.values()):
        raise BadAreaList(f"{where}: a column is empty")
    filled = {column: value or "" for column, value in row.items()}
    code = filled["code"]
    if level_of(code) is None or not province_exists(code):
        raise BadAreaList(f"{where}: {code!r} is not an area code of the country")
    return NamedArea(code, filled["official"], Text(filled["en"], filled["zh_hant"], filled["zh_hans"]))


def _refuse_disorder(areas: Iterable[NamedArea], where: str) -> None:
    seen: set[str] = set()
    for area in areas:
        if area.code in seen:
            raise BadAreaList(f"{where}: {area.code} stands there twice")
        if parent_of(area.code) and parent_of(area.code) not in seen:
            raise BadAreaList(f"{where}: {area.code} comes before the area it lies in, {parent_of(area.code)}")
        seen.add(area.code)


def _refuse_other_counts(areas: Iterable[NamedArea], counts: Mapping[str, int], where: str) -> None:
    found = Counter(level for area in areas if (level := level_of(area.code)))
    for level in Level:
        if found[level] != counts.get(level.value):
            raise BadAreaList(f"{where}: {found[level]} {level.value} rows, the header says {counts.get(level.value)}")
