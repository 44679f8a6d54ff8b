"""All likely doubles of a register, by Splink on DuckDB in this process. Both are imported only when this is called.

For a province the same settings (`settings`) run on Spark: `docs/operate/linking.md`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jiahe.registry.rules.linkage.alike import ends, probability
from jiahe.registry.rules.linkage.features import Features, Reason, twins
from jiahe.registry.rules.linkage.model import BLOCKS, COMPARISONS, TOWNSHIP, Comparison, Weights, day

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PORTION = 50_000
SAMPLED_PAIRS = 2_000_000
LEAST = 0.5
_SEED = 1
_COMPARED = ("name_key", "given_key", "pinyin", "surname", "sex", "area", "identity", "phone", "mother")
_TEXTS = (*_COMPARED, "birth", "birth_swapped", "birth_year", "township")
_COLUMNS = ("unique_id", *_TEXTS, "other_names")
_TABLE = f"CREATE TABLE people (unique_id UUID, {' VARCHAR, '.join(_TEXTS)} VARCHAR, other_names VARCHAR[])"

Progress = Callable[[int, int], None]
"""Told (done, of)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are probably one person's; `left` is the smaller id. The surest reasons come first."""

    left: UUID
    right: UUID
    probability: float
    reasons: tuple[Reason, ...]


def likely_doubles(
    people: Iterable[tuple[UUID, Features]],
    *,
    least: float = LEAST,
    memory: str = "1GB",
    sampled: int = SAMPLED_PAIRS,
    told: Progress | None = None,
) -> Iterator[Pair]:
    """Pairs that are at least so probable, the surest first, no twins. `people` is read in portions, once; `memory` is
    what DuckDB may use before it goes to disk; u is estimated from `sampled` pairs, or taken from the model (0)."""
    with _connection(memory) as connection:
        size = _fill(connection, people, told)
        if size * (size - 1) / 2 < sampled:
            sampled = 0  # too few people to say how often strangers agree
        if size > 1:
            scores, _ = score(connection, ["people"], settings(Weights(people=size)), least=least, sampled=sampled)
            yield from _pairs(connection, scores)


def settings(weights: Weights, *, link_type: str = "dedupe_only") -> dict[str, Any]:
    """The model as Splink's settings; the same for DuckDB and Spark."""
    return splink_settings(COMPARISONS, BLOCKS, weights, link_type=link_type)


def splink_settings(
    comparisons: Sequence[Comparison], blocks: Sequence[Sequence[str]], weights: Weights, *, link_type: str
) -> dict[str, Any]:
    """Any comparisons and blocks as Splink's settings."""
    rules = [" AND ".join(f"l.{column} = r.{column}" for column in block) for block in blocks]
    return {
        "link_type": link_type,
        "probability_two_random_records_match": weights.prior,
        "comparisons": [_comparison(each, weights) for each in comparisons],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in rules],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def score(
    connection: DuckDBPyConnection,
    tables: Sequence[str],
    settings: Any,
    *,
    least: float,
    sampled: int = SAMPLED_PAIRS,
    train: Sequence[Any] = (),
) -> tuple[str, Any]:
    """The name of a table of pairs with their weight, and the linker that made it. u is sampled; m is learnt by
    expectation-maximisation on the blocks `train` (SQL), or stays as it is."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection)
    frames = [api.register(table) for table in tables]
    linker = Linker(frames if len(frames) > 1 else frames[0], settings, log_level=None)
    if sampled:
        linker.training.estimate_u_using_random_sampling(max_pairs=sampled, seed=_SEED)
    for block in train:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    return found.physical_name, linker


def _connection(memory: str) -> DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute("SET preserve_insertion_order = false")
    return connection


def _fill(connection: DuckDBPyConnection, people: Iterable[tuple[UUID, Features]], told: Progress | None) -> int:
    import pyarrow

    connection.execute(_TABLE)
    rest, size = iter(people), 0
    while some := list(islice(rest, PORTION)):
        columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        for who, person in some:
            for name, value in _row(who, person).items():
                columns[name].append(value)
        portion = pyarrow.table(columns)  # noqa: F841 - DuckDB finds it by this name
        connection.execute("INSERT INTO people SELECT * REPLACE (unique_id::UUID AS unique_id) FROM portion")
        size += len(some)
        if told:
            told(size, size)
    return size


def _row(who: UUID, person: Features) -> dict[str, Any]:
    born = day(person)
    texts = {name: getattr(person, name) for name in _COMPARED}
    derived = {
        "birth": born,
        "birth_swapped": born[:4] + born[6:] + born[4:6],
        "birth_year": born[:4],
        "township": person.area[:TOWNSHIP],
    }
    known = {name: text or None for name, text in (texts | derived).items()}
    return {"unique_id": str(who), **known, "other_names": list(person.other_names) or None}


def _comparison(comparison: Comparison, weights: Weights) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": comparison.missing_sql, "label_for_charts": "unknown", "is_null_level": True}
    ]
    for level, u in zip(comparison.levels, weights.u(comparison), strict=True):
        said = {
            "sql_condition": level.sql,
            "base_dialect_str": None if level.sql == "ELSE" else "duckdb",
            "label_for_charts": level.reason or level.sql,
            "m_probability": level.m,
            "u_probability": u,
            "fix_u_probability": not comparison.sampled,
        }
        if level.share:
            said |= {"tf_adjustment_column": level.share, "disable_tf_exact_match_detection": True}
        levels.append(said)
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _pairs(connection: DuckDBPyConnection, scores: str) -> Iterator[Pair]:
    sides = ", ".join(f"{side}.{name}" for side in "lr" for name in _COLUMNS)
    found = connection.execute(
        f"SELECT match_weight, {sides} FROM {scores} s"  # noqa: S608 - names of ours
        " JOIN people l ON l.unique_id = s.unique_id_l JOIN people r ON r.unique_id = s.unique_id_r"
        " ORDER BY match_weight DESC, s.unique_id_l, s.unique_id_r"
    )
    width = len(_COLUMNS)
    while rows := found.fetchmany(PORTION):
        for weight, *values in rows:
            one, other = values[:width], values[width:]
            left, right = _features(one), _features(other)
            if not twins(left, right):
                low, high = sorted((one[0], other[0]))
                yield Pair(low, high, probability(weight), _reasons(left, right))


def _features(values: Sequence[Any]) -> Features:
    said = dict(zip(_COLUMNS, values, strict=True))
    texts = {name: said[name] or "" for name in _COMPARED}
    born, others = date.fromisoformat(said["birth"]), tuple(said["other_names"] or ())
    return Features(birth_on=born, other_names=others, **texts)


def _reasons(one: Features, other: Features) -> tuple[Reason, ...]:
    places = ((comparison, ends(comparison, one, other)) for comparison in COMPARISONS)
    reasons = (comparison.levels[place].reason for comparison, place in places if place is not None)
    return tuple(reason for reason in reasons if reason)
