"""What names are made of, read from content/demo/names.toml and surnames.csv."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiahe.node.demo.sampling import pool


@dataclass(frozen=True, slots=True)
class Cohort:
    """Given names of people born up to a year: pools of characters and of whole names, the frequent ones oftener."""

    until: int
    single: float
    men: tuple[str, ...]
    women: tuple[str, ...]
    names_men: tuple[str, ...]
    names_women: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """Everything names are made of. `surnames` is a pool; `known` are all surnames of one character."""

    surnames: tuple[str, ...]
    known: frozenset[str]
    leading: int
    leading_share: float
    cohorts: tuple[Cohort, ...]
    rare: str
    rare_share: float
    dotted_share: float
    dotted_men: tuple[str, ...]
    dotted_women: tuple[str, ...]
    dotted_second: tuple[str, ...]


def read_naming(folder: Path) -> Naming:
    """The names in `folder`. Raises OSError, KeyError, ValueError for what is missing or odd."""
    names = tomllib.loads((folder / "names.toml").read_text("utf-8"))
    with (folder / "surnames.csv").open(encoding="utf-8", newline="") as file:
        percent = {row["surname"]: float(row["percent"]) for row in csv.DictReader(file)}
    emphasis = names["surnames"]["compound_emphasis"]
    weights = [share * (emphasis if len(surname) > 1 else 1) for surname, share in percent.items()]
    return Naming(
        surnames=pool(list(percent), weights, 50_000),
        known=frozenset(surname for surname in percent if len(surname) == 1),
        leading=names["clans"]["leading"],
        leading_share=names["clans"]["share"],
        cohorts=tuple(_cohort(cohort) for cohort in names["given"]["cohort"]),
        rare=names["rare"]["characters"],
        rare_share=names["rare"]["share"],
        dotted_share=names["dotted"]["share"],
        dotted_men=tuple(names["dotted"]["men"]),
        dotted_women=tuple(names["dotted"]["women"]),
        dotted_second=tuple(names["dotted"]["second"]),
    )


def _cohort(cohort: dict[str, Any]) -> Cohort:
    pools = (_by_rank(cohort[key]) for key in ("men", "women", "names_men", "names_women"))
    return Cohort(cohort["until"], cohort["single"], *pools)


def _by_rank(items: str | list[str]) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(items))
    return pool(distinct, [1 / (rank + 6) for rank in range(len(distinct))], 1_000)
